"""Every SELECT about supervised practice: which session is open for whom, who sits in it, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from lms.classes.models import Enrolment
from lms.classes.queries import teaches
from lms.clock import day_of, start_of
from lms.db import db, fetch
from lms.people.models import Person
from lms.places.queries import holds_on
from lms.practice.models import Practice
from lms.skills.models import Evidence
from lms.witnessing.models import Observation, PracticeSession, Presence, SessionPerson
from lms.witnessing.queries import same_person
from lms.witnessing.rules.sessions import Desk, Run


def is_open(now: datetime | ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """Conditions saying that a session is open at a moment."""
    not_closed = or_(PracticeSession.closed_at.is_(None), PracticeSession.closed_at > now)
    return [PracticeSession.opens_at <= now, PracticeSession.closes_at > now, not_closed]


def session_is_open(session: PracticeSession, now: datetime) -> bool:
    return session.opens_at <= now < (session.closed_at or session.closes_at)


def sessions_of(leader_id: int, today: date) -> list[PracticeSession]:
    """The leader's sessions of today, the latest first: they may be signed until the day ends."""
    start, end = start_of(today), start_of(today + timedelta(days=1))
    wanted = select(PracticeSession).where(
        PracticeSession.leader_id == leader_id, PracticeSession.opens_at >= start, PracticeSession.opens_at < end
    )
    return list(db.session.scalars(wanted.order_by(PracticeSession.opens_at.desc(), PracticeSession.id)))


def session_visible_to(person_id: int, session_id: UUID, today: date) -> PracticeSession | None:
    """A session its leader may look at, or another teacher of its class."""
    session = db.session.get(PracticeSession, session_id)
    if session is None or session.leader_id == person_id:
        return session
    return session if session.class_id is not None and teaches(person_id, session.class_id, today) else None


def sessions_open_for(person_id: int, now: datetime) -> list[tuple[PracticeSession, datetime | None]]:
    """Sessions open now that name the person or their class, with when they came in."""
    same = same_person(person_id)
    named = select(SessionPerson.session_id).where(SessionPerson.person_id.in_(same))
    classes = select(Enrolment.class_id).where(Enrolment.person_id.in_(same), *holds_on(day_of(now), Enrolment))
    here = (Presence.session_id == PracticeSession.id) & (Presence.person_id == person_id)
    wanted = (
        select(PracticeSession, Presence.entered_at)
        .outerjoin(Presence, here)
        .where(*is_open(now), or_(PracticeSession.id.in_(named), PracticeSession.class_id.in_(classes)))
        .order_by(PracticeSession.closes_at, PracticeSession.id)
    )
    return [(session, entered_at) for session, entered_at in db.session.execute(wanted)]


@dataclass(frozen=True)
class Seat:
    """Where somebody sits now."""

    session_id: UUID
    entered_at: datetime
    practice_id: str | None
    screen: str
    moved_at: datetime


_NOW: Any = bindparam("now", type_=PracticeSession.opens_at.type)
_SEAT = (
    select(Presence.session_id, Presence.entered_at, Presence.practice_id, Presence.screen, Presence.moved_at)
    .join(PracticeSession, PracticeSession.id == Presence.session_id)
    .join(Practice, Practice.skill_id == PracticeSession.skill_id)
    .where(Presence.person_id == bindparam("person"), Practice.id == bindparam("practice"), *is_open(_NOW))
    .order_by(Presence.entered_at.desc())
    .limit(1)
)


def seat_of(person_id: int, practice_id: str, now: datetime) -> Seat | None:
    """The open session this person came into, if it is about this practice's skill."""
    rows = fetch(_SEAT, person=person_id, practice=practice_id, now=now)
    return Seat(*rows[0]) if rows else None


def people_of(session: PracticeSession) -> list[Person]:
    """The class as it stands on the day, and the people named; in the order of names."""
    named = select(SessionPerson.person_id).where(SessionPerson.session_id == session.id)
    wanted: ColumnElement[bool] = Person.id.in_(named)
    if session.class_id is not None:
        enrolled = select(Enrolment.person_id).where(
            Enrolment.class_id == session.class_id, *holds_on(day_of(session.opens_at), Enrolment)
        )
        wanted = or_(wanted, Person.id.in_(enrolled))
    return list(db.session.scalars(select(Person).where(wanted).order_by(Person.name_key, Person.id)))


def present_in(session_id: UUID) -> set[int]:
    """Canonical ids of those who came in."""
    return set(db.session.scalars(_canonical_present(session_id)))


def count_present(session_id: UUID) -> int:
    return len(present_in(session_id))


@dataclass(frozen=True)
class BoardRow:
    """One person on the leader's board."""

    person: Person
    desk: Desk
    screen: str = ""
    signed: Observation | None = None


@dataclass(frozen=True)
class Board:
    rows: list[BoardRow] = field(default_factory=list)

    @property
    def person_ids(self) -> list[int]:
        return [row.person.id for row in self.rows]


def board(session: PracticeSession, people: Sequence[Person] | None = None) -> Board:
    """Everybody on the list, in a fixed number of statements."""
    listed = people_of(session) if people is None else people
    here = _presences(session.id)
    runs, signed = runs_in(session.id), signatures_in(session.id)
    rows = []
    for person in listed:
        canonical = person.canonical_id or person.id
        seat = here.get(canonical)
        desk = Desk(
            entered_at=seat.entered_at if seat else None,
            practice=seat.practice_id if seat else None,
            moved_at=seat.moved_at if seat else None,
            runs=runs.get(canonical, ()),
        )
        rows.append(BoardRow(person, desk, seat.screen if seat else "", signed.get(person.id)))
    return Board(rows)


def runs_in(session_id: UUID) -> dict[int, tuple[Run, ...]]:
    """Canonical person → their finished runs in this session, in order of arrival."""
    wanted = (
        select(func.coalesce(Person.canonical_id, Person.id), Evidence.id, Evidence.result)
        .join(Person, Person.id == Evidence.person_id)
        .where(Evidence.session_id == session_id, Evidence.type == "practice")
        .order_by(Evidence.received_at, Evidence.id)
    )
    found: dict[int, tuple[Run, ...]] = {}
    for person, id, result in db.session.execute(wanted):
        run = Run(str(id), bool(result["passed"]), int(result.get("hints", 0)))
        found[person] = (*found.get(person, ()), run)
    return found


def signatures_in(session_id: UUID) -> dict[int, Observation]:
    """Learner → the signature that stands; a corrected one gives way to its correction."""
    wanted = (
        select(Observation)
        .where(Observation.session_id == session_id, Observation.trace_id.is_not(None))
        .order_by(Observation.received_at, Observation.id)
    )
    rows = list(db.session.scalars(wanted))
    corrected = {row.corrects_id for row in rows}
    return {row.learner_id: row for row in rows if row.id not in corrected}


def _presences(session_id: UUID) -> dict[int, Presence]:
    wanted = (
        select(func.coalesce(Person.canonical_id, Person.id), Presence)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.session_id == session_id)
        .order_by(Presence.moved_at)
    )
    return {person: row for person, row in db.session.execute(wanted)}


def _canonical_present(session_id: UUID) -> Select[int]:
    return (
        select(func.coalesce(Person.canonical_id, Person.id))
        .join(Presence, Presence.person_id == Person.id)
        .where(Presence.session_id == session_id)
    )
