"""Loading a test or an attempt for whoever is acting: their own only, and on a handed-over device only the one test."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort
from flask_login import current_user

from lms import clock
from lms.access.rules import Right, Role
from lms.db import db
from lms.exams.queries import Hall, hall_of
from lms.quizzes import queries
from lms.quizzes.models import Attempt, Quiz
from lms.skills import queries as skills
from lms.skills.models import Skill
from lms.witnessing.queries.handing import handed

IN_TEAM = (Role.TEAM_MEMBER, Role.TEAM_LEADER)


@dataclass(frozen=True)
class Sitting:
    attempt: Attempt
    test: Quiz
    hall: Hall | None
    """Where it is sat; the observers' test has none."""
    progress: queries.Progress

    @property
    def is_open(self) -> bool:
        """Whether its questions may be shown and answered now."""
        return self.attempt.closed_at is None and (self.hall is None or self.hall.is_open(clock.now()))

    @property
    def closes_at(self) -> datetime | None:
        """For this taker, with what the proctor gave."""
        return self.hall.times(clock.now()).closes_at if self.hall else None

    @property
    def is_held(self) -> bool:
        """Paused by the proctor: only the proctor lets it go on."""
        return self.hall is not None and self.hall.held_at is not None

    @property
    def is_paused(self) -> bool:
        return self.progress.state.standing == "paused"

    @property
    def asked(self) -> int:
        return len(self.attempt.form)

    def first_unanswered(self) -> int:
        answers = self.progress.state.answers
        return next((n for n, row in enumerate(self.attempt.form, 1) if row["item"] not in answers), 1)


def test_or_404(slug: str) -> Quiz:
    """A test the actor may look at: the observers' is for those who may attest, the team's for its members."""
    test = queries.quiz(slug) or abort(404)
    if test.kind == "observer" and not current_user.may(Right.ATTEST):
        abort(404)
    if test.kind == "team" and not (current_user.is_handed_over or current_user.holds(*IN_TEAM)):
        abort(404)
    if current_user.is_handed_over:
        locked = handed(current_user.sign_in_key)
        if locked is None or locked.quiz is None or locked.quiz.id != test.id:
            abort(404)
    return test


def attempt_or_404(slug: str, attempt_id: UUID) -> tuple[Quiz, Attempt]:
    """One's own attempt at this test."""
    test = test_or_404(slug)
    attempt = queries.own_attempt(attempt_id, current_user.canonical_id)
    if attempt is None or attempt.quiz_id != test.id:
        abort(404)
    return test, attempt


def sitting_or_404(slug: str, attempt_id: UUID) -> Sitting:
    """One's own attempt with where it stands; somebody else's does not exist."""
    test, attempt = attempt_or_404(slug, attempt_id)
    hall = hall_of(attempt.session_id, current_user.canonical_id) if test.kind != "observer" else None
    return Sitting(attempt, test, hall, queries.progress_of(attempt.id))


def skill_of(test: Quiz) -> Skill | None:
    return db.session.get(Skill, test.skill_id) if test.skill_id else None


def competency_names(ids: list[str]) -> dict[str, str]:
    return {one.id: one.name for one in skills.framework().competencies if one.id in ids}
