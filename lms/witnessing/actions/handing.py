"""Every write about handing a device over: locking it to one learner, giving it back, going on elsewhere by a code."""

import secrets
from uuid import uuid4

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.people.actions import end_sign_in
from lms.people.models import Person, SignIn
from lms.refusals import Refusal
from lms.witnessing.actions.practising import come_in
from lms.witnessing.models import HandOver, PracticeSession, TestWindow
from lms.witnessing.queries import people_in, window_is_open
from lms.witnessing.queries.handing import resumable
from lms.witnessing.queries.sessions import people_of, session_is_open

SESSION_OVER = "Buổi thực hành này đã kết thúc. Mở buổi mới rồi trao máy."
NOT_OPEN = "Bài kiểm tra này đã đóng. Mở bài mới rồi trao máy."
NOT_ONESELF = "Không trao máy cho chính mình."


@writes
def hand_over(host_key: str, host_id: int, occasion: TestWindow | PracticeSession, learner_id: int) -> HandOver:
    """Lock the host's device to one learner of the window or session; the row's sign-in key goes into the cookie.

    Into a session the learner comes by it: the leader stands beside, no code is asked.
    """
    if isinstance(occasion, TestWindow):
        _check(host_id, occasion, learner_id)
    else:
        _check_session(host_id, occasion, learner_id)
        come_in(occasion, learner_id)
    return _lock(host_id, occasion, learner_id, host_key, host_sign_in_key=host_key)


@writes
def leave_code(host_key: str, host_id: int, window: TestWindow, learner_id: int, code_hash: str) -> HandOver:
    """Note that a printed code lets this learner go on, on any device, while the window is open."""
    _check(host_id, window, learner_id)
    row = HandOver(
        id=uuid4(),
        host_id=host_id,
        learner_id=learner_id,
        window_id=window.id,
        sign_in_key=None,
        host_sign_in_key=host_key,
        code_hash=code_hash,
        started_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()  # the code is shown on the page this act answers with
    return row


@writes
def resume(code_hash: str) -> HandOver:
    """Lock the device in hand to the learner of a code. It was not the host's: there is no session to give back."""
    known = resumable(code_hash, clock.now())
    if known is None:
        raise Refusal("Mã chưa đúng, hoặc bài kiểm tra đã đóng.", "no-code")
    window = db.session.get_one(TestWindow, known.window_id)  # codes are left for tests only
    return _lock(known.host_id, window, known.learner_id, known.host_sign_in_key, host_sign_in_key=None)


@writes
def give_back(row: HandOver) -> SignIn | None:
    """End the learner's session; returns the host's own, when it has not been ended meanwhile."""
    if row.ended_at is None:
        row.ended_at = clock.now()
    if row.sign_in_key:
        end_sign_in(row.sign_in_key)
    if row.sign_in_key is None or row.host_sign_in_key is None:
        return None
    return db.session.scalar(
        select(SignIn).where(SignIn.key == row.host_sign_in_key, SignIn.ended_at.is_(None), SignIn.kind == "password")
    )


def _check(host_id: int, window: TestWindow, learner_id: int) -> None:
    if window.opener_id != host_id or not window_is_open(window, clock.now()):
        raise Refusal(NOT_OPEN, "not-open")
    if learner_id == host_id:
        raise Refusal(NOT_ONESELF, "self")
    if learner_id not in {person.id for person in people_in(window)}:
        raise Refusal("Người này không có tên trong bài kiểm tra đang mở.", "not-named")
    if db.session.get(Person, learner_id) is None:
        raise Refusal("Không có người này.", "nobody")


def _check_session(host_id: int, session: PracticeSession, learner_id: int) -> None:
    if session.leader_id != host_id or not session_is_open(session, clock.now()):
        raise Refusal(SESSION_OVER, "not-open")
    if learner_id == host_id:
        raise Refusal(NOT_ONESELF, "self")
    if learner_id not in {person.id for person in people_of(session)}:
        raise Refusal("Người này không có tên trong buổi thực hành đang mở.", "not-named")


def _lock(
    host_id: int,
    occasion: TestWindow | PracticeSession,
    learner_id: int,
    host_key: str | None,
    host_sign_in_key: str | None,
) -> HandOver:
    now = clock.now()
    key = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            key=key,
            person_id=learner_id,
            account_id=None,
            kind="hand-over",
            host_key=host_key,
            started_at=now,
            device="Máy được trao",
        )
    )
    db.session.flush()  # the hand-over points to it
    row = HandOver(
        id=uuid4(),
        host_id=host_id,
        learner_id=learner_id,
        window_id=occasion.id if isinstance(occasion, TestWindow) else None,
        session_id=occasion.id if isinstance(occasion, PracticeSession) else None,
        sign_in_key=key,
        host_sign_in_key=host_sign_in_key,
        code_hash=None,
        started_at=now,
    )
    db.session.add(row)
    db.session.flush()  # its key goes into the cookie of this answer
    return row
