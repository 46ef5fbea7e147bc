"""One door to all readers, and a reading as plain values that can wait for a person's yes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from lms.imports.classes import PupilRow, read_class
from lms.imports.households import MemberRow, read_households
from lms.imports.problems import Columns, Context, Kind, Level, ParsedRow, Problem, Reading
from lms.imports.sheets import Sheet
from lms.imports.staff import Position, StaffRow, read_staff
from lms.imports.villages import VillageRow, read_villages

READERS: Mapping[Kind, Callable[[Sequence[Sheet], Context], Reading[Any]]] = {
    Kind.VILLAGES: read_villages,
    Kind.HOUSEHOLDS: read_households,
    Kind.CLASS: read_class,
    Kind.STAFF: read_staff,
}
_ROWS: Mapping[Kind, type[ParsedRow]] = {
    Kind.VILLAGES: VillageRow,
    Kind.HOUSEHOLDS: MemberRow,
    Kind.CLASS: PupilRow,
    Kind.STAFF: StaffRow,
}


def read_list(kind: Kind, sheets: Sequence[Sheet], context: Context) -> Reading[Any]:
    """Read a list as the kind somebody chose. Raises `Refusal` when no page holds such a table."""
    return READERS[kind](sheets, context)


def as_plain(reading: Reading[Any]) -> dict[str, Any]:
    """A reading as JSON can hold it; days are written year-month-day."""
    return {
        "kind": reading.kind.value,
        "pages": [asdict(page) for page in reading.pages],
        "rows": [_plain_row(row) for row in reading.rows],
        "problems": [asdict(problem) for problem in reading.problems],
    }


def from_plain(plain: Mapping[str, Any]) -> Reading[Any]:
    """The reading `as_plain` wrote down."""
    kind = Kind(plain["kind"])
    return Reading(
        kind=kind,
        pages=tuple(Columns(**_with_tuples(page)) for page in plain["pages"]),
        rows=tuple(_ROWS[kind](**_row_values(row)) for row in plain["rows"]),
        problems=tuple(Problem(**{**_with_tuples(p), "level": Level(p["level"])}) for p in plain["problems"]),
    )


def _plain_row(row: ParsedRow) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(row).items()}


def _row_values(row: Mapping[str, Any]) -> dict[str, Any]:
    values = _with_tuples(row)
    if values.get("since"):
        values["since"] = date.fromisoformat(values["since"])
    if "position" in values:
        values["position"] = Position(values["position"])
    return values


def _with_tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
