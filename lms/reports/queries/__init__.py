"""The figures: folded tallies plus what is not folded yet, for any day, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, func, not_, select, union_all

from lms.access.actor import Actor
from lms.db import db, fetch
from lms.households.models import HouseholdPlace, HouseholdSpell
from lms.places.models import Unit, UnitKind, UnitPath, UnitSuccession
from lms.places.queries import Place, holds_on
from lms.places.rules import Span
from lms.reports.models import Tally, TallyMark, TallyMonth
from lms.reports.queries.gardens import SKILLS
from lms.reports.rules import Deltas, deltas_of
from lms.skills.models import RulesetActivation
from lms.teams.queries import place, units_seen

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

    def __hash__(self) -> int:
        return hash(self.key)  # the rest is compared

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What a bar shows: households, strict, of these by an adult, union."""
        return self.households, self.strict, self.strict_adult, self.union

    @property
    def share(self) -> float | None:
        """0–1; None where there is no household."""
        return self.strict / self.households if self.households else None


BAR_KINDS = ("households", "strict", "strict_adult", "union", "near")
"""What is shown of a unit among its neighbours."""


def figures(unit_ids: Sequence[int], as_at: date, in_short: Sequence[int] = ()) -> dict[int, Figures]:
    """Unit → figures on a day, under the tree of that day; of those `in_short` only what a bar shows."""
    word = fetch(_MARK)
    counts, found = (_sums if word else _sums.__wrapped__)(
        word[0][0] if word else "", tuple(unit_ids), tuple(in_short), as_at
    )
    changed: dict[int, Counter[str]] = defaultdict(Counter)
    for (unit, kind, day), delta in _pending(list(found)).items():
        if day <= as_at:
            changed[unit][kind] += delta
    return {**found, **{unit: _figures(_added(counts.get(unit, {}), new)) for unit, new in changed.items()}}


_MARK = select(TallyMark.word)
SUMS_KEPT = 64
"""Pages of units whose sums stay in memory; a commune's take some 100 KB."""


@lru_cache(maxsize=SUMS_KEPT)
def _sums(
    word: str, unit_ids: Sequence[int], in_short: Sequence[int], as_at: date
) -> tuple[Mapping[int, Mapping[str, int]], Mapping[int, Figures]]:
    """What is folded, as counts and as figures. It holds as long as the `word` on the tallies is the same."""
    counts: dict[int, Counter[str]] = {unit: Counter() for unit in (*unit_ids, *in_short)}
    asked = {"units": list(unit_ids), "in_short": list(in_short), "bar_kinds": BAR_KINDS}
    for unit, kind, total in fetch(_FOLDED, **asked, as_at=as_at, month=as_at.replace(day=1)):
        counts[unit][kind] += int(total)
    return counts, {unit: _figures(found) for unit, found in counts.items()}


def _added(some: Mapping[str, int], more: Mapping[str, int]) -> Mapping[str, int]:
    return {kind: some.get(kind, 0) + more.get(kind, 0) for kind in {*some, *more}}


def _folded(table: Any, *conditions: Any) -> list[Any]:
    """The sums of the units asked in full, and of those asked in short."""
    summed = (
        select(table.unit_id, table.kind, func.sum(table.delta)).where(*conditions).group_by(table.unit_id, table.kind)
    )
    in_full = table.unit_id.in_(bindparam("units", expanding=True))
    in_short = table.unit_id.in_(bindparam("in_short", expanding=True))
    return [summed.where(in_full), summed.where(in_short, table.kind.in_(bindparam("bar_kinds", expanding=True)))]


# Whole months before, and the days of the month itself.
_FOLDED = union_all(
    *_folded(TallyMonth, TallyMonth.month < bindparam("month")),
    *_folded(Tally, Tally.day >= bindparam("month"), Tally.day <= bindparam("as_at")),
)


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
    return {unit: _figures(found) for unit, found in counts.items()}


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


_MORE_PENDING = select(HouseholdSpell.id).where(HouseholdSpell.pending).offset(FRESH_AT_MOST).limit(1)


def is_behind() -> bool:
    """Whether more conclusions wait than a page adds up itself."""
    return bool(fetch(_MORE_PENDING))


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


_PENDING = (
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
)


def _pending(unit_ids: Sequence[int]) -> Deltas:
    rows = fetch(_PENDING)
    if not rows:
        return Counter()
    asked = set(unit_ids)
    spans = {
        village: [one for one in above if one[0] in asked]
        for village, above in spans_above({row.unit_id for row in rows}).items()
    }
    return deltas_of(rows, spans)


def _figures(counts: Mapping[str, int]) -> Figures:
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


def visible_unit(actor: Actor, unit_id: int, today: date) -> Place | None:
    """The unit, if it stands in the actor's scope or their team's charge; one that ended, if all that it became does."""
    unit, is_seen = place(actor, unit_id, today) or (None, False)
    if unit is None or is_seen or unit.until_on is None or unit.until_on > today:
        return unit if is_seen else None
    heirs = _heirs(unit_id)
    return unit if heirs and heirs <= units_seen(actor, heirs, today) else None


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


_PREDECESSORS = (
    select(Unit.id, Unit.kind_id, Unit.name, Unit.from_on, Unit.until_on, UnitKind.level)
    .join(UnitKind, UnitKind.id == Unit.kind_id)
    .where(
        Unit.id.in_(
            select(UnitSuccession.old_id).where(
                UnitSuccession.new_id == bindparam("unit"), UnitSuccession.old_id != UnitSuccession.new_id
            )
        )
    )
    .order_by(Unit.name_key, Unit.id)
)
_IN_USE = select(RulesetActivation.ruleset_id).where(RulesetActivation.on_day <= bindparam("as_at"))


def predecessors(unit_id: int) -> list[Place]:
    """The ended units that went into this one, by name."""
    return [Place(*row) for row in fetch(_PREDECESSORS, unit=unit_id)]


def rulesets_in_use(as_at: date) -> frozenset[str]:
    """Under which rulesets figures of a day were reached; the error row printed beside them depends on it."""
    return frozenset(row.ruleset_id for row in fetch(_IN_USE, as_at=as_at)) or frozenset({"r2026.0"})
