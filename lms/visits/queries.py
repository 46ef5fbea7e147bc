"""Every SELECT about visits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms import clock
from lms.access.actor import Actor
from lms.courses.models import Course
from lms.db import db, fetch
from lms.households.models import Household
from lms.people.models import Person
from lms.places.models import Unit
from lms.places.queries import holds_on
from lms.reports.queries import gardens
from lms.reports.queries.gardens import GOLDEN, GardenRow
from lms.teams.models import MemberVillage, TeamMember
from lms.teams.queries import village_ids_of
from lms.visits import rules
from lms.visits.models import Visit, VisitEvent
from lms.visits.rules import Need
from lms.web.paging import Page, read_mark, write_mark
from lms.witnessing.models import Observation

PAGE = 30
LATEST = 10


@dataclass(frozen=True)
class Call:
    """One household in somebody's charge."""

    row: GardenRow
    village: str
    need: Need
    last_on: date | None
    agreed_on: date | None


def villages_of(actor: Actor, today: date) -> tuple[list[Unit], set[int]]:
    """The villages of the actor's teams by name, and which of them are in the actor's own charge."""
    wanted = select(Unit).where(Unit.id.in_(village_ids_of(actor, today))).order_by(Unit.name_key, Unit.id)
    own = (
        select(MemberVillage.unit_id)
        .join(TeamMember, TeamMember.id == MemberVillage.member_id)
        .where(TeamMember.person_id == actor.person_id, *holds_on(today, TeamMember, MemberVillage))
    )
    return list(db.session.scalars(wanted)), set(db.session.scalars(own))


def calls(villages: Sequence[Unit], mark: str | None, today: date) -> Page[Call]:
    """Whom to see next in some villages: by need, then by the day agreed, then those nearest to opening.

    All households of the villages are read to be put in order (two statements); a team has some hundreds of them.
    """
    names = {unit.id: unit.name for unit in villages}
    rows = gardens.whole(list(names), today)
    days = last_days(names)
    ordered = sorted((_call(row, names, days.get(row.household_id), today) for row in rows), key=_urgency)
    after = read_mark(mark, 1)
    start = int(after[0]) if after and isinstance(after[0], int) else 0
    shown = ordered[start : start + PAGE]
    return Page(shown, write_mark([start + PAGE]) if len(ordered) > start + PAGE else None)


def _call(row: GardenRow, names: dict[int, str], days: Any, today: date) -> Call:
    last_on, next_on = (days.last_on, days.next_on) if days is not None else (None, None)
    need = rules.need(
        today,
        last_on,
        next_on,
        is_open=row.rank == GOLDEN,
        is_near=row.rank == 0,
        renews=any(petal.notch for petal in row.flower.petals),
    )
    return Call(row, names[row.unit_id], need, last_on, rules.agreed_day(last_on, next_on))


def _urgency(call: Call) -> tuple[Any, ...]:
    first = call.agreed_on or date.max
    return (call.need, first, call.row.rank, call.row.name_key, call.row.household_id)


_OF_HOUSES = (
    select(
        Visit.household_id,
        Visit.next_on,
        func.max(Visit.visited_on).over(partition_by=Visit.household_id).label("last_on"),
        func.row_number()
        .over(
            partition_by=Visit.household_id,
            order_by=(Visit.next_on.is_(None), Visit.visited_on.desc(), Visit.next_on, Visit.id),
        )
        .label("place"),
    )
    .join(Household, Household.id == Visit.household_id)
    .where(Household.unit_id.in_(bindparam("units", expanding=True)))
    .subquery()
)
_LAST_DAYS = select(_OF_HOUSES.c.household_id, _OF_HOUSES.c.last_on, _OF_HOUSES.c.next_on).where(
    _OF_HOUSES.c.place == 1
)
"""The day agreed is the one named last: a nearer day said at a later visit takes the place of a farther one."""


def last_days(unit_ids: Iterable[int]) -> dict[int, Any]:
    """Household → when somebody was there last and the day agreed last, for those ever visited."""
    return {row.household_id: row for row in fetch(_LAST_DAYS, units=list(unit_ids))}


def visits_of(household_id: int) -> list[tuple[Visit, str]]:
    """The latest visits that stand, with the name of the visitor."""
    wanted = (
        select(Visit, Person.full_name)
        .join(Person, Person.id == Visit.by_id)
        .where(Visit.household_id == household_id)
        .order_by(Visit.visited_on.desc(), Visit.id)
        .limit(LATEST)
    )
    return [(visit, name) for visit, name in db.session.execute(wanted)]


def events_of(visit_id: UUID) -> list[tuple[VisitEvent, str]]:
    """Everything ever written of a visit, in the order it came."""
    wanted = (
        select(VisitEvent, Person.full_name)
        .join(Person, Person.id == VisitEvent.by_id)
        .where(VisitEvent.visit_id == visit_id)
        .order_by(VisitEvent.received_at, VisitEvent.at, VisitEvent.id)
    )
    return [(event, name) for event, name in db.session.execute(wanted)]


def signed_today(by_id: int, person_ids: Iterable[int], today: date) -> list[tuple[Observation, str]]:
    """What the visitor signed today for some people, for the page that puts it down as a visit."""
    began = clock.start_of(today)
    wanted = (
        select(Observation, Person.full_name)
        .join(Person, Person.id == Observation.learner_id)
        .where(Observation.witness_id == by_id, Observation.learner_id.in_(list(person_ids)))
        .where(Observation.occurred_at >= began, Observation.occurred_at < began + timedelta(days=1))
        .order_by(Observation.occurred_at)
    )
    return [(row, name) for row, name in db.session.execute(wanted)]


def told_signatures(by_id: int, on_day: date, but_of: UUID | None = None) -> set[str]:
    """Signatures that a visit of that day speaks of already; `but_of` is the visit that is being said anew."""
    wanted = select(Visit.body).where(Visit.by_id == by_id, Visit.visited_on == on_day)
    if but_of is not None:
        wanted = wanted.where(Visit.id != but_of)
    return {one for body in db.session.scalars(wanted) for one in body["signed"]}


def course_of(skill_id: str) -> Course | None:
    """The course to read on in, for the slip left at the house."""
    return db.session.scalar(select(Course).where(Course.skill_id == skill_id).order_by(Course.position).limit(1))
