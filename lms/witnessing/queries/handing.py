"""Every SELECT about devices handed over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.people.models import Account
from lms.quizzes.models import Quiz
from lms.witnessing.models import HandOver, PracticeSession, TestWindow
from lms.witnessing.queries import is_open, window_is_open
from lms.witnessing.queries.sessions import session_is_open


@dataclass(frozen=True)
class Handed:
    """A handed-over device: its row, and what it is locked to: one test of a window, or a practice session."""

    row: HandOver
    window: TestWindow | None
    quiz: Quiz | None
    session: PracticeSession | None

    def is_open(self, now: datetime) -> bool:
        if self.window is not None:
            return window_is_open(self.window, now)
        return self.session is not None and session_is_open(self.session, now)


def handed(sign_in_key: str) -> Handed | None:
    """What the device with this sign-in is locked to."""
    wanted = (
        select(HandOver, TestWindow, Quiz, PracticeSession)
        .outerjoin(TestWindow, TestWindow.id == HandOver.window_id)
        .outerjoin(Quiz, Quiz.id == TestWindow.quiz_id)
        .outerjoin(PracticeSession, PracticeSession.id == HandOver.session_id)
        .where(HandOver.sign_in_key == sign_in_key)
    )
    found = db.session.execute(wanted).first()
    return Handed(*found) if found else None


def resumable(code_hash: str, now: datetime) -> HandOver | None:
    """The hand-over a printed code belongs to, while its window is open."""
    wanted = (
        select(HandOver)
        .join(TestWindow, TestWindow.id == HandOver.window_id)
        .where(HandOver.code_hash == code_hash, *is_open(now))
        .order_by(HandOver.started_at.desc())
    )
    return db.session.scalar(wanted.limit(1))


def host_account(host_id: int) -> Account | None:
    """The account whose password or PIN takes the device back."""
    return db.session.scalar(select(Account).where(Account.person_id == host_id, Account.disabled_at.is_(None)))
