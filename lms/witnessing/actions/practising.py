"""Every write about supervised practice: opening a session, coming in, where one is, and signing what was seen."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from lms import clock
from lms.clock import day_of
from lms.db import db, writes
from lms.people.models import Person
from lms.practice.models import Practice
from lms.refusals import Refusal
from lms.skills.models import Skill
from lms.vietnamese import clean
from lms.witnessing.actions import LONGEST_MINUTES, SHORTEST_MINUTES, opener_role
from lms.witnessing.actions.observing import NOT_DECLARED, check_correctable, lock_people
from lms.witnessing.models import Observation, PracticeSession, Presence, SessionPerson
from lms.witnessing.queries import sessions as queries
from lms.witnessing.queries.facts import facts_towards, side_of
from lms.witnessing.rules.eligibility import LIMITS, Verdict
from lms.witnessing.rules.observations import SCALE
from lms.witnessing.rules.sessions import UNAIDED, pass_of
from lms.witnessing.rules.words import SENTENCES, Code

CODE_DIGITS = 6
NOTHING_DONE = "Trong buổi này chưa có lượt nào tự làm đạt, nên chưa ký được."
NOT_LISTED = "Người này không có tên trong buổi thực hành."
NOT_IDENTIFIED = "Xác nhận đã nhận ra đúng từng người được đánh dấu rồi mới ký."
OVER = "Buổi thực hành chỉ ký được trong ngày. Chưa kịp ký thì mở buổi khác."


@writes
def open_session(
    id: UUID,
    leader_id: int,
    skill_id: str,
    *,
    place: str,
    class_id: int | None = None,
    person_ids: Iterable[int] = (),
    minutes: int = 45,
) -> PracticeSession:
    """From now on, for a class or for named people the leader may attest. The same id again is the same session."""
    known = db.session.get(PracticeSession, id)
    if known is not None:
        return _same(known, leader_id)
    named = sorted(set(person_ids))
    _check_opening(skill_id, place, class_id, named, minutes)
    now = clock.now()
    session = PracticeSession(
        id=id,
        skill_id=skill_id,
        leader_id=leader_id,
        leader_role=opener_role(leader_id, skill_id, class_id, named),
        class_id=class_id,
        place=clean(place),
        code=_free_code(now),
        opens_at=now,
        closes_at=now + timedelta(minutes=minutes),
    )
    db.session.add(session)
    db.session.flush()  # the people named point to it
    db.session.add_all(SessionPerson(session_id=id, person_id=person) for person in named)
    db.session.flush()  # who comes in during the same act is looked up
    return session


@writes
def add_people(session: PracticeSession, leader_id: int, person_ids: Iterable[int]) -> int:
    """People who came although nobody had listed them; says how many are new on the list."""
    if session.leader_id != leader_id or not queries.session_is_open(session, clock.now()):
        raise Refusal("Buổi này đã kết thúc, không thêm người được nữa.", "over")
    listed = {person.id for person in queries.people_of(session)}
    new = sorted(set(person_ids) - listed)
    if not new:
        raise Refusal("Chọn ít nhất một người chưa có tên trong buổi.", "nobody")
    opener_role(leader_id, session.skill_id, None, new)
    db.session.add_all(SessionPerson(session_id=session.id, person_id=person) for person in new)
    db.session.flush()  # who comes in during the same act is looked up
    return len(new)


@writes
def close_session(session: PracticeSession) -> None:
    """Nothing done from now on is linked to it; it may still be signed today."""
    if queries.session_is_open(session, clock.now()):
        session.closed_at = clock.now()


@writes
def reopen_session(session: PracticeSession) -> None:
    """Take an early end back while the time first set is not over."""
    if session.closes_at <= clock.now():
        raise Refusal("Giờ đã hẹn của buổi này đã hết. Mở buổi khác.", "over")
    session.closed_at = None


@writes
def enter(person_id: int, code: str) -> PracticeSession:
    """Come in with the code on the board. Twice is once."""
    wanted = "".join(code.split())
    found = [row for row, _entered in queries.sessions_open_for(person_id, clock.now()) if row.code == wanted]
    if not found:
        raise Refusal(
            "Mã chưa đúng, hoặc buổi này không có tên mình. Nhìn lại bảng, hoặc hỏi người hướng dẫn.", "no-code"
        )
    come_in(found[0], person_id)
    return found[0]


@writes
def come_in(session: PracticeSession, person_id: int) -> None:
    """Take a seat in an open session. Twice is once."""
    # Lock first, read second: two may come in at one instant.
    db.session.execute(select(PracticeSession.id).where(PracticeSession.id == session.id).with_for_update())
    if db.session.get(Presence, (session.id, person_id)) is None:
        if queries.count_present(session.id) >= LIMITS.present:
            raise Refusal(SENTENCES[Code.TOO_MANY_PRESENT].format(present=LIMITS.present), Code.TOO_MANY_PRESENT)
        now = clock.now()
        db.session.add(Presence(session_id=session.id, person_id=person_id, entered_at=now, moved_at=now))
        db.session.flush()  # the page of the session is shown next


@writes
def note_place(person_id: int, practice_id: str, screen: str | None) -> bool:
    """For the board: at which screen of which simulator somebody is; None when the run is over. False outside a session."""
    now = clock.now()
    seat = queries.seat_of(person_id, practice_id, now)
    if seat is None:
        return False
    row = db.session.get(Presence, (seat.session_id, person_id))
    if row is not None:
        row.practice_id = practice_id if screen is not None else None
        row.screen, row.moved_at = (screen or "")[:80], now
    return True


@dataclass(frozen=True)
class Tick:
    """«Nhìn thấy tự làm»: one learner, and how far alone."""

    learner_id: int
    independence: int = 3


@dataclass(frozen=True)
class Signing:
    """Who was signed now, and who was not, with the reason."""

    rows: list[Observation] = field(default_factory=list)
    refused: list[tuple[Person, str]] = field(default_factory=list)


@writes
def sign_session(
    session: PracticeSession, leader_id: int, ticks: Sequence[Tick], *, identity_checked: bool, not_kin: bool
) -> Signing:
    """Sign those ticked in one go. Each is judged alone: one who may not be attested is named and holds up nobody."""
    _check_signing(session, leader_id, ticks, identity_checked, not_kin)
    lock_people([leader_id, *(tick.learner_id for tick in ticks)])
    now = clock.now()
    side = side_of(leader_id, session.skill_id, now, session)
    asked = facts_towards(side, [tick.learner_id for tick in ticks], session.skill_id, now)
    listed = {row.person.id: row for row in queries.board(session).rows}
    done = Signing()
    for tick in ticks:
        row = listed.get(tick.learner_id)
        if row is None:
            raise Refusal(NOT_LISTED, "not-listed")
        if row.signed is not None:
            continue
        seen = pass_of(row.desk.runs)
        verdict = asked[tick.learner_id].verdict
        if seen is None or not verdict.eligible:
            done.refused.append((row.person, verdict.sentence or NOTHING_DONE))
            continue
        done.rows.append(_observation(session, leader_id, tick, UUID(seen), verdict, len(side.attested_today), now))
    db.session.add_all(done.rows)
    db.session.flush()  # evidence of the same act follows
    return done


@writes
def correct_seen(id: UUID, old: Observation, witness_id: int, independence: int) -> tuple[Observation, bool]:
    """Say better what was seen in a session, on the day it was signed; whether the correction is new."""
    lock_people([witness_id, old.learner_id])
    known = db.session.get(Observation, id)
    if known is not None:
        if (known.witness_id, known.corrects_id) != (witness_id, old.id):
            raise Refusal("Mã phiếu này đã dùng. Mở phiếu mới rồi ghi lại.", "taken")
        return known, False
    if old.trace_id is None:
        raise Refusal("Phiếu này ký ở phiếu việc, sửa ở đó.", "other-kind")
    check_correctable(old.id, old, witness_id, old.learner_id, old.skill_id)
    if independence not in SCALE:
        raise Refusal("Chọn một mức từ 0 đến 4.", "level")
    row = Observation(
        id=id,
        witness_id=witness_id,
        witness_role=old.witness_role,
        learner_id=old.learner_id,
        skill_id=old.skill_id,
        trace_id=old.trace_id,
        session_id=old.session_id,
        lines={},
        independence=independence,
        identity_checked=old.identity_checked,
        place=old.place,
        occurred_at=old.occurred_at,
        received_at=clock.now(),
        admitted=True,
        admission=dict(old.admission),
        corrects_id=old.id,
    )
    db.session.add(row)
    db.session.flush()  # evidence of the same act follows
    return row, True


def _check_opening(skill_id: str, place: str, class_id: int | None, named: list[int], minutes: int) -> None:
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise Refusal(f"Buổi thực hành dài từ {SHORTEST_MINUTES} đến {LONGEST_MINUTES} phút.", "minutes")
    if not clean(place):
        raise Refusal("Ghi nơi làm buổi thực hành.", "no-place")
    if class_id is None and not named:
        raise Refusal("Chọn một lớp hoặc ít nhất một người.", "nobody")
    if len(named) > LIMITS.present:
        raise Refusal(SENTENCES[Code.TOO_MANY_PRESENT].format(present=LIMITS.present), Code.TOO_MANY_PRESENT)
    practices = select(Practice.id).where(Practice.skill_id == skill_id, Practice.retired_at.is_(None)).limit(1)
    if db.session.get(Skill, skill_id) is None or db.session.scalar(practices) is None:
        raise Refusal("Kỹ năng này chưa có bài luyện nào.", "no-practice")


def _free_code(now: datetime) -> str:
    taken = set(db.session.scalars(select(PracticeSession.code).where(*queries.is_open(now))))
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if code not in taken:
            return code


def _same(session: PracticeSession, leader_id: int) -> PracticeSession:
    if session.leader_id != leader_id:
        raise Refusal("Mã này đã dùng cho buổi khác.", "taken")
    return session


def _check_signing(
    session: PracticeSession, leader_id: int, ticks: Sequence[Tick], identity_checked: bool, not_kin: bool
) -> None:
    if session.leader_id != leader_id:
        raise Refusal("Chỉ người mở buổi ký được cho buổi của mình.", "not-yours")
    if day_of(session.opens_at) != clock.today():
        raise Refusal(OVER, "over")
    if not ticks:
        raise Refusal("Đánh dấu ít nhất một người đã nhìn thấy tự làm.", "nobody")
    if any(tick.independence not in UNAIDED for tick in ticks):
        raise Refusal("Chỉ ký cho người tự làm (mức 3 hoặc 4).", "level")
    if not identity_checked:
        raise Refusal(NOT_IDENTIFIED, "identity")
    if not not_kin:
        raise Refusal(NOT_DECLARED, "not-declared")


def _observation(
    session: PracticeSession,
    leader_id: int,
    tick: Tick,
    seen: UUID,
    verdict: Verdict,
    attested_today: int,
    now: datetime,
) -> Observation:
    facts: dict[str, Any] = {
        **verdict.facts,
        "attested_today": str(attested_today),
        "real_account": "no",
        "declared": "not-kin",
    }
    return Observation(
        id=uuid5(session.id, f"seen/{tick.learner_id}"),
        witness_id=leader_id,
        witness_role=verdict.facts["role"],
        learner_id=tick.learner_id,
        skill_id=session.skill_id,
        trace_id=seen,
        session_id=session.id,
        lines={},
        independence=tick.independence,
        identity_checked=True,
        place=session.place,
        occurred_at=now,
        received_at=now,
        admitted=True,
        admission={"code": verdict.code, "facts": facts, "failed": []},
    )
