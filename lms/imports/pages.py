"""Finding the table on a page: titles above, a header of one or two lines anywhere, columns by meaning."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lms.imports.columns import NEVER_KEPT, Meaning, recognise
from lms.imports.problems import Columns
from lms.imports.sheets import Cell, Sheet, column_letter
from lms.vietnamese import fold

_ROWS_LOOKED_AT = 60
_WHO_OR_WHERE = {Meaning.FULL_NAME, Meaning.GIVEN_NAME, Meaning.VILLAGE}
_HEAD_ONLY = {Meaning.HOUSEHOLD, Meaning.NUMBER_OF_PEOPLE, Meaning.ORDER, Meaning.BIRTH, Meaning.BIRTH_YEAR}
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|\(?[A-Za-z]\)?")
# Meanings a page may have in several columns: «Họ | Tên đệm | Tên».
_MANY = {Meaning.FAMILY_NAME}


@dataclass(frozen=True)
class Page:
    """A table found on a sheet."""

    sheet: Sheet
    header_row: int
    first_row: int
    places: dict[Meaning, tuple[int, ...]]
    titles: tuple[str, ...]
    unused: tuple[str, ...]
    never_kept: tuple[str, ...]

    def __contains__(self, meaning: Meaning) -> bool:
        return meaning in self.places

    def cell(self, row: int, meaning: Meaning) -> Cell:
        places = self.places.get(meaning)
        return self.sheet.shown(row, places[0]) if places else Cell()

    def header(self, *meanings: Meaning) -> str:
        """The header of the first of these columns as the person wrote it, else its letter."""
        for meaning in meanings:
            if meaning in self.places:
                column = self.places[meaning][0]
                texts = [
                    self.sheet.shown(row, column).text for row in range(self.first_row - 1, self.header_row - 1, -1)
                ]
                return next((text for text in texts if recognise(text)), texts[-1]) or column_letter(column)
        return ""

    def table_columns(self, wanted: Sequence[Meaning]) -> Columns:
        used = {meaning.value: self.header(meaning) for meaning in self.places if meaning in wanted}
        others = tuple(
            self.header(meaning) for meaning in self.places if meaning not in wanted and meaning not in NEVER_KEPT
        )
        return Columns(self.sheet.name, self.header_row, used, others + self.unused, self.never_kept)


def find_page(sheet: Sheet) -> Page | None:
    """The table of this sheet, or None when no row reads like a header."""
    best: tuple[tuple[int, int], int, int, dict[Meaning, tuple[int, ...]]] | None = None
    for row in range(1, min(_ROWS_LOOKED_AT, len(sheet.rows)) + 1):
        if sheet.begins_above(row):
            continue
        for lines in (1, 2):
            if lines == 2 and not (any(sheet.rows[row - 1]) and _may_be_second_line(sheet, row + 1)):
                continue
            places = _places(sheet, row, lines)
            score = (len(places) - _data_like(sheet, row), -lines)
            if (_is_table(places) or _is_one_column(sheet, places)) and (best is None or score > best[0]):
                best = (score, row, lines, places)
    return None if best is None else _page(sheet, *best[1:])


def _page(sheet: Sheet, row: int, lines: int, places: dict[Meaning, tuple[int, ...]]) -> Page:
    first = _first_row(sheet, row + lines)
    known = {column for columns in places.values() for column in columns}
    headers = {column: _two_lines(sheet, row, lines, column) for column in range(1, sheet.width + 1)}
    return Page(
        sheet=sheet,
        header_row=row,
        first_row=first,
        places=places,
        titles=tuple(
            text for line in range(1, row) if (text := " ".join(c.text for c in sheet.rows[line - 1] if c.text)[:200])
        ),
        unused=tuple(headers[c][1] or headers[c][0] for c in headers if c not in known and any(headers[c])),
        never_kept=tuple(sheet.shown(row, places[m][0]).text for m in places if m in NEVER_KEPT),
    )


def _places(sheet: Sheet, row: int, lines: int) -> dict[Meaning, tuple[int, ...]]:
    places: dict[Meaning, tuple[int, ...]] = {}
    for column, meaning in _meanings(sheet, row, lines):
        if meaning not in places:
            places[meaning] = (column,)
        elif meaning in _MANY:
            places[meaning] += (column,)
    return _split_names(sheet, row, lines, places)


def _meanings(sheet: Sheet, row: int, lines: int) -> Iterator[tuple[int, Meaning]]:
    above = ""
    for column in range(1, sheet.width + 1):
        upper, lower = _two_lines(sheet, row, lines, column)
        # Text files have no merged cells: an empty upper cell belongs to the header on its left.
        above = upper or (above if lower else "")
        meaning = (
            (recognise(lower, above) or recognise(f"{above} {lower}") or recognise(lower) if lower else None)
            or recognise(upper)
        )  # fmt: skip
        if meaning is not None:
            yield column, meaning


def _two_lines(sheet: Sheet, row: int, lines: int, column: int) -> tuple[str, str]:
    upper = sheet.shown(row, column).text
    lower = sheet.shown(row + 1, column).text if lines == 2 else ""
    return upper, "" if lower == upper else lower


def _split_names(
    sheet: Sheet, row: int, lines: int, places: dict[Meaning, tuple[int, ...]]
) -> dict[Meaning, tuple[int, ...]]:
    """«Họ và tên» written over two columns: family and middle names left, given name right; and «Tên» alone is the name."""
    if Meaning.FULL_NAME in places and Meaning.GIVEN_NAME not in places and Meaning.FAMILY_NAME not in places:
        column = places[Meaning.FULL_NAME][0]
        if _second_name_column(sheet, row, lines, column):
            places[Meaning.FAMILY_NAME], places[Meaning.GIVEN_NAME] = (column,), (column + 1,)
            del places[Meaning.FULL_NAME]
    elif Meaning.GIVEN_NAME in places and Meaning.FULL_NAME not in places and Meaning.FAMILY_NAME not in places:
        places[Meaning.FULL_NAME] = places.pop(Meaning.GIVEN_NAME)
    elif Meaning.FULL_NAME in places and Meaning.GIVEN_NAME in places and Meaning.FAMILY_NAME not in places:
        # «Họ tên đệm» is sometimes headed «Họ và tên» with «Tên» beside it: then the first holds no given name.
        places[Meaning.FAMILY_NAME] = places.pop(Meaning.FULL_NAME)
    return places


def _second_name_column(sheet: Sheet, row: int, lines: int, column: int) -> bool:
    for line in range(row, row + lines):
        beside = sheet.cell(line, column + 1).text
        if beside:
            return False
    first = _first_row(sheet, row + lines)
    filled = [sheet.cell(line, column + 1) for line in range(first, min(first + 30, len(sheet.rows) + 1))]
    words = [cell.text for cell in filled if cell]
    return len(words) >= 2 and all(" " not in word and word.isalpha() for word in words)


def _first_row(sheet: Sheet, row: int) -> int:
    while row <= len(sheet.rows) and is_column_numbers(sheet, row):
        row += 1
    return row


def _is_table(places: dict[Meaning, tuple[int, ...]]) -> bool:
    if len(places) < 2:
        return False
    return bool(_WHO_OR_WHERE & places.keys()) or (Meaning.HEAD in places and bool(_HEAD_ONLY & places.keys()))


def _is_one_column(sheet: Sheet, places: dict[Meaning, tuple[int, ...]]) -> bool:
    """A page with nothing but names of villages under «Thôn»."""
    return sheet.width == 1 and set(places) == {Meaning.VILLAGE}


def _data_like(sheet: Sheet, row: int) -> int:
    return sum(cell.kind in ("number", "date") or cell.formula for cell in sheet.rows[row - 1])


def _may_be_second_line(sheet: Sheet, row: int) -> bool:
    if row > len(sheet.rows) or is_column_numbers(sheet, row):
        return False
    texts = [cell.text for cell in sheet.rows[row - 1] if cell]
    return bool(texts) and not any(re.search(r"\d", text) for text in texts) and not _data_like(sheet, row)


def is_column_numbers(sheet: Sheet, row: int) -> bool:
    """The line «(1) (2) (3)» or «A B 1 2» that offices put under a header."""
    texts = [cell.text for cell in sheet.rows[row - 1] if cell]
    if len(texts) < 2 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts) or fold(texts[0]).startswith("x"):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdecimal()]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))
