"""A lesson on the wall: its steps cut into screens, and the minutes of its plan; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

FULL = 420
"""Weight of a screen that can be read from the last row; one block alone may be heavier."""
LINE = 45
"""What a line of its own costs beside its letters: a point of a list, a row of a table."""
HEADING = re.compile(r"(?:</h[2-6]>|:</p>)\s*$")
"""What goes with the block after it: a heading, or words that announce a list."""
VOID = frozenset({"br", "hr", "img", "input", "col", "source", "wbr"})
MOST_MINUTES = 240


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on the wall at once: some blocks of clean HTML, or one question."""

    html: str = ""
    check: str | None = None


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of the lesson plan, as the guide's table has it."""

    title: str
    minutes: int


def screens(parts: Sequence[Mapping[str, Any]], known: frozenset[str]) -> tuple[Screen, ...]:
    """The parts of a step one screen after another; `known` are the questions that can be asked. Never empty."""
    found: list[Screen] = []
    for part in parts:
        if part.get("check"):
            if part["check"] in known:
                found.append(Screen(check=part["check"]))
        else:
            found.extend(Screen(html=html) for html in _filled(part.get("html", "")))
    return tuple(found) or (Screen(),)


def plan_of(guide_html: str) -> tuple[PlanPart, ...]:
    """The first table of a guide that has a column of minutes; nothing where there is none."""
    reader = _Tables()
    reader.feed(guide_html)
    for table in reader.tables:
        names = [cell.strip().lower() for cell in table[0]] if table else []
        column = next((n for n, name in enumerate(names) if name in ("phút", "số phút", "thời gian")), None)
        if column:
            return _parts(table[1:], column)
    return ()


def part_at(plan: Sequence[PlanPart], seconds: float) -> tuple[int, int]:
    """Which part of the plan runs so many seconds after the start, and how many seconds it has left.

    After the last part: its number, and how long it is over, below zero.
    """
    end = 0
    for n, part in enumerate(plan):
        end += part.minutes * 60
        if seconds < end:
            return n, int(end - max(seconds, 0))
    return len(plan) - 1, int(end - seconds)


def _parts(rows: Sequence[Sequence[str]], column: int) -> tuple[PlanPart, ...]:
    found = []
    for row in rows:
        minutes = re.search(r"\b\d{1,3}\b", row[column]) if len(row) > column else None
        if minutes and row[0].strip() and 0 < int(minutes[0]) <= MOST_MINUTES:
            found.append(PlanPart(re.sub(r"^\d+[.)]\s*", "", row[0].strip()), int(minutes[0])))
    return tuple(found)


def _filled(html: str) -> list[str]:
    """Whole blocks together until a screen is full; a heading goes with what it heads."""
    made: list[str] = []
    now, weight, heading = "", 0, ""
    for block in _blocks(html):
        if HEADING.search(block):
            heading += block
            continue
        block, heading = heading + block, ""
        heavy = _weight(block)
        if now.strip() and weight + heavy > FULL:
            made.append(now)
            now, weight = "", 0
        now, weight = now + block, weight + heavy
    now += heading
    return [*made, now] if now.strip() else made


def _weight(block: str) -> int:
    words = re.sub(r"<[^>]+>", "", block)
    return len(words.strip()) + LINE * len(re.findall(r"<(?:li|tr|p|div|h[2-6]|img)\b", block))


def _blocks(html: str) -> list[str]:
    """The elements of the outermost level with the text between them, in order: joined they are the same HTML again."""
    reader = _Outermost(html)
    reader.feed(html)
    reader.close()
    cuts = zip([0, *reader.ends], [*reader.ends, len(html)], strict=True)
    return [html[start:end] for start, end in cuts if start < end]


class _Outermost(HTMLParser):
    """Where the elements that stand in no other one end."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ends: list[int] = []
        self._depth = 0
        self._html = html
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._depth += 1
        elif self._depth == 0:
            self._end_here()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or self._depth == 0:
            return
        self._depth -= 1
        if self._depth == 0:
            self._end_here()

    def _end_here(self) -> None:
        line, column = self.getpos()
        closes = self._html.find(">", self._lines[line - 1] + column)
        if closes >= 0:
            self.ends.append(closes + 1)


class _Tables(HTMLParser):
    """Tables as rows of texts; the first row holds the headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self._is_in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self._is_in_cell and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data
