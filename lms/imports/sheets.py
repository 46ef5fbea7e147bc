"""A spreadsheet as plain values: what every reader of files gives and every reader of lists takes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["empty", "text", "number", "date", "bool", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is clean (NFC, single spaces); of a formula nothing is taken, its stored value could be anything."""

    text: str = ""
    kind: Kind = "empty"
    formula: bool = False
    day: date | None = None
    number: float | None = None

    def __bool__(self) -> bool:
        return self.kind != "empty" or self.formula


EMPTY = Cell()
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One page. Rows and columns are counted from 1, as the person sees them; `merged` are (top, left, bottom, right)."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Box, ...] = ()
    hidden: bool = False
    _anchors: dict[tuple[int, int], tuple[int, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_anchors", self._spread())

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself, empty where the page has nothing."""
        if not 1 <= row <= len(self.rows):
            return EMPTY
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else EMPTY

    def shown(self, row: int, column: int) -> Cell:
        """The cell as it looks: inside a merged box every cell shows the first one."""
        return self.cell(*self._anchors.get((row, column), (row, column)))

    def begins_above(self, row: int) -> bool:
        """Whether a merged box reaches down into this row: then it is the lower line of something."""
        return any(top < row <= bottom for top, _, bottom, _ in self.merged)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def _spread(self) -> dict[tuple[int, int], tuple[int, int]]:
        anchors: dict[tuple[int, int], tuple[int, int]] = {}
        height, width = len(self.rows), self.width
        left_over = _MOST_MERGED
        for top, left, bottom, right in self.merged:
            rows, columns = range(top, min(bottom, height) + 1), range(left, min(right, width) + 1)
            if len(rows) * len(columns) <= left_over:
                left_over -= len(rows) * len(columns)
                anchors.update({(row, column): (top, left) for row in rows for column in columns})
        return anchors


_MOST_MERGED = 200_000


def column_letter(column: int) -> str:
    """1 → "A", 28 → "AB"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
