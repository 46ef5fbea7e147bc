"""A table of a lesson fits a phone of 360 pixels, or the page scrolls sideways. Warnings only: the width is an estimate."""

import re
from collections.abc import Iterator
from pathlib import Path

from lms.library.books import Books
from lms.library.checks.language import LINK
from lms.library.lesson_html import CODE, FACT, STACKED_FROM, TERM
from lms.library.problems import Findings, Place

ROOM = 328
"""Pixels between the margins of a phone 360 pixels wide."""
LETTER = 9.5
"""Pixels of a letter in the size of a phone's text, a little wide; `.lesson td` adds the padding."""
PADDING = 12
BREAKS = re.compile(r"[ \t]+|(?<=[-/–])(?=[^\W\d])")
"""Where a browser may end a line: at a space, behind a hyphen or a stroke. Never at a full stop, so addresses hold together."""
RULE = re.compile(r"^\|[\s:|-]+\|?\s*$")


def check(books: Books, findings: Findings) -> None:
    values = {fact.id: fact.shown for fact in books.facts}
    for path in dict.fromkeys(lesson.place.path for lesson in books.lessons if lesson.place.path.is_file()):
        for place, rows in _tables(path):
            wide = width([[_told(cell, values) for cell in row] for row in rows])
            if wide > ROOM:
                longest = max((run for row in rows for cell in row for run in _runs(_told(cell, values))), key=len)
                cure = f"bớt cột, rút ngắn «{longest}», hay viết nó giữa hai dấu `"
                findings.warning(place, f"bảng rộng chừng {wide:.0f} điểm ảnh, điện thoại chỉ có {ROOM}: {cure}")


def width(rows: list[list[str]]) -> float:
    """The least pixels a table takes: the longest run of letters of every column. From four columns on a phone shows one
    cell a line, so the longest run of all.
    """
    columns = [[cell for cell in column if cell] for column in zip(*_squared(rows), strict=True)]
    runs = [max((len(run) for cell in column for run in _runs(cell)), default=0) for column in columns]
    if len(runs) >= STACKED_FROM:
        return max(runs) * LETTER
    return sum(run * LETTER + PADDING for run in runs)


def _runs(cell: str) -> list[str]:
    return [run for run in BREAKS.split(cell) if run]


def _squared(rows: list[list[str]]) -> list[list[str]]:
    most = max(map(len, rows))
    return [row + [""] * (most - len(row)) for row in rows]


def _tables(path: Path) -> Iterator[tuple[Place, list[list[str]]]]:
    """Each table of a page with the place of its first line; of rows their cells."""
    rows: list[list[str]] = []
    first = 0
    for number, line in enumerate([*path.read_text(encoding="utf-8-sig").split("\n"), ""], 1):
        if line.startswith("|"):
            first = first or number
            if not RULE.match(line):
                # A word explained on tap holds a stroke of its own, which parts no cells.
                rows.append(TERM.sub(lambda found: found["word"], line).strip().strip("|").split("|"))
        elif rows:
            yield Place(path, first), rows
            rows, first = [], 0


def _told(cell: str, values: dict[str, str]) -> str:
    """A cell as it is shown, without marks, and without what stands in `code`: that breaks anywhere."""
    shown = FACT.sub(lambda found: values.get(found["id"], ""), LINK.sub(r"\1", CODE.sub("", cell)))
    return re.sub(r"[*_]", "", shown).strip()
