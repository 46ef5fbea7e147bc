"""How attempts ended, for lists and for whoever asks whether a test was passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

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


def passed_observer(person_id: int) -> bool:
    """Whether somebody has passed the observers' five questions."""
    wanted = select(*OUTCOME).join(Quiz, Quiz.id == Attempt.quiz_id)
    rows = db.session.execute(wanted.where(Quiz.kind == "observer", Attempt.person_id == person_id))
    return any(passed(*outcome) for outcome in rows)
