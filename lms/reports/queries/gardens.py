"""A village's households on a day, those nearest to opening first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Subquery, bindparam, case, func, literal_column, select
from sqlalchemy.orm import aliased

from lms.db import fetch
from lms.households.models import Household, HouseholdSpell
from lms.households.queries import flower_maker, soon
from lms.places.queries import AS_AT, holds_on
from lms.skills.rules.flowers import Flower
from lms.web.paging import Page, Paged

SKILLS = ("s1", "s2", "s3", "s4", "s5")
SOON = bindparam("soon", type_=Date)


@dataclass(frozen=True)
class GardenRow:
    household_id: int
    head_name: str
    name_key: str
    rank: int
    """0: some one member lacks only one; 1…6: one more than the petals missing; 9: golden. The nearest to opening first."""
    unit_id: int
    flower: Flower


GOLDEN = 9
KINDS = (*SKILLS, "near", "strict")
"""Each has two bits of a household's flags: 1 is to be renewed soon, 2 is held."""


def _bits(kind: str) -> ColumnElement[int]:
    # Written into the statement, not bound: of constants some forty would be sent with every page.
    return literal_column(str(3 << 2 * KINDS.index(kind)), Integer)


def _garden(mine: Callable[[Any], ColumnElement[bool]]) -> Subquery:
    """Households of some villages on a day with their rank and flags, built once; it takes its values as bindparams."""
    here, held = aliased(HouseholdSpell), _held(mine)
    flags = func.coalesce(held.c.flags, literal_column("0"))
    lacking = sum(case((_has(flags, skill), literal_column("0")), else_=literal_column("1")) for skill in SKILLS)
    rank = case(
        (_has(flags, "strict"), literal_column(str(GOLDEN))),
        (_has(flags, "near"), literal_column("0")),
        else_=lacking + literal_column("1"),
    )
    return (
        select(
            Household.id,
            Household.head_name,
            Household.name_key,
            here.unit_id,
            rank.label("rank"),
            flags.label("flags"),
        )
        .join(here, here.household_id == Household.id)
        .outerjoin(held, held.c.household_id == Household.id)
        .where(
            mine(here.unit_id),
            here.kind == literal_column("'households'"),
            here.superseded_at.is_(None),
            *holds_on(AS_AT, here),
        )
        .subquery()
    )


def _held(mine: Callable[[Any], ColumnElement[bool]]) -> Subquery:
    place = " ".join(f"WHEN '{kind}' THEN {4**n}" for n, kind in enumerate(KINDS))
    held_until = case((HouseholdSpell.until_on <= SOON, literal_column("1")), else_=literal_column("2"))
    return (
        select(
            HouseholdSpell.household_id,
            func.sum(literal_column(f"CASE kind {place} END", Integer) * held_until).label("flags"),
        )
        .where(
            mine(HouseholdSpell.unit_id),
            HouseholdSpell.kind.in_([literal_column(f"'{kind}'") for kind in KINDS]),
            HouseholdSpell.superseded_at.is_(None),
            *holds_on(AS_AT, HouseholdSpell),
        )
        .group_by(HouseholdSpell.household_id)
        .subquery()
    )


def _has(flags: ColumnElement[int], kind: str) -> ColumnElement[bool]:
    return flags.op("&")(_bits(kind)) > literal_column("0")


_MANY = _garden(lambda unit: unit.in_(bindparam("units", expanding=True)))
_PLACED = select(
    _MANY,
    func.row_number()
    .over(partition_by=_MANY.c.unit_id, order_by=(_MANY.c.rank, _MANY.c.name_key, _MANY.c.id))
    .label("place"),
).where(_MANY.c.rank < GOLDEN)
_PLACED_ROWS = _PLACED.subquery()
_NEAREST = (
    select(_PLACED_ROWS)
    .where(_PLACED_ROWS.c.place <= bindparam("each"))
    .order_by(_PLACED_ROWS.c.unit_id, _PLACED_ROWS.c.place)
)
_EVERY = select(_MANY)
_ROWS = _garden(lambda unit: unit == bindparam("unit"))
_ORDER = (_ROWS.c.rank, _ROWS.c.name_key, _ROWS.c.id)
_GARDENS = {
    "": Paged(select(_ROWS), _ORDER),
    "near": Paged(select(_ROWS).where(_ROWS.c.rank == 0), _ORDER),
    **{skill: Paged(select(_ROWS).where(~_has(_ROWS.c.flags, skill)), _ORDER) for skill in SKILLS},
}


def garden(unit_id: int, as_at: date, mark: str | None, size: int, only: str = "") -> Page[GardenRow]:
    """One page of a village's households on a day, those nearest to opening first; `only` is near, or a skill lacking."""
    chosen = _GARDENS.get(only, _GARDENS[""])
    page = chosen.page(mark, size, lambda row: (row.rank, row.name_key, row.id), unit=unit_id, **_days(as_at))
    return Page(_shown(page.rows), page.next_mark)


def nearest(unit_ids: Sequence[int], as_at: date, each: int) -> list[GardenRow]:
    """The few households of each village nearest to opening, none of them golden, in one statement."""
    return _shown(fetch(_NEAREST, units=list(unit_ids), each=each, **_days(as_at)))


def whole(unit_ids: Sequence[int], as_at: date) -> list[GardenRow]:
    """Every household of some villages on a day, in one statement: for whoever has to choose among them."""
    return _shown(fetch(_EVERY, units=list(unit_ids), **_days(as_at)))


def _days(as_at: date) -> dict[str, date]:
    return {"as_at": as_at, "soon": soon(as_at)}


def _shown(rows: Sequence[Any]) -> list[GardenRow]:
    made = flower_maker()
    return [
        GardenRow(id, head_name, name_key, rank, unit_id, made(_petals(flags), rank == GOLDEN))
        for id, head_name, name_key, unit_id, rank, flags, *_place in rows
    ]


@cache
def _petals(flags: int) -> tuple[int, ...]:
    return tuple(flags >> 2 * n & 3 for n in range(len(SKILLS)))
