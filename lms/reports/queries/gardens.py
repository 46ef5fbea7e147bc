"""A village's households on a day, those nearest to opening first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Subquery, bindparam, case, func, select
from sqlalchemy.orm import aliased

from lms.db import fetch
from lms.households.models import Household, HouseholdSpell
from lms.places.queries import AS_AT, holds_on
from lms.web.paging import Page, Paged

SKILLS = ("s1", "s2", "s3", "s4", "s5")


@dataclass(frozen=True)
class GardenRow:
    household_id: int
    head_name: str
    name_key: str
    rank: int
    """0: some one member lacks only one; 1…6: one more than the petals missing; 9: golden. The nearest to opening first."""
    unit_id: int


GOLDEN = 9


def _garden() -> Subquery:
    """Households of `units` on a day with their rank, built once; it takes its values as bindparams."""
    here = aliased(HouseholdSpell)
    mine: BindParameter[Any] = bindparam("units", expanding=True)
    held = (
        select(
            HouseholdSpell.household_id,
            *(
                func.sum(case((HouseholdSpell.kind == kind, 1), else_=0)).label(kind)
                for kind in ("strict", "near", *SKILLS)
            ),
        )
        .where(
            HouseholdSpell.unit_id.in_(mine),
            HouseholdSpell.kind.in_(("strict", "near", *SKILLS)),
            HouseholdSpell.superseded_at.is_(None),
            *holds_on(AS_AT, HouseholdSpell),
        )
        .group_by(HouseholdSpell.household_id)
        .subquery()
    )
    petals = {skill: func.coalesce(held.c[skill], 0) for skill in SKILLS}
    rank = case((held.c.strict > 0, GOLDEN), (held.c.near > 0, 0), else_=6 - sum(petals.values()))
    return (
        select(
            Household.id,
            Household.head_name,
            Household.name_key,
            here.unit_id,
            rank.label("rank"),
            *(n.label(skill) for skill, n in petals.items()),
        )
        .join(here, here.household_id == Household.id)
        .outerjoin(held, held.c.household_id == Household.id)
        .where(here.unit_id.in_(mine), here.kind == "households", here.superseded_at.is_(None), *holds_on(AS_AT, here))
        .subquery()
    )


_ROWS = _garden()
_PLACED = select(
    _ROWS,
    func.row_number()
    .over(partition_by=_ROWS.c.unit_id, order_by=(_ROWS.c.rank, _ROWS.c.name_key, _ROWS.c.id))
    .label("place"),
).where(_ROWS.c.rank < GOLDEN)
_PLACED_ROWS = _PLACED.subquery()
_NEAREST = (
    select(_PLACED_ROWS)
    .where(_PLACED_ROWS.c.place <= bindparam("each"))
    .order_by(_PLACED_ROWS.c.unit_id, _PLACED_ROWS.c.place)
)
_ORDER = (_ROWS.c.rank, _ROWS.c.name_key, _ROWS.c.id)
_GARDENS = {
    "": Paged(select(_ROWS), _ORDER),
    "near": Paged(select(_ROWS).where(_ROWS.c.rank == 0), _ORDER),
    **{skill: Paged(select(_ROWS).where(_ROWS.c[skill] == 0), _ORDER) for skill in SKILLS},
}


def garden(unit_id: int, as_at: date, mark: str | None, size: int, only: str = "") -> Page[GardenRow]:
    """One page of a village's households on a day, those nearest to opening first; `only` is near, or a skill lacking."""
    chosen = _GARDENS.get(only, _GARDENS[""])
    page = chosen.page(mark, size, lambda row: (row.rank, row.name_key, row.id), units=[unit_id], as_at=as_at)
    return Page([_garden_row(row) for row in page.rows], page.next_mark)


def nearest(unit_ids: Sequence[int], as_at: date, each: int) -> list[GardenRow]:
    """The few households of each village nearest to opening, none of them golden, in one statement."""
    return [_garden_row(row) for row in fetch(_NEAREST, units=list(unit_ids), as_at=as_at, each=each)]


def _garden_row(row: Any) -> GardenRow:
    return GardenRow(row.id, row.head_name, row.name_key, row.rank, row.unit_id)
