"""Decisions about imports: which kinds somebody may bring in, how a list is cut, how far one has come."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from lms.access.rules import Right

Row = TypeVar("Row")

CHUNK = 12
"""Rows in one write transaction: under 200 ms on a small server, so that nobody waits behind an import."""
PROBLEMS_IN_A_CHUNK = 200
PREVIEW_LIVES = timedelta(days=1)

KIND_RIGHTS: dict[str, tuple[Right, ...]] = {
    "thon": (Right.MANAGE_PLACES,),
    "ho": (Right.MANAGE_HOUSEHOLD,),
    "lop": (Right.MANAGE_CLASS,),
    "can-bo": (Right.MANAGE_PEOPLE, Right.MANAGE_TEAM),
}
"""By lms.imports.problems.Kind. An import is no way around a right: who may not add a household may not import one."""

NEXT_STATES = {
    "reading": {"read"},
    "read": {"applying"},
    "applying": {"applying", "applied", "undoing"},
    "applied": {"undoing"},
    "undoing": {"undoing", "undone"},
}


def may_become(state: str, wanted: str) -> bool:
    return wanted in NEXT_STATES.get(state, set())


def chunks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def school_year_of(day: date) -> str:
    """The school year a day falls in or, in summer, the one about to begin: «2026–2027»."""
    first = day.year if day.month >= 6 else day.year - 1
    return f"{first}\u2013{first + 1}"


def first_day_of(school_year: str, today: date) -> date:
    """1 September of a school year, or today for a class without one."""
    first = school_year[:4]
    return date(int(first), 9, 1) if first.isdecimal() and len(first) == 4 else today
