"""One page of a workbook, cell by cell."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lms.documents.limits import MAX_COLUMNS, MAX_ROWS, TITLE_ROWS, too_many_columns, too_many_rows, too_much_text
from lms.documents.markup import stream
from lms.imports.sheets import EMPTY, Box, Cell, Sheet
from lms.vietnamese import clean, format_date

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_MERGES = 20_000
_LONGEST_TEXT = 100_000  # Excel itself keeps 32,767 letters in a cell


@dataclass
class Book:
    """What all pages share, and what is still allowed of cells and letters."""

    strings: list[str]
    date_styles: frozenset[int]
    first_day: date
    cells_left: int
    seen_left: int
    letters_left: int


def read_worksheet(pieces: Iterable[bytes], book: Book, name: str, hidden: bool) -> Sheet:
    page = _Page(book)
    stream(pieces, page.start, page.end, page.text)
    return Sheet(
        name=name,
        rows=page.rows(),
        hidden_rows=frozenset(page.hidden_rows),
        hidden_columns=frozenset(page.hidden_columns),
        merged=tuple(page.merged),
        hidden=hidden,
    )


class _Page:
    """Listens to the stream of one sheet part."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cells: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Box] = []
        self.row = self.column = 0
        self.attributes: dict[str, str] = {}
        self.reference = ""
        self.steps = 0  # cells since the last one that said where it stands
        self.formula = self.reading = self.phonetic = False
        self.parts: list[str] = []
        self.letters = 0

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        height = max(self.cells, default=0)
        return tuple(self._line(self.cells.get(row, {})) for row in range(1, height + 1))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "t"):
            self.reading = not self.phonetic
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "mergeCell" and len(self.merged) < _MOST_MERGES:
            self.merged.extend(_box(attributes.get("ref", "")))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def text(self, piece: str) -> None:
        if self.reading:
            self.parts.append(piece)
            self.letters += len(piece)
            if self.letters > _LONGEST_TEXT:
                raise too_much_text()

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self.reading = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "c":
            self._end_cell()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = _number(attributes.get("r")) or self.row + 1
        self.reference, self.steps = "", 0
        if attributes.get("hidden") in ("1", "true") and self.row <= MAX_ROWS + TITLE_ROWS:
            self.hidden_rows.add(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.book.seen_left -= 1
        if self.book.seen_left < 0:
            raise too_much_text()
        self.attributes = attributes
        self.steps = 0 if "r" in attributes else self.steps + 1
        if not self.steps:
            self.reference = attributes["r"]
        if self.parts:
            self.parts.clear()
            self.letters = 0
        self.formula = self.reading = self.phonetic = False

    def _end_cell(self) -> None:
        if not self.parts and not self.formula:  # most cells of a coloured page: cost as little as possible
            return
        cell = self._cell()
        if not cell:
            return
        self._find_place()
        if self.row > MAX_ROWS + TITLE_ROWS:
            raise too_many_rows(self.row)
        if self.column > MAX_COLUMNS:
            raise too_many_columns()
        self.book.cells_left -= 1
        self.book.letters_left -= len(cell.text)
        if self.book.cells_left < 0 or self.book.letters_left < 0:
            raise too_much_text()
        self.cells.setdefault(self.row, {})[self.column] = cell

    def _find_place(self) -> None:
        place = _REFERENCE.fullmatch(self.reference)
        if place:
            self.row = int(place[2])
        self.column = (_column(place[1]) if place else 0) + self.steps

    def _cell(self) -> Cell:
        raw = "".join(self.parts)
        kind = self.attributes.get("t", "n")
        if self.formula:
            return Cell(kind="text", formula=True)
        if kind == "s":
            index = _number(raw)
            return self._text_cell(self.book.strings[index] if index < len(self.book.strings) else "")
        if kind in ("inlineStr", "str"):
            return self._text_cell(raw)
        if kind == "b":
            return Cell(text="có" if raw == "1" else "không", kind="bool")
        if kind == "e":
            return Cell(text=clean(raw), kind="error")
        if kind == "d":
            return self._iso_day(raw)
        return self._number_cell(raw)

    def _text_cell(self, raw: str) -> Cell:
        text = clean(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw) if "_x" in raw else raw)
        if text.startswith("="):
            return Cell(kind="text", formula=True)
        return Cell(text=text, kind="text") if text else EMPTY

    def _number_cell(self, raw: str) -> Cell:
        try:
            number = float(raw)
        except ValueError:
            return self._text_cell(raw)
        if not math.isfinite(number):
            return Cell(text=clean(raw), kind="error")
        if _number(self.attributes.get("s")) in self.book.date_styles:
            day = _day(number, self.book.first_day)
            if day is not None:
                return Cell(text=format_date(day), kind="date", day=day, number=number)
        return Cell(text=_plain(number), kind="number", number=number)

    def _iso_day(self, raw: str) -> Cell:
        try:
            day = date.fromisoformat(raw[:10])
        except ValueError:
            return self._text_cell(raw)
        return Cell(text=format_date(day), kind="date", day=day)

    @staticmethod
    def _line(cells: dict[int, Cell]) -> tuple[Cell, ...]:
        return tuple(cells.get(column, EMPTY) for column in range(1, max(cells, default=0) + 1))


def _plain(number: float) -> str:
    """20260001.0 is a code: "20260001"."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.10g}".replace(".", ",")


def _day(serial: float, first_day: date) -> date | None:
    """Excel's count of days; it believes 1900 was a leap year, so days before March 1900 are not to be trusted."""
    if not 61 <= serial < 200_000:
        return None
    return first_day + timedelta(days=int(serial))


def _box(reference: str) -> list[Box]:
    first, _, last = reference.partition(":")
    start, stop = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not start or not stop:
        return []
    return [(int(start[2]), _column(start[1]), int(stop[2]), _column(stop[1]))]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else 0
