"""Every SELECT about quizzes."""

from sqlalchemy import select

from lms.db import db
from lms.quizzes.models import Attempt, Quiz


def passed_observer(person_id: int) -> bool:
    """Whether somebody has passed the observers' five questions."""
    wanted = select(Attempt.result).join(Quiz, Quiz.id == Attempt.quiz_id)
    rows = db.session.scalars(wanted.where(Quiz.kind == "observer", Attempt.person_id == person_id))
    return any(bool((result or {}).get("passed")) for result in rows)
