"""What a reading gives back: rows that can be used, and every problem with its row, its cause and its cure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar


class Kind(StrEnum):
    """What a list is a list of."""

    VILLAGES = "thon"
    HOUSEHOLDS = "ho"
    CLASS = "lop"
    STAFF = "can-bo"


class Level(StrEnum):
    ERROR = "error"
    """The row cannot be used until it is mended."""
    NOTE = "note"
    """The row is used; a person should look at it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is counted as the person sees it, 0 when the whole page is meant; `other_rows` are the rows it is compared with."""

    row: int
    column: str
    what: str
    mend: str
    level: Level
    code: str
    sheet: str = ""
    other_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row that can be used. `source_key` finds what the same row became in an earlier import; `other_keys` find it
    again after its name, birth or household was corrected (tried in order, each unique within its list)."""

    sheet: str
    number: int
    source_key: str
    other_keys: tuple[str, ...] = field(kw_only=True, default=())


@dataclass(frozen=True, slots=True)
class Columns:
    """How one page was understood: header text of each column by meaning, and those not used."""

    sheet: str
    header_row: int
    used: dict[str, str]
    unused: tuple[str, ...] = ()
    never_kept: tuple[str, ...] = ()
    """Columns of numbers and traits the house does not keep (identity numbers, ethnicity …)."""


Row = TypeVar("Row", bound=ParsedRow)


@dataclass(frozen=True)
class Reading(Generic[Row]):
    kind: Kind
    pages: tuple[Columns, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def sheet(self) -> str:
        return self.pages[0].sheet if self.pages else ""

    @property
    def header_row(self) -> int:
        return self.pages[0].header_row if self.pages else 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)

    @property
    def notes(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level is Level.NOTE)


@dataclass(frozen=True, slots=True)
class Known:
    """Something the house already knows by name. `within` is the id of what it stands in, `former` other names it had."""

    id: int
    name: str
    within: int | None = None
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a list is read against. Empty collections mean: nothing known yet, take what the list says."""

    today: date
    communes: Sequence[Known] = ()
    villages: Sequence[Known] = ()
    workplaces: Sequence[Known] = ()
    """Schools, centres, teams, offices."""
    village_id: int | None = None
    """The village the list is imported for, when it names none."""
    commune_id: int | None = None
    """The commune the list is imported for, when it names none."""
    salt: str = ""
    """Kept by the installation, so that a key cannot be turned back into a day of birth by trying all days."""
