"""Every SELECT about rulesets coming into force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.classes.models import Enrolment, SchoolClass
from lms.clock import start_of
from lms.db import db
from lms.households.models import Household, Member
from lms.people.models import Person
from lms.people.queries import ids_read_through
from lms.places.models import Site, Unit
from lms.places.queries import communes_of, holds_on
from lms.rulesets.models import RulesetTrial, RulesetTrialLine
from lms.rulesets.rules import Change, change_of
from lms.skills import queries as skills
from lms.skills.models import Evidence, Ruleset, RulesetActivation, SkillState
from lms.skills.rules.rulesets import Activation, parse_ruleset
from lms.skills.rules.standing import evaluate
from lms.web.paging import Page, page_of

CHUNK = 100


def rulesets() -> list[Ruleset]:
    return list(db.session.scalars(select(Ruleset).order_by(Ruleset.id)))


def activations() -> list[RulesetActivation]:
    """The latest first."""
    wanted = select(RulesetActivation).order_by(RulesetActivation.on_day.desc(), RulesetActivation.id.desc())
    return list(db.session.scalars(wanted))


def people_with_evidence() -> list[int]:
    """Canonical ids: only for them can a ruleset change anything."""
    canonical = func.coalesce(Person.canonical_id, Person.id)
    wanted = select(canonical).join(Evidence, Evidence.person_id == Person.id).distinct().order_by(canonical)
    return list(db.session.scalars(wanted))


@dataclass(frozen=True)
class Found:
    """One line of a trial, before it is kept."""

    person_id: int
    skill_id: str
    change: Change


def changes(ruleset: Ruleset, on_day: date, people: Sequence[int]) -> Iterator[Found]:
    """Everybody judged three times as of that day. Reads only; for many it takes its time."""
    now_in_force = skills.activations()
    coming = Activation(parse_ruleset(ruleset.body), on_day)
    core = skills.framework().core
    for start in range(0, len(people), CHUNK):
        for person, events in skills.events_of(people[start : start + CHUNK]).items():
            before = evaluate(events, now_in_force, on_day, core)
            after = evaluate(events, (*now_in_force, coming), on_day, core)
            alone = evaluate(events, (coming,), on_day, core)
            for skill in core:
                change = change_of(before[skill], after[skill], alone[skill])
                if change is not None:
                    yield Found(person, skill, change)


def communes_of_people(canonical_ids: Sequence[int], day: date) -> dict[int, int]:
    """Person → the commune of their household, else of their school."""
    found: dict[int, int] = {}
    for start in range(0, len(canonical_ids), CHUNK):
        through = ids_read_through(canonical_ids[start : start + CHUNK])
        studies = (
            select(Enrolment.person_id, Site.unit_id)
            .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
            .join(Site, Site.id == SchoolClass.site_id)
            .where(Enrolment.person_id.in_(list(through)), *holds_on(day, Enrolment))
        )
        lives = (
            select(Member.person_id, Household.unit_id)
            .join(Household, Household.id == Member.household_id)
            .where(Member.person_id.in_(list(through)), *holds_on(day, Member))
        )
        units = {through[person]: unit for wanted in (studies, lives) for person, unit in db.session.execute(wanted)}
        above = communes_of(sorted(set(units.values())), day)
        found |= {person: above[unit].id if unit in above else unit for person, unit in units.items()}
    return found


@dataclass(frozen=True)
class Count:
    unit_id: int | None
    unit: str
    skill_id: str
    change: str
    people: int


def counts(trial_id: UUID) -> list[Count]:
    """By commune and skill."""
    wanted = (
        select(RulesetTrialLine.unit_id, Unit.name, RulesetTrialLine.skill_id, RulesetTrialLine.change, func.count())
        .outerjoin(Unit, Unit.id == RulesetTrialLine.unit_id)
        .where(RulesetTrialLine.trial_id == trial_id)
        .group_by(
            RulesetTrialLine.unit_id, Unit.name, Unit.name_key, RulesetTrialLine.skill_id, RulesetTrialLine.change
        )
        .order_by(Unit.name_key, RulesetTrialLine.unit_id, RulesetTrialLine.skill_id, RulesetTrialLine.change)
    )
    return [
        Count(id, name or "", skill, change, people) for id, name, skill, change, people in db.session.execute(wanted)
    ]


def names(trial_id: UUID, change: str, mark: str | None, size: int) -> Page[Any]:
    """Rows (line id, name key, name, person id, skill, commune) of one kind of change, by name."""
    keys = (Person.name_key, RulesetTrialLine.id)
    wanted: Any = (
        select(RulesetTrialLine.id, Person.name_key, Person.full_name, Person.id, RulesetTrialLine.skill_id, Unit.name)
        .join(Person, Person.id == RulesetTrialLine.person_id)
        .outerjoin(Unit, Unit.id == RulesetTrialLine.unit_id)
        .where(RulesetTrialLine.trial_id == trial_id, RulesetTrialLine.change == change)
    )
    return page_of(wanted, keys, mark, size, lambda row: (row[1], row[0]))


def stale_people(today: date, at_most: int | None = None) -> list[int]:
    """Whose conclusions are older than the ruleset last come into force: its day came, and they wait to be concluded."""
    turned_at = _turned_at(today)
    if turned_at is None:
        return []
    wanted = select(SkillState.person_id).where(SkillState.concluded_at < turned_at).distinct()
    return list(db.session.scalars(wanted.order_by(SkillState.person_id).limit(at_most)))


def _turned_at(today: date) -> datetime | None:
    """When the latest ruleset in force began to count: its day, or the moment it was recorded if that came later."""
    wanted = select(RulesetActivation).where(RulesetActivation.on_day <= today)
    rows = list(db.session.scalars(wanted))
    return max((max(start_of(row.on_day), row.recorded_at) for row in rows), default=None)


def trial(id: UUID) -> RulesetTrial | None:
    return db.session.get(RulesetTrial, id)
