"""Every SELECT about training days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db
from lms.people.models import Person
from lms.people.queries import canonical_ids, ids_read_through
from lms.places.models import Unit, UnitKind
from lms.places.queries import UNIT_ROLES, holds_on, is_or_became, unit_ids_below
from lms.teams.models import Team, TeamMember
from lms.training.models import (
    TrainingChange,
    TrainingDay,
    TrainingEvent,
    TrainingFeedback,
    TrainingFeedbackGiven,
    TrainingSession,
    TrainingTeam,
)
from lms.training.rules import Act, Answer, Event, Standing, standing
from lms.web.paging import Page, read_mark, write_mark
from lms.witnessing.models import PracticeSession

DAYS_AHEAD = 3
PAGE = 20


def visible_to(actor: Actor, today: date) -> Select[TrainingDay]:
    """An officer's below the unit; a member's, where their team may register."""
    if actor.holds(Role.ADMIN):
        return select(TrainingDay)
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    invited = select(TrainingTeam.day_id).where(TrainingTeam.team_id.in_(actor.team_ids()))
    return select(TrainingDay).where(or_(is_or_became(TrainingDay.unit_id, below), TrainingDay.id.in_(invited)))


def kept_by(actor: Actor, today: date) -> Select[TrainingDay]:
    """Those the actor leads: an officer's commune's; a team leader's, where nobody but their own teams is invited."""
    below = unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)
    led = led_teams(actor)
    ours = TrainingDay.id.in_(select(TrainingTeam.day_id).where(TrainingTeam.team_id.in_(led))) if led else false()
    others = TrainingDay.id.in_(select(TrainingTeam.day_id).where(TrainingTeam.team_id.not_in(led)))
    return select(TrainingDay).where(or_(is_or_became(TrainingDay.unit_id, below), ours & ~others))


def led_teams(actor: Actor) -> list[int]:
    return [one.team_id for one in actor.grants if one.role is Role.TEAM_LEADER and one.team_id is not None]


def communes_kept_by(actor: Actor, today: date) -> Select[Unit]:
    """Communes in which the actor may plan a day: an officer's, and those of the teams they lead."""
    below = unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)
    led = select(Team.unit_id).where(Team.id.in_(led_teams(actor)), *holds_on(today, Team))
    wanted = select(Unit).join(UnitKind).where(UnitKind.level == "commune", *holds_on(today, Unit))
    return wanted.where(or_(Unit.id.in_(below), Unit.id.in_(led)))


def teams_to_invite(actor: Actor, unit_id: int, today: date) -> list[Team]:
    """Teams of the commune the actor may invite: all of them for its officer, else those the actor leads."""
    below = unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)
    wanted = select(Team).where(Team.unit_id == unit_id, *holds_on(today, Team))
    wanted = wanted.where(or_(Team.unit_id.in_(below), Team.id.in_(led_teams(actor))))
    return list(db.session.scalars(wanted.order_by(Team.name_key, Team.id)))


def teams_of(day_ids: Iterable[UUID]) -> dict[UUID, list[Team]]:
    """Day → the teams invited, by name."""
    wanted = (
        select(TrainingTeam.day_id, Team)
        .join(Team, Team.id == TrainingTeam.team_id)
        .where(TrainingTeam.day_id.in_(list(day_ids)))
        .order_by(Team.name_key, Team.id)
    )
    found: dict[UUID, list[Team]] = {}
    for day, team in db.session.execute(wanted):
        found.setdefault(day, []).append(team)
    return found


def standings(days: Sequence[TrainingDay]) -> dict[UUID, Standing]:
    """Day → who has a seat, who waits, who came; persons by their canonical id, in one statement for any number of days."""
    wanted = (
        select(
            TrainingEvent.day_id,
            TrainingEvent.id,
            func.coalesce(Person.canonical_id, Person.id),
            TrainingEvent.act,
            TrainingEvent.at,
        )
        .join(Person, Person.id == TrainingEvent.person_id)
        .where(TrainingEvent.day_id.in_([day.id for day in days]))
    )
    events: dict[UUID, list[Event]] = {day.id: [] for day in days}
    for day_id, id, person, act, at in db.session.execute(wanted):
        events[day_id].append(Event(str(id), person, Act(act), at))
    return {day.id: standing(events[day.id], day.capacity) for day in days}


def last_event_at(day_id: UUID) -> datetime | None:
    wanted = select(TrainingEvent.at).where(TrainingEvent.day_id == day_id).order_by(TrainingEvent.at.desc())
    return db.session.scalar(wanted.limit(1))


def last_change_at(day_id: UUID) -> datetime | None:
    wanted = select(TrainingChange.at).where(TrainingChange.day_id == day_id).order_by(TrainingChange.at.desc())
    return db.session.scalar(wanted.limit(1))


def people(ids: Iterable[int]) -> dict[int, Person]:
    """By id, in the order of names."""
    wanted = select(Person).where(Person.id.in_(list(ids))).order_by(Person.name_key, Person.id)
    return {row.id: row for row in db.session.scalars(wanted)}


def members_of(team_ids: Iterable[int], today: date) -> dict[int, str]:
    """Canonical person id → the team's name, of everybody in these teams today."""
    wanted = (
        select(func.coalesce(Person.canonical_id, Person.id), Team.name)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.team_id.in_(list(team_ids)), *holds_on(today, TeamMember))
        .order_by(Team.name_key.desc(), Team.id.desc())
    )
    return {person: name for person, name in db.session.execute(wanted)}


def changes_of(day_id: UUID) -> list[tuple[TrainingChange, str]]:
    """Everything that was ever said of the day, the first first, with who said it."""
    wanted = (
        select(TrainingChange, Person.full_name)
        .join(Person, Person.id == TrainingChange.by_id)
        .where(TrainingChange.day_id == day_id)
        .order_by(TrainingChange.at, TrainingChange.id)
    )
    return [(row, name) for row, name in db.session.execute(wanted)]


def sessions_of(day_id: UUID) -> list[PracticeSession]:
    """The supervised sessions opened from the day, the latest first."""
    wanted = (
        select(PracticeSession)
        .join(TrainingSession, TrainingSession.session_id == PracticeSession.id)
        .where(TrainingSession.day_id == day_id)
        .order_by(PracticeSession.opens_at.desc(), PracticeSession.id)
    )
    return list(db.session.scalars(wanted))


def answers_of(day_id: UUID) -> list[Answer]:
    wanted = select(TrainingFeedback).where(TrainingFeedback.day_id == day_id).order_by(TrainingFeedback.id)
    return [Answer(row.useful, row.clear, row.ready, row.words) for row in db.session.scalars(wanted)]


def answered(person_id: int, day_ids: Iterable[UUID]) -> set[UUID]:
    """Days of which the person has said already what they think."""
    through = ids_read_through([canonical_ids([person_id])[person_id]])
    wanted = select(TrainingFeedbackGiven.day_id).where(
        TrainingFeedbackGiven.person_id.in_(through), TrainingFeedbackGiven.day_id.in_(list(day_ids))
    )
    return set(db.session.scalars(wanted))


def days_of(person_ids: Iterable[int]) -> Select[TrainingDay]:
    """Days of which anything was ever written about one of these."""
    told = select(TrainingEvent.day_id).where(TrainingEvent.person_id.in_(list(person_ids)))
    return select(TrainingDay).where(TrainingDay.id.in_(told))


@dataclass(frozen=True)
class Ahead:
    """A coming day as one member stands to it."""

    day: TrainingDay
    has_seat: bool
    waits: int
    """The place in the waiting list, 0 for none."""
    free: int
    """Seats nobody has."""


def days_ahead(member_id: int, today: date, most: int = DAYS_AHEAD) -> list[Ahead]:
    """The next days open to somebody's teams, or registered for, the nearest first."""
    one = canonical_ids([member_id])[member_id]
    through = list(ids_read_through([one]))
    teams = select(TeamMember.team_id).where(TeamMember.person_id.in_(through), *holds_on(today, TeamMember))
    invited = select(TrainingTeam.day_id).where(TrainingTeam.team_id.in_(teams))
    named = days_of(through).with_only_columns(TrainingDay.id)
    wanted = (
        select(TrainingDay)
        .where(TrainingDay.on_day >= today, TrainingDay.called_off_at.is_(None))
        .where(or_(TrainingDay.id.in_(invited), TrainingDay.id.in_(named)))
        .order_by(TrainingDay.begins_at, TrainingDay.id)
        .limit(most)
    )
    days = list(db.session.scalars(wanted))
    held = standings(days)
    return [
        Ahead(day, one in held[day.id].seats, held[day.id].place_of(one), day.capacity - len(held[day.id].seats))
        for day in days
    ]


def attended(person_ids: Iterable[int]) -> dict[int, int]:
    """Person id → how many training days they came to; 0 for those who came to none."""
    canonical = canonical_ids(person_ids)
    through = ids_read_through(set(canonical.values()))
    days = list(db.session.scalars(days_of(through).where(TrainingDay.called_off_at.is_(None))))
    came = [held.came for held in standings(days).values()]
    return {id: sum(one in some for some in came) for id, one in canonical.items()}


def locked(day_id: UUID) -> TrainingDay:
    """The day as it stands now: two who mend it at once come one after the other."""
    wanted = select(TrainingDay).where(TrainingDay.id == day_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def page_of_days(wanted: Select[TrainingDay], mark: str | None, are_past: bool, now: datetime) -> Page[TrainingDay]:
    """The coming days, the nearest first; or those that are over, the latest first. A commune has some tens of them a year."""
    after = read_mark(mark, 1)
    start = int(after[0]) if after and isinstance(after[0], int) else 0
    wanted = wanted.where(TrainingDay.ends_at <= now if are_past else TrainingDay.ends_at > now)
    order = TrainingDay.begins_at.desc() if are_past else TrainingDay.begins_at
    rows = list(db.session.scalars(wanted.order_by(order, TrainingDay.id).offset(start).limit(PAGE + 1)))
    return Page(rows[:PAGE], write_mark([start + PAGE]) if len(rows) > PAGE else None)


def page_of_own(person_ids: Sequence[int], mark: str | None) -> Page[TrainingDay]:
    """Days on which something was written about one person, the latest first."""
    after = read_mark(mark, 1)
    start = int(after[0]) if after and isinstance(after[0], int) else 0
    wanted = days_of(person_ids).order_by(TrainingDay.begins_at.desc(), TrainingDay.id)
    rows = list(db.session.scalars(wanted.offset(start).limit(PAGE + 1)))
    return Page(rows[:PAGE], write_mark([start + PAGE]) if len(rows) > PAGE else None)


def visible_ids(actor: Actor, day_ids: Sequence[UUID], today: date) -> set[UUID]:
    """Those of the days whose page the actor may still open."""
    wanted = visible_to(actor, today).with_only_columns(TrainingDay.id).where(TrainingDay.id.in_(day_ids))
    return set(db.session.scalars(wanted))
