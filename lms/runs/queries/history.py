"""Lessons a class has had, and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select

from lms.courses.models import Lesson
from lms.db import db
from lms.runs.models import Attendance, LessonRun


@dataclass(frozen=True)
class Times:
    """How often somebody was there and was not."""

    present: int = 0
    absent: int = 0


def runs_before(class_id: int, before: datetime | None, size: int) -> list[tuple[LessonRun, str]]:
    """The latest first; one more than asked for tells that there are more."""
    wanted = select(LessonRun, Lesson.title).join(Lesson, Lesson.id == LessonRun.lesson_id)
    wanted = wanted.where(LessonRun.class_id == class_id)
    if before is not None:
        wanted = wanted.where(LessonRun.started_at < before)
    rows = db.session.execute(wanted.order_by(LessonRun.started_at.desc(), LessonRun.id).limit(size))
    return [(run, title) for run, title in rows]


def attended(run_ids: Sequence[UUID]) -> dict[UUID, Times]:
    """How many were present and absent at each run."""
    wanted = _counted(Attendance.run_id).where(Attendance.run_id.in_(run_ids)).group_by(Attendance.run_id)
    return {run: Times(present, absent) for run, present, absent in db.session.execute(wanted)}


def times(class_id: int, person_ids: Sequence[int]) -> dict[int, Times]:
    """How often each came to the lessons of this class."""
    wanted = (
        _counted(Attendance.person_id)
        .join(LessonRun, LessonRun.id == Attendance.run_id)
        .where(LessonRun.class_id == class_id, Attendance.person_id.in_(person_ids))
        .group_by(Attendance.person_id)
    )
    return {person: Times(present, absent) for person, present, absent in db.session.execute(wanted)}


def _counted(by: Any) -> Select[Any]:
    return select(
        by,
        func.sum(case((Attendance.is_present, 1), else_=0)),
        func.sum(case((Attendance.is_present, 0), else_=1)),
    )
