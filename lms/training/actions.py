"""Every write about training days. The acts take ids made by the device, may come twice or late, and end in the same state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from lms import clock
from lms.db import db, writes
from lms.people.queries import canonical_ids
from lms.refusals import Refusal
from lms.training import queries, rules
from lms.training.models import (
    TrainingChange,
    TrainingDay,
    TrainingEvent,
    TrainingFeedback,
    TrainingFeedbackGiven,
    TrainingSession,
    TrainingTeam,
)
from lms.training.rules import MARKS, Act, Answer
from lms.vietnamese import clean
from lms.witnessing.actions import practising
from lms.witnessing.models import PracticeSession
from lms.witnessing.queries.facts import roles_towards
from lms.witnessing.queries.sessions import people_of

_SENTENCES = {
    "backwards": "Giờ hết phải sau giờ bắt đầu.",
    "too-long": "Một ngày tập huấn dài nhất 12 giờ.",
    "past": "Giờ này đã qua. Chỉ ghi ngày sắp tới.",
    "too-far": "Chỉ ghi trước trong vòng một năm.",
    "capacity": f"Số chỗ từ 1 đến {rules.MOST_SEATS}.",
    "no-team": "Chọn ít nhất một tổ được dự.",
    "no-topic": "Chọn ít nhất một nội dung.",
    "called-off": "Ngày tập huấn này đã hoãn.",
    "over": "Buổi tập huấn đã hết giờ nên không đăng ký, không rút được nữa.",
    "not-yet": "Chưa tới ngày tập huấn. Đến hôm ấy mới điểm danh.",
    "too-late": "Đã quá lâu sau ngày tập huấn nên không ghi được nữa.",
    "not-there": "Chỉ người đã dự mới góp ý.",
    "numbers": "Câu góp ý có dãy số dài. Bỏ số điện thoại, số giấy tờ đi rồi gửi.",
}


@dataclass(frozen=True)
class DayWords:
    """What a leader or an officer typed."""

    title: str
    begins_at: datetime
    ends_at: datetime
    place: str
    capacity: int
    topics: tuple[str, ...]
    teams: tuple[int, ...]
    lessons: tuple[str, ...] = ()
    materials: str = ""
    notes: str = ""


@writes
def plan_day(id: UUID, unit_id: int, words: DayWords, by_id: int) -> TrainingDay:
    """A day for some teams of a commune. The same id again is the same day."""
    known = db.session.get(TrainingDay, id)
    if known is not None:
        if (known.unit_id, known.written_by) != (unit_id, by_id):
            raise Refusal("Mã này đã dùng cho ngày khác. Tải lại trang rồi ghi lại.", "taken")
        return known
    now = clock.now()
    _check(words, now)
    row = TrainingDay(id=id, unit_id=unit_id, written_by=by_id, written_at=now, **_fields(words))
    db.session.add(row)
    db.session.flush()  # its teams name it
    db.session.add_all(TrainingTeam(day_id=id, team_id=team) for team in sorted(set(words.teams)))
    _remember(id, "written", by_id, _body(words))
    return row


@writes
def change_day(id: UUID, day_id: UUID, words: DayWords, by_id: int) -> None:
    """Say the day anew while it is not over; what it said before stays in its history."""
    if db.session.get(TrainingChange, id) is not None:
        return
    row = queries.locked(day_id)
    _refuse(rules.registering_problem(row.ends_at, row.called_off_at is not None, clock.now()))
    _check(words, clock.now())
    for name, value in _fields(words).items():
        setattr(row, name, value)
    invited = {one.id for one in queries.teams_of([day_id]).get(day_id, [])}
    for team in invited - set(words.teams):
        db.session.delete(db.session.get_one(TrainingTeam, (day_id, team)))
    db.session.add_all(TrainingTeam(day_id=day_id, team_id=team) for team in sorted(set(words.teams) - invited))
    _remember(day_id, "changed", by_id, _body(words), id)


@writes
def call_off(day_id: UUID, reason: str, by_id: int) -> None:
    """With the reason everybody reads. Nothing written of the day is taken away."""
    row, said = queries.locked(day_id), clean(reason)
    if not said:
        raise Refusal("Ghi lý do hoãn: người đã đăng ký sẽ đọc.", "no-reason")
    if row.called_off_at is not None:
        return
    _refuse(rules.registering_problem(row.ends_at, False, clock.now()))
    row.called_off_at, row.called_off_reason = clock.now(), said
    _remember(day_id, "called-off", by_id, {"reason": said})


@writes
def register(id: UUID, day_id: UUID, person_id: int, by_id: int, at: datetime | None = None) -> None:
    """Take a seat, or the next place in the waiting list."""
    row = queries.locked(day_id)
    one = canonical_ids([person_id])[person_id]
    if _is_known(id, day_id, one, Act.REGISTERED):
        return
    _refuse(rules.registering_problem(row.ends_at, row.called_off_at is not None, clock.now()))
    if one not in _invited(day_id):
        raise Refusal("Ngày này dành cho thành viên các tổ được mời.", "not-invited")
    _keep(id, day_id, one, Act.REGISTERED, by_id, _when(day_id, at))


@writes
def withdraw(id: UUID, day_id: UUID, person_id: int, by_id: int, at: datetime | None = None) -> None:
    """Give the seat back; who waits first has it from now."""
    row = queries.locked(day_id)
    one = canonical_ids([person_id])[person_id]
    if _is_known(id, day_id, one, Act.WITHDRAWN):
        return
    _refuse(rules.registering_problem(row.ends_at, row.called_off_at is not None, clock.now()))
    held = queries.standings([row])[day_id]
    if one not in (*held.seats, *held.waiting):
        raise Refusal("Chưa đăng ký ngày này nên không có gì để rút.", "not-registered")
    _keep(id, day_id, one, Act.WITHDRAWN, by_id, _when(day_id, at))


@writes
def mark(batch: UUID, day_id: UUID, said: Mapping[int, Act], by_id: int, at: datetime | None = None) -> int:
    """The attendance sheet as it was filled in; says how many lines are new. Only what differs becomes an event."""
    row = queries.locked(day_id)
    _refuse(rules.marking_problem(row.on_day, row.called_off_at is not None, clock.today()))
    held = queries.standings([row])[day_id]
    canonical = canonical_ids(said)
    if not set(canonical.values()) <= {*held.listed, *_invited(day_id)} or len(canonical) < len(said):
        raise Refusal("Có người không thuộc các tổ được mời. Tải lại trang rồi điểm danh lại.", "not-invited")
    count, when = 0, _when(day_id, at)
    for person, act in said.items():
        one = canonical[person]
        id = uuid5(batch, f"{one}:{act}")
        if act not in MARKS or held.marks.get(one) is act or db.session.get(TrainingEvent, id) is not None:
            continue
        _keep(id, day_id, one, act, by_id, when)
        count += 1
    return count


@writes
def open_supervised(
    id: UUID, day_id: UUID, leader_id: int, skill_id: str, minutes: int
) -> tuple[PracticeSession, list[int]]:
    """A supervised session for those who came; who may not be attested by this leader is left out and named.

    It is the ordinary session of `witnessing`, with its code, its board and its signatures, and like every other it may be
    signed on its own day only.
    """
    row = queries.locked(day_id)
    _refuse(rules.marking_problem(row.on_day, row.called_off_at is not None, clock.today()))
    if row.on_day != clock.today():
        raise Refusal("Buổi có người coi chỉ mở được trong chính ngày tập huấn.", "other-day")
    came = sorted(queries.standings([row])[day_id].came)
    allowed, left_out = _attestable(leader_id, came, skill_id)
    if not allowed:
        raise Refusal("Trong những người có mặt, chưa có ai mà mình được chứng ở kỹ năng này.", "nobody")
    session = practising.open_session(
        id, leader_id, skill_id, place=row.place, person_ids=allowed, minutes=minutes
    )  # fmt: skip
    if db.session.get(TrainingSession, id) is None:
        db.session.add(TrainingSession(session_id=id, day_id=day_id))
    return session, left_out


@writes
def let_in(day_id: UUID, session: PracticeSession, leader_id: int) -> int:
    """Those who came after the session was opened; says how many are new on its list."""
    came = queries.standings([queries.locked(day_id)])[day_id].came
    listed = canonical_ids(one.id for one in people_of(session))
    late = sorted(came - set(listed.values()))
    allowed, _left_out = _attestable(leader_id, late, session.skill_id)
    return practising.add_people(session, leader_id, allowed)


@writes
def give_feedback(id: UUID, day_id: UUID, person_id: int, answer: Answer) -> None:
    """Once a person. That they answered and what they answered are kept apart."""
    row = queries.locked(day_id)
    one = canonical_ids([person_id])[person_id]
    if queries.answered(one, [day_id]):
        if db.session.get(TrainingFeedback, id) is not None:
            return
        raise Refusal("Mình đã góp ý cho ngày này rồi. Cảm ơn!", "answered")
    came = one in queries.standings([row])[day_id].came
    _refuse(rules.feedback_problem(row.on_day, row.called_off_at is not None, came, clock.today()))
    _refuse(rules.words_problem(answer.words))
    if not {answer.useful, answer.clear, answer.ready} <= set(rules.SCALE):
        raise Refusal("Chọn một mức từ 1 đến 5 cho cả ba câu.", "scale")
    words = clean(answer.words)
    db.session.add(
        TrainingFeedback(
            id=id, day_id=day_id, useful=answer.useful, clear=answer.clear, ready=answer.ready, words=words
        )  # fmt: skip
    )
    db.session.add(TrainingFeedbackGiven(day_id=day_id, person_id=one))


def _attestable(leader_id: int, person_ids: Sequence[int], skill_id: str) -> tuple[list[int], list[int]]:
    """Those the leader may stand witness for at all, and those not."""
    verdicts = roles_towards(leader_id, person_ids, skill_id, clock.now())
    return [one for one in person_ids if verdicts[one].eligible], [
        one for one in person_ids if not verdicts[one].eligible
    ]


def _check(words: DayWords, now: datetime) -> None:
    _refuse(rules.day_problem(words.begins_at, words.ends_at, words.capacity, words.teams, words.topics, now))


def _refuse(problem: str) -> None:
    if problem:
        raise Refusal(_SENTENCES[problem], problem)


def _invited(day_id: UUID) -> Iterable[int]:
    teams = queries.teams_of([day_id]).get(day_id, [])
    return queries.members_of([one.id for one in teams], clock.today())


def _is_known(id: UUID, day_id: UUID, person: int, act: Act) -> bool:
    known = db.session.get(TrainingEvent, id)
    if known is None:
        return False
    if (known.day_id, canonical_ids([known.person_id])[known.person_id], known.act) != (day_id, person, act):
        raise Refusal("Mã này đã dùng cho việc khác. Tải lại trang rồi bấm lại.", "taken")
    return True


def _when(day_id: UUID, at: datetime | None) -> datetime:
    """A device's clock that runs ahead wins nothing; and what is done here and now comes after all that is known."""
    return min(at, clock.now()) if at is not None else _after(queries.last_event_at(day_id))


def _after(last: datetime | None) -> datetime:
    now = clock.now()
    return now if last is None or last < now else last + timedelta(microseconds=1)


def _keep(id: UUID, day_id: UUID, person: int, act: Act, by_id: int, when: datetime) -> None:
    row = TrainingEvent(
        id=id, day_id=day_id, person_id=person, act=str(act), by_id=by_id, at=when, received_at=clock.now()
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # what follows from it is read next


def _remember(day_id: UUID, act: str, by_id: int, body: dict[str, Any], id: UUID | None = None) -> None:
    when = _after(queries.last_change_at(day_id))
    row = TrainingChange(id=id or uuid4(), day_id=day_id, act=act, by_id=by_id, at=when, body=body)
    db.session.add(row)
    db.session.flush()  # the page of the day is shown next


def _fields(words: DayWords) -> dict[str, Any]:
    return {
        "title": clean(words.title),
        "on_day": _day(words),
        "begins_at": words.begins_at,
        "ends_at": words.ends_at,
        "place": clean(words.place),
        "capacity": words.capacity,
        "topics": list(words.topics),
        "lessons": list(words.lessons),
        "materials": words.materials.strip(),
        "notes": words.notes.strip(),
    }


def _body(words: DayWords) -> dict[str, Any]:
    plain = _fields(words) | {"teams": sorted(set(words.teams)), "on_day": _day(words).isoformat()}
    return plain | {"begins_at": words.begins_at.isoformat(), "ends_at": words.ends_at.isoformat()}


def _day(words: DayWords) -> date:
    return clock.day_of(words.begins_at)
