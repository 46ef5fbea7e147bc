"""Concluding a household's dated spells from memberships, places and its members' skill spells.

Lock first, read second, read fresh: two members may finish at one instant (docs/house.md «Lock first»).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import case, insert, select, update

from lms import clock
from lms.db import db, writes
from lms.households import rules
from lms.households.models import Household, HouseholdPlace, HouseholdSpell, Member
from lms.people.models import Person
from lms.places.rules import Span, overlap
from lms.skills import queries as skills
from lms.skills.models import SkillSpell

CHUNK = 400
ADULT_AGE = 18
ONE_DAY = timedelta(days=1)


class Wanted(NamedTuple):
    """A conclusion as stored; `until` is the first day it no longer holds."""

    household_id: int
    unit_id: int
    kind: str
    weight: int
    start: date
    until: date | None
    people: tuple[str, ...]


@dataclass
class _Facts:
    """Everything the rule asks about one household."""

    places: list[tuple[int, Span]] = field(default_factory=list)
    memberships: list[rules.Membership] = field(default_factory=list)


@writes
def conclude(household_ids: Iterable[int]) -> set[int]:
    """Conclude these households afresh; returns those whose conclusions changed. Nothing changed, no row."""
    ids = sorted(set(household_ids))
    changed: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        changed |= _conclude(ids[start : start + CHUNK])
    return changed


def adult_from(birth_year: int | None) -> date:
    """First day surely an adult, as only the year is known: the last one they may turn 18 on. Unknown year: an adult,
    because every pupil's list carries the year of birth."""
    return date(birth_year + ADULT_AGE + 1, 1, 1) if birth_year else date.min


def _conclude(ids: list[int]) -> set[int]:
    locked = select(Household.id).where(Household.id.in_(ids)).order_by(Household.id)
    db.session.execute(locked.with_for_update(key_share=True))
    db.session.flush()
    now = clock.now()
    facts = _facts(ids)
    people = sorted({int(one.person) for fact in facts.values() for one in fact.memberships})
    spells = _spells_by_person(skills.spells_of(people))
    adults = _adults(people)
    have: dict[Wanted, HouseholdSpell] = {_key(row): row for row in _standing(ids)}
    wanted = {row for id, fact in facts.items() for row in _wanted(id, fact, spells, adults)}
    gone, fresh = have.keys() - wanted, wanted - have.keys()
    _supersede([have[key].id for key in gone], now)
    if fresh:
        db.session.execute(insert(HouseholdSpell), [_row(key, now) for key in sorted(fresh, key=str)])
    db.session.flush()  # tallies and pages of the same act read it
    return {key.household_id for key in gone | fresh}


def _supersede(ids: list[int], now: datetime) -> None:
    """In SQL, because folding may have counted a row since it was read: only then has it to be taken back."""
    if ids:
        taken_back = case((HouseholdSpell.counted_at.is_not(None), True), else_=False)
        wanted = update(HouseholdSpell).where(HouseholdSpell.id.in_(ids))
        db.session.execute(wanted.values(superseded_at=now, pending=taken_back))


def _wanted(
    id: int, fact: _Facts, spells: dict[str, list[SkillSpell]], adults: dict[str, date | None]
) -> Iterable[Wanted]:
    for unit, span in fact.places:
        yield Wanted(id, unit, "households", 1, span.start, span.until, ())
    own = {
        person: [rules.SkillSpell(one.skill_id, one.from_on, one.until_on - ONE_DAY) for one in rows]
        for person, rows in spells.items()
    }
    for spell in rules.household_spells(fact.memberships, own, adults):
        held = Span(spell.from_on, _after(spell.until_on))
        for unit, place in fact.places:
            part = overlap(held, place)
            if part is None:
                continue
            yield Wanted(id, unit, str(spell.kind), 1, part.start, part.until, spell.people)
            if spell.kind == rules.Kind.STRICT:
                for role, weight in _awards(spell, spells).items():
                    yield Wanted(id, unit, f"award_{role}", weight, part.start, part.until, spell.people[:1])


def _awards(spell: rules.HouseholdSpell, spells: dict[str, list[SkillSpell]]) -> Counter[str]:
    """By whom the five skills behind a golden heart were attested, for the evidence mix."""
    rows = [row for row in spells[spell.people[0]] if row.from_on <= spell.from_on < row.until_on]
    return Counter(row.witness_role or "unknown" for row in {row.skill_id: row for row in rows}.values())


def _facts(ids: list[int]) -> dict[int, _Facts]:
    facts = {id: _Facts() for id in ids}
    for place in db.session.scalars(select(HouseholdPlace).where(HouseholdPlace.household_id.in_(ids))):
        facts[place.household_id].places.append((place.unit_id, Span(place.from_on, place.until_on)))
    for member in db.session.scalars(
        select(Member).where(Member.household_id.in_(ids)).execution_options(populate_existing=True)
    ):
        last = member.until_on - ONE_DAY if member.until_on else None
        facts[member.household_id].memberships.append(rules.Membership(str(member.person_id), member.from_on, last))
    return facts


def _spells_by_person(rows: Sequence[SkillSpell]) -> dict[str, list[SkillSpell]]:
    found: dict[str, list[SkillSpell]] = defaultdict(list)
    for row in rows:
        found[str(row.person_id)].append(row)
    return found


def _adults(people: list[int]) -> dict[str, date | None]:
    rows = db.session.execute(select(Person.id, Person.birth_year).where(Person.id.in_(people)))
    return {str(person): adult_from(year) for person, year in rows}


def _standing(ids: list[int]) -> Iterable[HouseholdSpell]:
    return db.session.scalars(
        select(HouseholdSpell).where(HouseholdSpell.household_id.in_(ids), HouseholdSpell.superseded_at.is_(None))
    )


def _key(row: HouseholdSpell) -> Wanted:
    people = tuple(row.reason.get("people", ()))
    return Wanted(row.household_id, row.unit_id, row.kind, row.weight, row.from_on, row.until_on, people)


def _row(key: Wanted, now: datetime) -> dict[str, Any]:
    return {
        "household_id": key.household_id,
        "unit_id": key.unit_id,
        "kind": key.kind,
        "weight": key.weight,
        "from_on": key.start,
        "until_on": key.until,
        "reason": {"people": list(key.people)},
        "concluded_at": now,
    }


def _after(day: date) -> date | None:
    return None if day == date.max else day + ONE_DAY
