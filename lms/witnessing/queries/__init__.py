"""Every SELECT about attended windows: which is open for whom, who sits in it and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from lms.classes.models import Enrolment
from lms.classes.queries import teaches
from lms.clock import day_of
from lms.db import db
from lms.people.models import Person
from lms.places.queries import holds_on
from lms.quizzes.models import Attempt, AttemptStep, Quiz
from lms.witnessing.models import TestWindow, WindowPerson


def open_window_for(person_id: int, quiz_id: str, now: datetime) -> TestWindow | None:
    """The window in which this person may start or go on with this test now; the one that closes last."""
    wanted = _windows_with(person_id, now).where(TestWindow.quiz_id == quiz_id)
    return db.session.scalar(wanted.order_by(TestWindow.closes_at.desc(), TestWindow.id).limit(1))


def open_windows_for(person_id: int, now: datetime) -> list[tuple[TestWindow, Quiz]]:
    """Every window open for this person now; one in which they handed in already has nothing left for them."""
    handed_in = select(Attempt.session_id).where(
        Attempt.person_id.in_(same_person(person_id)), Attempt.closed_at.is_not(None), Attempt.session_id.is_not(None)
    )
    wanted = _windows_with(person_id, now).where(TestWindow.id.not_in(handed_in))
    wanted_with_test = wanted.join(Quiz, Quiz.id == TestWindow.quiz_id).add_columns(Quiz)
    in_order = wanted_with_test.order_by(TestWindow.closes_at, TestWindow.id)
    return [(window, quiz) for window, quiz in db.session.execute(in_order)]


def session_open_for(person_id: int, skill_id: str, now: datetime) -> TestWindow | None:
    """The window about this skill that is open for this person: what is seen meanwhile belongs to it."""
    wanted = _windows_with(person_id, now).join(Quiz, Quiz.id == TestWindow.quiz_id).where(Quiz.skill_id == skill_id)
    return db.session.scalar(wanted.order_by(TestWindow.closes_at.desc(), TestWindow.id).limit(1))


def windows_of(opener_id: int, now: datetime) -> list[tuple[TestWindow, Quiz]]:
    """The opener's windows that are open now, the one that closes first on top."""
    wanted = (
        select(TestWindow, Quiz)
        .join(Quiz, Quiz.id == TestWindow.quiz_id)
        .where(TestWindow.opener_id == opener_id, *is_open(now))
        .order_by(TestWindow.closes_at, TestWindow.id)
    )
    return [(window, quiz) for window, quiz in db.session.execute(wanted)]


def window_visible_to(person_id: int, window_id: UUID, today: date) -> TestWindow | None:
    """A window its opener may look at, or another teacher of its class."""
    window = db.session.get(TestWindow, window_id)
    if window is None or window.opener_id == person_id:
        return window
    return window if window.class_id is not None and teaches(person_id, window.class_id, today) else None


def is_open(now: datetime) -> list[ColumnElement[bool]]:
    """Conditions saying that a window is open at a moment."""
    not_closed = or_(TestWindow.closed_at.is_(None), TestWindow.closed_at > now)
    return [TestWindow.opens_at <= now, TestWindow.closes_at > now, not_closed]


def window_is_open(window: TestWindow, now: datetime) -> bool:
    return window.opens_at <= now < (window.closed_at or window.closes_at)


def people_in(window: TestWindow) -> list[Person]:
    """Those the window is for: the class as it stands on its day, and the people named; in the order of names."""
    named = select(WindowPerson.person_id).where(WindowPerson.window_id == window.id)
    wanted: ColumnElement[bool] = Person.id.in_(named)
    if window.class_id is not None:
        enrolled = select(Enrolment.person_id).where(
            Enrolment.class_id == window.class_id, *holds_on(day_of(window.opens_at), Enrolment)
        )
        wanted = or_(wanted, Person.id.in_(enrolled))
    return list(db.session.scalars(select(Person).where(wanted).order_by(Person.name_key, Person.id)))


@dataclass(frozen=True)
class Sitting:
    """How far one person is with the test of a window."""

    started_at: datetime
    answered: int
    asked: int
    closed_at: datetime | None
    passed: bool | None


def sittings(window_id: UUID) -> dict[int, Sitting]:
    """Person id → how far they are, in one statement however many sit there."""
    answered = (
        select(func.count(func.distinct(AttemptStep.item_id)))
        .where(AttemptStep.attempt_id == Attempt.id, AttemptStep.kind == "answer")
        .correlate(Attempt)
        .scalar_subquery()
    )
    wanted = select(Attempt, answered).where(Attempt.session_id == window_id).order_by(Attempt.started_at, Attempt.id)
    found = {}
    for attempt, count in db.session.execute(wanted):
        passed = attempt.has_passed if attempt.closed_at else None
        found[attempt.person_id] = Sitting(attempt.started_at, count, len(attempt.form), attempt.closed_at, passed)
    return found


def quizzes(skill_ids: Sequence[str]) -> list[Quiz]:
    """The recorded tests of the skills, in their order."""
    rows = {quiz.skill_id: quiz for quiz in db.session.scalars(select(Quiz).where(Quiz.kind == "skill"))}
    return [rows[skill] for skill in skill_ids if skill in rows]


def same_person(person_id: int) -> Select[int]:
    """Ids of the one human being behind this person."""
    canonical = select(func.coalesce(Person.canonical_id, Person.id)).where(Person.id == person_id).scalar_subquery()
    return select(Person.id).where(or_(Person.id == canonical, Person.canonical_id == canonical))


def _windows_with(person_id: int, now: datetime) -> Select[TestWindow]:
    """Open windows that name the person or their class; a linked pupil is the same person under both ids."""
    same = same_person(person_id)
    named = select(WindowPerson.window_id).where(WindowPerson.person_id.in_(same))
    classes = select(Enrolment.class_id).where(Enrolment.person_id.in_(same), *holds_on(day_of(now), Enrolment))
    return select(TestWindow).where(*is_open(now), or_(TestWindow.id.in_(named), TestWindow.class_id.in_(classes)))
