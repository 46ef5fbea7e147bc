"""What the readers of several types share: options, plain texts with their facts put in, numbers, tolerances."""

from typing import Any

from lms.library.books import Item, Option
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop, with_facts
from lms.library.problems import Findings
from lms.vietnamese import parse_number

Asks = dict[str, Any]
Options = tuple[tuple[Option, ...], tuple[int, ...]]
"""The options, and the line of each."""


def read_options(entry: Fields, workshop: Workshop) -> Options:
    options, lines = [], []
    for row in entry.each("options", "phương án"):
        options.append(
            Option(
                id=row.identifier("id"),
                text=said(row, "text", workshop),
                correct=row.flag("correct", default=False),
                feedback=said(row, "feedback", workshop, required=False),
            )
        )
        lines.append(row.place.line)
        row.finish()
    return tuple(options), tuple(lines)


def read_flag(entry: Fields, key: str) -> Asks:
    """Kept only where it is up."""
    return {key: True} if entry.flag(key, default=False) else {}


def said(row: Fields, key: str, workshop: Workshop, required: bool = True) -> str:
    """A plain text with its facts put in."""
    return with_facts(row.text(key, required=required), row.place_of(key), workshop)


def number(row: Fields, key: str) -> str:
    """Written as in Vietnam; kept with a point, as a fraction is read back."""
    text = row.text(key)
    value = parse_number(text)
    if value is None and text:
        row.findings.error(row.place_of(key), f"{key}: «{text}», cần một số, ví dụ 115000, 115.000 hoặc 2,5")
    return str(value or 0)


def tolerance(entry: Fields, key: str) -> Asks | None:
    row = entry.mapping(key, key, required=False)
    if row is None:
        return None
    found = {name: number(row, name) for name in ("abs", "rel") if row.has(name)}
    row.finish()
    return found


def check_count(item: Item, findings: Findings) -> None:
    if not 3 <= len(item.options) <= 6:
        findings.error(item.place, f"câu {item.id}: cần 3 đến 6 phương án, thường là 4, đang có {len(item.options)}")
