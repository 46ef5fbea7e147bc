"""Every SELECT about exams: who may begin and until when, and where everybody is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.db import db, fetch
from lms.exams.models import Exam, Seat
from lms.exams.rules.hall import Place, Times, window_of
from lms.people.models import Person
from lms.quizzes.models import Attempt, AttemptStep
from lms.quizzes.queries.regrading import LATER
from lms.quizzes.rules.attempts import Window
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import people_in


@dataclass(frozen=True)
class Hall:
    """One person's window as it is for them; without an exam it is the attended test alone."""

    window: TestWindow
    exam: Exam | None
    seat: Seat | None

    @property
    def place(self) -> Place:
        if self.exam is None:
            return Place(is_present=True, has_entered=True)
        seat = self.seat
        return Place(
            is_present=bool(seat and seat.present_at),
            has_entered=bool(seat and seat.entered_at),
            is_held=self.held_at is not None,
        )

    @property
    def held_at(self) -> datetime | None:
        since = [one.held_at for one in (self.exam, self.seat) if one is not None and one.held_at is not None]
        return min(since, default=None)

    def times(self, now: datetime) -> Window:
        row, extra = self.window, self.seat.extra_seconds if self.seat else 0
        times = Times(row.opens_at, row.closes_at, row.closed_at, timedelta(seconds=extra), self.held_at)
        return window_of(times, now)

    def is_open(self, now: datetime) -> bool:
        times = self.times(now)
        return times.opens_at <= now < times.closes_at


_HALL = (
    select(TestWindow, Exam, Seat)
    .outerjoin(Exam, Exam.window_id == TestWindow.id)
    .outerjoin(Seat, (Seat.window_id == TestWindow.id) & (Seat.person_id == bindparam("person")))
    .where(TestWindow.id == bindparam("window"))
)


def hall_of(window_id: UUID, canonical_id: int) -> Hall | None:
    found = db.session.execute(_HALL, {"window": window_id, "person": canonical_id}).first()
    return Hall(*found) if found else None


def exam_of(window_id: UUID) -> Exam | None:
    return db.session.get(Exam, window_id)


def seats_of(window_id: UUID) -> dict[int, Seat]:
    """Canonical person → seat."""
    return {seat.person_id: seat for seat in db.session.scalars(select(Seat).where(Seat.window_id == window_id))}


def canonical(person: Person) -> int:
    return person.canonical_id or person.id


def attempts_in(window_id: UUID) -> dict[int, Attempt]:
    """Canonical person → their latest attempt in the window."""
    wanted = (
        select(Attempt, Person.canonical_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(Attempt.session_id == window_id)
        .order_by(Attempt.started_at, Attempt.closed_at.is_(None), Attempt.id)
    )
    return {through or attempt.person_id: attempt for attempt, through in db.session.execute(wanted)}


@dataclass(frozen=True)
class Row:
    """One person on the board."""

    person: Person
    seat: Seat | None
    attempt: Attempt | None
    state: str
    """absent, no-code, ready, working, resting, held, done or void."""
    number: int | None = None
    """Of the question answered last."""
    answered: int = 0
    saved_at: datetime | None = None

    @property
    def extra_minutes(self) -> int:
        return round(self.seat.extra_seconds / 60) if self.seat else 0


def board(window: TestWindow, exam: Exam | None) -> list[Row]:
    """Everybody the window is for and where they are, by name; four statements however many sit there."""
    seats, attempts = seats_of(window.id), attempts_in(window.id)
    steps = _steps_in(window.id)
    return [
        _row(person, seats.get(canonical(person)), attempts.get(canonical(person)), exam, steps)
        for person in people_in(window)
    ]


_STEPS = (
    select(AttemptStep.attempt_id, AttemptStep.kind, AttemptStep.item_id, AttemptStep.at)
    .join(Attempt, Attempt.id == AttemptStep.attempt_id)
    .where(Attempt.session_id == bindparam("window"), AttemptStep.kind.not_in(["flag", "unflag", *LATER]))
    .order_by(AttemptStep.attempt_id, AttemptStep.n)
)


def _steps_in(window_id: UUID) -> Mapping[UUID, Sequence[Any]]:
    found: dict[UUID, list[Any]] = {}
    for step in fetch(_STEPS, window=window_id):
        found.setdefault(step.attempt_id, []).append(step)
    return found


def _row(
    person: Person,
    seat: Seat | None,
    attempt: Attempt | None,
    exam: Exam | None,
    steps: Mapping[UUID, Sequence[Any]],
) -> Row:
    if attempt is None:
        return Row(person, seat, None, _waiting(seat, exam))
    own = steps.get(attempt.id, [])
    said = [step for step in own if step.kind == "answer"]
    places = {row["item"]: n for n, row in enumerate(attempt.form, 1)}
    number = places.get(said[-1].item_id) if said else None
    answered = len({step.item_id for step in said})
    return Row(
        person, seat, attempt, _working(seat, attempt, exam, own), number, answered, said[-1].at if said else None
    )


def _waiting(seat: Seat | None, exam: Exam | None) -> str:
    if exam is None:
        return "ready"
    if seat is None or seat.present_at is None:
        return "absent"
    return "ready" if seat.entered_at else "no-code"


def _working(seat: Seat | None, attempt: Attempt, exam: Exam | None, own: Sequence[Any]) -> str:
    if attempt.voided_at is not None:
        return "void"
    if attempt.closed_at is not None:
        return "done"
    if (exam and exam.held_at) or (seat and seat.held_at):
        return "held"
    return "resting" if own and own[-1].kind == "pause" else "working"
