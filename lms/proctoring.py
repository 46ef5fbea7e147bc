"""The stairs of an exam: pausing and going on, one or all; an attempt that does not count; answers brought on paper.

Nothing is taken back or rewritten. A pause is a step in every attempt, and the time lost is given back. An attempt is
voided by revoking its evidence with a reason, and restored by revoking that; the marks stay to be read.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from lms import clock, completion
from lms.db import db, writes
from lms.exams.actions import locked_exam
from lms.exams.models import Exam, PaperForm, Seat
from lms.exams.queries import attempts_in, hall_of
from lms.exams.rules.paper import may_key
from lms.people.queries import canonical_id
from lms.quizzes import actions as quizzes
from lms.quizzes.models import Attempt, AttemptStep, Quiz
from lms.quizzes.queries import progress_of
from lms.quizzes.queries.regrading import RESTORE, VOID
from lms.quizzes.rules.regrading import LONGEST_REASON, SHORTEST_REASON
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills import actions as skills
from lms.skills.rules.events import EventType, Mode, RevokeResult
from lms.skills.rules.payloads import result_as_mapping
from lms.witnessing.actions.observing import ruleset_in_force
from lms.witnessing.models import TestWindow


@writes
def hold(window: TestWindow, person_id: int | None = None) -> int:
    """Pause one (canonical id) or everybody, begun or not; says how many attempts were at work. Twice is once."""
    exam, now = locked_exam(window.id), clock.now()
    if exam.held_at is not None:
        return 0
    if person_id is None:
        _gather_single_pauses(window.id, now)
        exam.held_at = now
    else:
        seat = _seat(window.id, person_id)
        seat.held_at = seat.held_at or now
    return _pause_attempts(window, person_id, now)


@writes
def release(window: TestWindow, person_id: int | None = None) -> int:
    """Go on; the time lost is given back to whoever lost it. Says how many attempts go on."""
    exam, now = locked_exam(window.id), clock.now()
    if person_id is None:
        if exam.held_at is None:
            return 0
        window.closes_at += now - exam.held_at
        exam.held_at = None
    else:
        seat = _seat(window.id, person_id)
        if seat.held_at is None or exam.held_at is not None:
            return 0
        seat.extra_seconds += round((now - seat.held_at).total_seconds())
        seat.held_at = None
    db.session.flush()  # the times are read next
    return _resume_attempts(window, person_id, now)


@writes
def void_attempt(attempt_id: UUID, why: str, by_id: int, role: str) -> Attempt:
    """An attempt does not count: closed as it stands if it is open, its evidence revoked with the reason."""
    said, attempt = _reason(why), completion.finish_attempt(attempt_id)
    if attempt.voided_at is not None:
        return attempt
    revocation = _revoke(attempt, attempt.id, said, by_id, role)
    attempt.voided_at = clock.now()
    _note(attempt, VOID, {"why": said, "by": by_id, "revocation": str(revocation)})
    return attempt


@writes
def restore_attempt(attempt_id: UUID, why: str, by_id: int, role: str) -> Attempt:
    """It counts after all: the revocation is revoked, and everything follows afresh."""
    said, attempt = _reason(why), completion.finish_attempt(attempt_id)
    if attempt.voided_at is None:
        return attempt
    wanted = select(AttemptStep).where(AttemptStep.attempt_id == attempt.id, AttemptStep.kind == VOID)
    last = db.session.scalars(wanted.order_by(AttemptStep.n.desc()).limit(1)).one()
    revocation = _revoke(attempt, UUID((last.answer or {})["revocation"]), said, by_id, role)
    attempt.voided_at = None
    _note(attempt, RESTORE, {"why": said, "by": by_id, "revocation": str(revocation)})
    return attempt


@writes
def key_paper(
    id: UUID, window: TestWindow, paper: PaperForm, person_id: int, answers: Mapping[str, Answer], by_id: int
) -> Attempt:
    """The answer sheet of one person, keyed in: sat in the window, marked by the same act as on a screen, seen by its opener.

    The same id again is the same sheet. What was keyed wrongly is voided with its reason, and keyed again.
    """
    now, owner = clock.now(), canonical_id(person_id)
    why = may_key(window.opens_at, window.closed_at or window.closes_at, now)
    if why is not None:
        raise Refusal(why.sentence, why.code)
    sat = attempts_in(window.id).get(owner)
    if sat is not None and sat.id != id and sat.voided_at is None:
        raise Refusal("Người này đã có bài trong buổi này. Nhập nhầm thì huỷ bài cũ trước.", "sat")
    at = min(now, window.closed_at or window.closes_at)
    attempt = quizzes.start_on_paper(
        id, person_id, window.quiz_id, paper.form, paper.ruleset_id, window.id, window.opens_at,
        attended_by=window.opener_id, is_exam=db.session.get(Exam, window.id) is not None,
    )  # fmt: skip
    if attempt.closed_at is not None:
        return attempt
    facts = {**attempt.admission.get("facts", {}), "paper": paper.variant, "keyed_by": str(by_id)}
    attempt.admission = {**attempt.admission, "facts": facts}
    quizzes.answer_on_paper(attempt, answers, at)
    return completion.hand_in(attempt, at)


def _pause_attempts(window: TestWindow, person_id: int | None, now: datetime) -> int:
    done = 0
    for owner, attempt in _open_attempts(window.id, person_id):
        state, hall = progress_of(attempt.id).state, hall_of(window.id, owner)
        times = hall.times(now) if hall else None
        if times is not None and state.standing == "open" and now < times.closes_at:
            quizzes.pause(attempt, times)
            done += 1
    return done


def _resume_attempts(window: TestWindow, person_id: int | None, now: datetime) -> int:
    """Whoever rested of their own goes on as well: their resting cost nobody else anything."""
    done = 0
    for owner, attempt in _open_attempts(window.id, person_id):
        hall = hall_of(window.id, owner)
        is_paused = progress_of(attempt.id).state.standing == "paused"
        if hall and is_paused and hall.held_at is None and hall.is_open(now):
            quizzes.resume(attempt, hall.times(now))
            done += 1
    return done


def _open_attempts(window_id: UUID, person_id: int | None) -> list[tuple[int, Attempt]]:
    """Each locked, so that an answer on its way is either before the pause or refused."""
    mine = {owner: one for owner, one in attempts_in(window_id).items() if person_id in (None, owner)}
    ids = [one.id for one in mine.values() if one.closed_at is None]
    locked = select(Attempt).where(Attempt.id.in_(ids)).order_by(Attempt.id).with_for_update()
    still = {one.id: one for one in db.session.scalars(locked.execution_options(populate_existing=True))}
    return [(owner, one) for owner, one in mine.items() if one.id in still and one.closed_at is None]


def _gather_single_pauses(window_id: UUID, now: datetime) -> None:
    """Who was paused alone is now paused with all; what they lost so far is theirs."""
    for seat in db.session.scalars(select(Seat).where(Seat.window_id == window_id, Seat.held_at.is_not(None))):
        if seat.held_at is not None:
            seat.extra_seconds += round((now - seat.held_at).total_seconds())
            seat.held_at = None


def _seat(window_id: UUID, person_id: int) -> Seat:
    found = db.session.get(Seat, (window_id, person_id))
    if found is None:
        raise Refusal("Người này chưa được ghi có mặt.", "absent")
    return found


def _revoke(attempt: Attempt, evidence_id: UUID, why: str, by_id: int, role: str) -> UUID:
    """An event that revokes one before; where the attempt is no evidence (the observers' test) only its mark changes."""
    id, now = uuid4(), clock.now()
    skill_id = db.session.scalar(select(Quiz.skill_id).where(Quiz.id == attempt.quiz_id))
    if skill_id is None:
        return id
    skills.record_evidence(
        id,
        person_id=attempt.person_id,
        skill_id=skill_id,
        type=str(EventType.REVOKE),
        occurred_at=now,
        received_at=now,
        mode=str(Mode.PROCTORED),
        actors=[{"person": by_id, "part": "signer", "as": role}],
        session_id=attempt.session_id,
        ruleset_id=ruleset_in_force(now),
        result=result_as_mapping(RevokeResult((str(evidence_id),))),
        admitted=True,
        admission={"reason": "proctor", "facts": {"why": why}},
    )
    completion.recompute([attempt.person_id])
    return id


def _note(attempt: Attempt, kind: str, said: Mapping[str, Any]) -> None:
    last = db.session.scalar(select(func.max(AttemptStep.n)).where(AttemptStep.attempt_id == attempt.id)) or 0
    db.session.flush()
    step = {"id": uuid4(), "attempt_id": attempt.id, "n": last + 1, "kind": kind, "item_id": None,
            "answer": dict(said), "at": clock.now()}  # fmt: skip
    db.session.execute(insert(AttemptStep), [step])


def _reason(why: str) -> str:
    said = " ".join(why.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise Refusal(f"Ghi lý do, từ {SHORTEST_REASON} đến {LONGEST_REASON} chữ cái.", "reason")
    return said
