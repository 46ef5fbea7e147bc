"""How attempts ended, for lists and for whoever asks whether a test was passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from lms.db import db
from lms.quizzes.models import Attempt, Quiz

OUTCOME = (Attempt.result, Attempt.regraded, Attempt.voided_at)


def passed(result: dict[str, Any] | None, regraded: dict[str, Any] | None, voided_at: datetime | None) -> bool:
    """Whether an attempt passed by what stands now; of the columns OUTCOME."""
    return voided_at is None and bool((regraded or result or {}).get("passed"))


@dataclass(frozen=True)
class Tried:
    """How somebody stands with one test."""

    attempts: int
    passed: bool
    is_open: bool
    last_at: datetime


def tries(person_ids: Sequence[int]) -> Mapping[tuple[int, str], Tried]:
    """(person, quiz) → how it went, for a class page; in one statement for any number of people."""
    wanted = (
        select(Attempt.person_id, Attempt.quiz_id, Attempt.started_at, Attempt.closed_at, *OUTCOME)
        .where(Attempt.person_id.in_(person_ids))
        .order_by(Attempt.started_at, Attempt.id)
    )
    found: dict[tuple[int, str], Tried] = {}
    for person, test, started_at, closed_at, *outcome in db.session.execute(wanted):
        before = found.get((person, test))
        found[person, test] = Tried(
            (before.attempts if before else 0) + 1,
            bool((before and before.passed) or passed(*outcome)),
            closed_at is None,
            started_at,
        )
    return found


@dataclass(frozen=True)
class Passed:
    """A test of the road of members that was passed, and who answers for how it went."""

    person_id: int
    kind: str
    """observer or team."""
    attempt_id: UUID
    closed_at: datetime
    attended_by: frozenset[int]


def passed_of_members(person_ids: Sequence[int]) -> list[Passed]:
    """Every passed attempt at the observers' questions and at the team's exam; of the exam only what was sat in a
    supervised one, on a screen or on paper."""
    in_an_exam = Attempt.attended_by.is_not(None) & or_(Attempt.mode == "proctored", Attempt.on_paper)
    wanted = (
        select(Attempt, Quiz.kind)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.person_id.in_(person_ids), Attempt.closed_at.is_not(None))
        .where(or_(Quiz.kind == "observer", (Quiz.kind == "team") & in_an_exam))
        .order_by(Attempt.closed_at, Attempt.id)
    )
    found = []
    for row, kind in db.session.execute(wanted):
        if row.has_passed and row.closed_at is not None:
            keyed = (row.admission or {}).get("facts", {}).get("keyed_by")
            people = frozenset(one for one in (row.attended_by, row.host_id, keyed and int(keyed)) if one)
            found.append(Passed(row.person_id, kind, row.id, row.closed_at, people))
    return found


def passed_observer(person_id: int) -> bool:
    """Whether somebody has passed the observers' five questions."""
    wanted = select(*OUTCOME).join(Quiz, Quiz.id == Attempt.quiz_id)
    rows = db.session.execute(wanted.where(Quiz.kind == "observer", Attempt.person_id == person_id))
    return any(passed(*outcome) for outcome in rows)
