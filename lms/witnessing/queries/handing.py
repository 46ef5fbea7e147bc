"""Every SELECT about devices handed over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.people.models import Account
from lms.quizzes.models import Quiz
from lms.witnessing.models import HandOver, TestWindow
from lms.witnessing.queries import is_open


@dataclass(frozen=True)
class Handed:
    """A handed-over device: its row, the window and the test it is locked to."""

    row: HandOver
    window: TestWindow
    quiz: Quiz


def handed(sign_in_key: str) -> Handed | None:
    """What the device with this sign-in is locked to."""
    wanted = (
        select(HandOver, TestWindow, Quiz)
        .join(TestWindow, TestWindow.id == HandOver.window_id)
        .join(Quiz, Quiz.id == TestWindow.quiz_id)
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
