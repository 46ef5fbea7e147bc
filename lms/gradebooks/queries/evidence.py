"""What stands behind one cell: events of a skill, or steps read and checks answered in a module."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.clock import start_of
from lms.courses.models import Lesson, StepRead
from lms.courses.queries import outlines
from lms.db import db
from lms.gradebooks.queries import Subject
from lms.people.queries import ids_read_through
from lms.quizzes.models import PracticeAnswer
from lms.skills import queries as skills
from lms.skills.models import Evidence
from lms.skills.rules.standing import Standing

MOST = 60


@dataclass(frozen=True)
class Happened:
    """One event as the register tells it: what, when, how it went, in the presence of whom (their part, never a name)."""

    type: str
    at: datetime
    passed: bool | None
    right: int | None
    asked: int | None
    independence: int | None
    """0 to 4, where somebody watched."""
    witnesses: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class StepDone:
    lesson: str
    title: str
    at: datetime | None
    checks: int
    right: int
    tries: int


def standing_of(canonical_id: int, skill_id: str, as_of: date) -> Standing:
    return skills.standings([canonical_id], as_of)[canonical_id][skill_id]


def events_of(canonical_id: int, skill_id: str, as_of: date) -> list[Happened]:
    """The latest events of a person in one skill, newest first."""
    wanted = (
        select(Evidence)
        .where(
            Evidence.person_id.in_(list(ids_read_through([canonical_id]))),
            Evidence.skill_id == skill_id,
            Evidence.occurred_at < start_of(as_of + timedelta(days=1)),
        )
        .order_by(Evidence.occurred_at.desc(), Evidence.id)
        .limit(MOST)
    )
    return [_happened(row) for row in db.session.scalars(wanted)]


def steps_of(person_id: int, column: Subject, as_of: date) -> list[StepDone]:
    """Each step of a module: when it was read, and its checks."""
    until = start_of(as_of + timedelta(days=1))
    ids = list(column.lessons)
    placed = db.session.execute(
        select(Lesson.id, Lesson.digest, Lesson.title).where(Lesson.id.in_(ids)).order_by(Lesson.position)
    ).all()
    published = outlines((row.id, row.digest) for row in placed)
    read = {
        (lesson, step): at
        for lesson, step, at in db.session.execute(
            select(StepRead.lesson_id, StepRead.step_id, StepRead.at).where(
                StepRead.person_id == person_id, StepRead.lesson_id.in_(ids), StepRead.at < until
            )
        )
    }
    answers = _answers(person_id, sorted(column.checks), until)
    return [
        StepDone(
            row.title,
            step.title,
            read.get((row.id, step.id)),
            len(step.checks),
            sum(any(answers.get(check, ())) for check in step.checks),
            sum(len(answers.get(check, ())) for check in step.checks),
        )
        for row in placed
        for step in published[row.id].steps
    ]


def _answers(person_id: int, item_ids: Sequence[str], until: datetime) -> dict[str, list[bool]]:
    wanted = select(PracticeAnswer.item_id, PracticeAnswer.is_right).where(
        PracticeAnswer.person_id == person_id, PracticeAnswer.item_id.in_(item_ids), PracticeAnswer.at < until
    )
    found: dict[str, list[bool]] = {}
    for item, is_right in db.session.execute(wanted):
        found.setdefault(item, []).append(is_right)
    return found


def _happened(row: Evidence) -> Happened:
    items = row.result.get("items")
    return Happened(
        type=row.type,
        at=row.occurred_at,
        passed=row.result.get("passed"),
        right=sum(bool(item["right"]) for item in items) if items else None,
        asked=len(items) if items else None,
        independence=row.independence,
        witnesses=tuple(one.get("as", "") for one in row.actors if one.get("part") in ("witness", "opener")),
        counts=row.admitted,
    )
