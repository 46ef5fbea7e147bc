"""When an attempt may be worked on: its window, with what the proctor gave or took. The busiest question of a test."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select

from lms.db import db
from lms.exams.models import Exam, Seat
from lms.exams.rules.hall import Times, window_of
from lms.people.models import Person
from lms.quizzes.models import Attempt
from lms.quizzes.rules.attempts import Window
from lms.witnessing.models import TestWindow

UNATTENDED_FOR = timedelta(days=30)
"""The observers' test has no window; one left lying is closed as it stands after this."""
FORGOTTEN_AFTER = timedelta(hours=12)
"""A pause nobody lifted ends with the day."""

_OWNER = select(func.coalesce(Person.canonical_id, Person.id)).where(Person.id == Attempt.person_id)
_OWNER_ID = _OWNER.correlate(Attempt).scalar_subquery()
_TIMES = (
    TestWindow.opens_at, TestWindow.closes_at, TestWindow.closed_at, Seat.extra_seconds, Seat.held_at, Exam.held_at,
)  # fmt: skip


def sitting_statement(*columns: Any, of_reader: bool = True) -> Select[*tuple[Any, ...]]:
    """Built once: this is what every answer asks. The times stand behind the columns."""
    wanted = _joined(select(*columns, *_TIMES)).where(Attempt.id == bindparam("attempt"))
    if of_reader:
        wanted = wanted.where(bindparam("reader") == _OWNER_ID)
    locked: Select[*tuple[Any, ...]] = wanted.with_for_update(of=Attempt)
    return locked


def window_from(started_at: datetime, times: Any, now: datetime) -> Window:
    """Of the values a statement of these gave."""
    opens_at, closes_at, closed_at, extra, seat_held_at, held_at = times
    if opens_at is None or closes_at is None:
        return Window(started_at, started_at + UNATTENDED_FOR)
    since = min((one for one in (seat_held_at, held_at) if one is not None), default=None)
    return window_of(Times(opens_at, closes_at, closed_at, timedelta(seconds=extra or 0), since), now)


def overdue(now: datetime, grace: timedelta, reader_id: int | None = None, quiz_id: str | None = None) -> list[UUID]:
    """Attempts still open although their time is over; of one person and test, or of all."""
    too_late = now - grace
    unattended = TestWindow.id.is_(None) & (Attempt.started_at <= too_late - UNATTENDED_FOR)
    wanted = _joined(select(Attempt.id, Attempt.started_at, *_TIMES)).where(
        Attempt.closed_at.is_(None),
        or_(TestWindow.closes_at <= too_late, TestWindow.closed_at <= too_late, unattended),
    )
    if reader_id is not None:
        same = select(Person.id).where(func.coalesce(Person.canonical_id, Person.id) == reader_id)
        wanted = wanted.where(Attempt.person_id.in_(same), Attempt.quiz_id == quiz_id)
    rows = db.session.execute(wanted.order_by(Attempt.started_at, Attempt.id)).all()
    return [row[0] for row in rows if _is_over(row[1], row[2:], now, grace)]


def _is_over(started_at: datetime, times: Any, now: datetime, grace: timedelta) -> bool:
    *window, seat_held_at, held_at = times
    forgotten = [None if at and now - at >= FORGOTTEN_AFTER else at for at in (seat_held_at, held_at)]
    return now >= window_from(started_at, (*window, *forgotten), now).closes_at + grace


def _joined(wanted: Any) -> Any:
    return (
        wanted.select_from(Attempt)
        .outerjoin(TestWindow, TestWindow.id == Attempt.session_id)
        .outerjoin(Exam, Exam.window_id == TestWindow.id)
        .outerjoin(Seat, (Seat.window_id == TestWindow.id) & (Seat.person_id == _OWNER_ID))
    )
