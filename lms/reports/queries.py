"""The figures: folded tallies plus what is not folded yet, for any day, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Subquery, and_, case, func, not_, select
from sqlalchemy.orm import aliased

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db
from lms.households.models import Household, HouseholdPlace, HouseholdSpell
from lms.places.models import Unit, UnitKind, UnitPath, UnitSuccession
from lms.places.queries import UNIT_ROLES, holds_on, unit_ids_below
from lms.places.rules import Span
from lms.reports.models import Tally, TallyMonth
from lms.reports.rules import Deltas, deltas_of
from lms.skills.models import RulesetActivation
from lms.teams.queries import village_ids_of
from lms.web.paging import Page, page_of

SKILLS = ("s1", "s2", "s3", "s4", "s5")

FRESH_AT_MOST = 20_000
"""More pending conclusions than this (a bulk load) are left to folding; the page says so."""


@dataclass(frozen=True)
class Figures:
    """Counts of households in one unit on one day. `awards` are skill awards behind golden hearts, by witness role."""

    households: int = 0
    strict: int = 0
    strict_adult: int = 0
    union: int = 0
    near: int = 0
    by_skill: dict[str, int] = field(default_factory=dict)
    awards: dict[str, int] = field(default_factory=dict)

    @property
    def strict_pupil_only(self) -> int:
        return self.strict - self.strict_adult

    @property
    def share(self) -> float | None:
        """0–1; None where there is no household."""
        return self.strict / self.households if self.households else None


def figures(unit_ids: Sequence[int], as_at: date) -> dict[int, Figures]:
    """Unit → figures on a day, under the tree of that day."""
    counts: Counter[tuple[int, str]] = Counter()
    month = as_at.replace(day=1)
    for table, condition in (
        (TallyMonth, TallyMonth.month < month),
        (Tally, (Tally.day >= month) & (Tally.day <= as_at)),
    ):
        wanted = (
            select(table.unit_id, table.kind, func.sum(table.delta))
            .where(table.unit_id.in_(unit_ids), condition)
            .group_by(table.unit_id, table.kind)
        )
        for unit, kind, total in db.session.execute(wanted):
            counts[unit, kind] += int(total)
    for (unit, kind, day), delta in _pending(unit_ids).items():
        if day <= as_at:
            counts[unit, kind] += delta
    return {unit: _figures({kind: n for (id, kind), n in counts.items() if id == unit}) for unit in unit_ids}


def figures_in_tree(unit_ids: Sequence[int], as_at: date, tree_day: date) -> dict[int, Figures]:
    """The figures of a day under the tree of another day: the old district after its end, a new commune before it.

    A village that stands on only one of the two days is traced through its mergers and splits, its households by where
    each of them stood on the other day; so both trees add up to the same households.
    """
    villages = select(Unit.id).join(UnitKind).where(UnitKind.level == "village")
    paths = select(UnitPath.ancestor_id, UnitPath.descendant_id).where(
        UnitPath.ancestor_id.in_(unit_ids), UnitPath.descendant_id.in_(villages), *holds_on(tree_day, UnitPath)
    )
    above: dict[int, list[int]] = defaultdict(list)
    for ancestor, village in db.session.execute(paths):
        above[village].append(ancestor)
    counts: dict[int, Counter[str]] = {unit: Counter() for unit in unit_ids}
    for village, one in figures(list(above), as_at).items():
        for ancestor in above[village]:
            counts[ancestor].update(_as_counts(one))
    for village, kind, n in _traced(as_at, tree_day):
        for ancestor in above.get(village, ()):
            counts[ancestor][kind] += n
    return {unit: _figures(dict(found)) for unit, found in counts.items()}


def _traced(as_at: date, tree_day: date) -> Iterable[tuple[int, str, int]]:
    """(village of the tree's day, kind, count) of the households in villages that did not stand on that day."""
    strange = list(
        db.session.scalars(
            select(Unit.id)
            .join(UnitKind)
            .where(UnitKind.level == "village", *holds_on(as_at, Unit), not_(and_(*holds_on(tree_day, Unit))))
        )
    )
    if not strange:
        return
    kin = _kin(strange)
    standing = set(
        db.session.scalars(select(Unit.id).where(Unit.id.in_(set().union(*kin.values())), *holds_on(tree_day, Unit)))
    )
    wanted = (
        select(HouseholdSpell.unit_id, HouseholdPlace.unit_id, HouseholdSpell.kind, func.sum(HouseholdSpell.weight))
        .outerjoin(
            HouseholdPlace,
            and_(HouseholdPlace.household_id == HouseholdSpell.household_id, *holds_on(tree_day, HouseholdPlace)),
        )
        .where(
            HouseholdSpell.unit_id.in_(strange),
            HouseholdSpell.superseded_at.is_(None),
            *holds_on(as_at, HouseholdSpell),
        )
        .group_by(HouseholdSpell.unit_id, HouseholdPlace.unit_id, HouseholdSpell.kind)
    )
    for village, stood_in, kind, n in db.session.execute(wanted):
        possible = kin[village] & standing
        if possible:
            yield (stood_in if stood_in in possible else min(possible)), kind, int(n)


def _kin(unit_ids: Sequence[int]) -> dict[int, set[int]]:
    """Unit → every unit it came from or went into, at any remove."""
    near: dict[int, set[int]] = defaultdict(set)
    for old, new in db.session.execute(select(UnitSuccession.old_id, UnitSuccession.new_id)):
        near[old].add(new)
        near[new].add(old)
    found = {}
    for unit in unit_ids:
        seen, front = {unit}, {unit}
        while front:
            front = set().union(*(near[one] for one in front)) - seen
            seen |= front
        found[unit] = seen - {unit}
    return found


def pending_count() -> int:
    """How many conclusions wait to be folded."""
    return db.session.scalar(select(func.count()).select_from(HouseholdSpell).where(HouseholdSpell.pending)) or 0


def recounted(unit_id: int, as_at: date) -> Figures:
    """The same figures straight from the conclusions, without any tally: what an auditor compares with."""
    below = select(UnitPath.descendant_id).where(UnitPath.ancestor_id == unit_id, *holds_on(as_at, UnitPath))
    wanted = (
        select(HouseholdSpell.kind, func.sum(HouseholdSpell.weight))
        .where(
            HouseholdSpell.unit_id.in_(below) | (HouseholdSpell.unit_id == unit_id),
            HouseholdSpell.superseded_at.is_(None),
            *holds_on(as_at, HouseholdSpell),
        )
        .group_by(HouseholdSpell.kind)
    )
    return _figures({kind: int(total) for kind, total in db.session.execute(wanted)})


def spans_above(village_ids: set[int]) -> dict[int, list[tuple[int, Span]]]:
    """Village → the units it stands under and when, and itself for all days: a village counts what is said of it, and a
    superseded conclusion takes back exactly what it added, even if the village has ended meanwhile."""
    found = {village: [(village, Span(date.min))] for village in village_ids}
    above = (UnitPath.descendant_id.in_(sorted(village_ids)), UnitPath.ancestor_id != UnitPath.descendant_id)
    for path in db.session.scalars(select(UnitPath).where(*above)):
        found[path.descendant_id].append((path.ancestor_id, Span(path.from_on, path.until_on)))
    return found


def _pending(unit_ids: Sequence[int]) -> Deltas:
    rows = db.session.execute(
        select(
            HouseholdSpell.unit_id,
            HouseholdSpell.kind,
            HouseholdSpell.weight,
            HouseholdSpell.from_on,
            HouseholdSpell.until_on,
            HouseholdSpell.superseded_at,
        )
        .where(HouseholdSpell.pending)
        .limit(FRESH_AT_MOST)
    ).all()
    if not rows:
        return Counter()
    asked = set(unit_ids)
    spans = {
        village: [one for one in above if one[0] in asked]
        for village, above in spans_above({row.unit_id for row in rows}).items()
    }
    return deltas_of(rows, spans)


def _figures(counts: dict[str, int]) -> Figures:
    return Figures(
        households=counts.get("households", 0),
        strict=counts.get("strict", 0),
        strict_adult=counts.get("strict_adult", 0),
        union=counts.get("union", 0),
        near=counts.get("near", 0),
        by_skill={skill: counts.get(skill, 0) for skill in SKILLS},
        awards={kind.removeprefix("award_"): n for kind, n in counts.items() if kind.startswith("award_") and n},
    )


def _as_counts(one: Figures) -> dict[str, int]:
    awards = {f"award_{role}": n for role, n in one.awards.items()}
    names = ("households", "strict", "strict_adult", "union", "near")
    return {**{name: getattr(one, name) for name in names}, **one.by_skill, **awards}


@dataclass(frozen=True)
class GardenRow:
    household_id: int
    head_name: str
    name_key: str
    rank: int
    """0: some one member lacks only one; 1…6: one more than the petals missing; 9: golden. The nearest to opening first."""
    unit_id: int


def garden(unit_id: int, as_at: date, mark: str | None, size: int, only: str = "") -> Page[GardenRow]:
    """One page of a village's households on a day, those nearest to opening first; `only` is near, or a skill lacking."""
    rows = _garden([unit_id], as_at)
    wanted = select(rows)
    if only == "near":
        wanted = wanted.where(rows.c.rank == 0)
    elif only in SKILLS:
        wanted = wanted.where(rows.c[only] == 0)
    page = page_of(
        wanted,
        (rows.c.rank, rows.c.name_key, rows.c.id),
        mark,
        size,
        lambda row: (row.rank, row.name_key, row.id),
    )
    return Page([_garden_row(row) for row in page.rows], page.next_mark)


def nearest(unit_ids: Sequence[int], as_at: date, each: int) -> list[GardenRow]:
    """The few households of each village nearest to opening, none of them golden, in one statement."""
    rows = _garden(unit_ids, as_at)
    place = func.row_number().over(partition_by=rows.c.unit_id, order_by=(rows.c.rank, rows.c.name_key, rows.c.id))
    placed = select(rows, place.label("place")).where(rows.c.rank < GOLDEN).subquery()
    first = select(placed).where(placed.c.place <= each).order_by(placed.c.unit_id, placed.c.place)
    return [_garden_row(row) for row in db.session.execute(first)]


GOLDEN = 9


def _garden(unit_ids: Sequence[int], as_at: date) -> Subquery:
    here = aliased(HouseholdSpell)
    held = (
        select(
            HouseholdSpell.household_id,
            *(
                func.sum(case((HouseholdSpell.kind == kind, 1), else_=0)).label(kind)
                for kind in ("strict", "near", *SKILLS)
            ),
        )
        .where(
            HouseholdSpell.unit_id.in_(unit_ids),
            HouseholdSpell.kind.in_(("strict", "near", *SKILLS)),
            HouseholdSpell.superseded_at.is_(None),
            *holds_on(as_at, HouseholdSpell),
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
        .where(
            here.unit_id.in_(unit_ids), here.kind == "households", here.superseded_at.is_(None), *holds_on(as_at, here)
        )
        .subquery()
    )


def _garden_row(row: Any) -> GardenRow:
    return GardenRow(row.id, row.head_name, row.name_key, row.rank, row.unit_id)


def visible_unit(actor: Actor, unit_id: int, today: date) -> Unit | None:
    """The unit, if it stands in the actor's scope or their team's charge; one that ended, if all that it became does."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or actor.holds(Role.ADMIN):
        return unit
    wanted = {unit_id}
    if unit.until_on is not None and unit.until_on <= today:
        wanted = _heirs(unit_id)
    return unit if wanted and wanted <= visible_ids(actor, wanted, today) else None


def visible_ids(actor: Actor, unit_ids: Iterable[int], today: date) -> set[int]:
    """Those of the units that stand in the actor's scope or their team's charge."""
    ids = list(unit_ids)
    if actor.holds(Role.ADMIN):
        return set(ids)
    scope = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    seen = Unit.id.in_(scope) | Unit.id.in_(village_ids_of(actor, today))
    return set(db.session.scalars(select(Unit.id).where(Unit.id.in_(ids), seen)))


def _heirs(unit_id: int) -> set[int]:
    """What an ended unit became, followed to the units that stand today."""
    into: dict[int, set[int]] = defaultdict(set)
    for old, new in db.session.execute(select(UnitSuccession.old_id, UnitSuccession.new_id)):
        if old != new:
            into[old].add(new)
    seen, front = {unit_id}, {unit_id}
    while front:
        front = set().union(*(into.get(one, set()) for one in front)) - seen
        seen |= front
    return {one for one in seen if one not in into}


def predecessors(unit_id: int) -> list[Unit]:
    """The ended units that went into this one, by name."""
    old = select(UnitSuccession.old_id).where(UnitSuccession.new_id == unit_id, UnitSuccession.old_id != unit_id)
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(old)).order_by(Unit.name_key, Unit.id)))


def rulesets_in_use(as_at: date) -> frozenset[str]:
    """Under which rulesets figures of a day were reached; the error row printed beside them depends on it."""
    rows = select(RulesetActivation.ruleset_id).where(RulesetActivation.on_day <= as_at)
    return frozenset(db.session.scalars(rows)) or frozenset({"r2026.0"})
