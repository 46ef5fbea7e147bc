"""Every write about visits. The acts take ids made by the device, may come twice or late, and end in the same state."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.households.queries import members_on
from lms.refusals import Refusal
from lms.skills.queries import framework
from lms.teams.queries import was_observed
from lms.vietnamese import clean
from lms.visits import rules
from lms.visits.models import Visit, VisitEvent
from lms.visits.queries import told_signatures
from lms.visits.rules import Act, Event, Told
from lms.witnessing.actions.observing import lock_people
from lms.witnessing.models import Observation

_SENTENCES = {
    "future": "Ngày thăm chưa tới.",
    "too-old": "Lượt thăm đã quá 30 ngày. Báo tổ trưởng thay vì ghi muộn.",
    "nobody-home": "Chưa chọn ai có nhà. Không gặp ai thì không ghi lượt thăm.",
    "not-of-house": "Có người không còn ở hộ này. Tải lại trang rồi chọn lại.",
    "no-activity": "Chưa chọn việc đã làm ở nhà này.",
    "no-difficulty": "Ghi khó khăn của nhà bằng một câu.",
    "numbers": "Khó khăn có dãy số dài. Không ghi số điện thoại, số giấy tờ, số tài khoản: bỏ đi rồi lưu.",
    "next": "Ngày hẹn phải sau ngày thăm và trong vòng sáu tháng.",
    "no-learner": "Chọn người học, trong những người có nhà.",
    "no-competency": "Chọn một điều đã dạy.",
    "not-checked": "Chọn điều thấy khi nhờ làm lại một lần.",
}


@writes
def record(id: UUID, household_id: int, by_id: int, told: Told, at: datetime | None = None) -> Visit:
    """A visit, once: the same id again is the same visit."""
    return _append(id, id, Act.VISITED, household_id, by_id, told, at)


@writes
def correct(id: UUID, visit: Visit, by_id: int, told: Told, at: datetime | None = None) -> Visit:
    """The writer says the visit anew within a week; what stood before stays in the book."""
    if not _is_known(id, visit.id, by_id):
        _refuse_others_and_late(visit, by_id)
    return _append(id, visit.id, Act.CORRECTED, visit.household_id, by_id, told, at)


@writes
def withdraw(id: UUID, visit_id: UUID, household_id: int, by_id: int, at: datetime | None = None) -> None:
    """The writer takes a visit back within a week, as when it was entered at the wrong house."""
    if _is_known(id, visit_id, by_id):
        return
    visit = db.session.get(Visit, visit_id)
    if visit is None:
        raise Refusal("Lượt thăm này đã bỏ rồi.", "gone")
    _refuse_others_and_late(visit, by_id)
    if was_observed(visit_id):
        raise Refusal(
            "Lượt thăm này đã có người đi cùng và ký, nên không bỏ được nữa. Ghi sai thì sửa lượt thăm.", "observed"
        )
    _keep(id, visit_id, Act.WITHDRAWN, household_id, by_id, {}, at)
    conclude(visit_id)


def conclude(visit_id: UUID) -> Visit | None:
    """Make anew what stands of a visit from everything written of it."""
    rows = list(db.session.scalars(select(VisitEvent).where(VisitEvent.visit_id == visit_id)))
    events = [Event(str(row.id), str(row.visit_id), Act(row.act), row.at, row.body) for row in rows]
    said = rules.standing(events).get(str(visit_id))
    known = db.session.get(Visit, visit_id)
    if said is None:
        if known is not None:
            db.session.delete(known)
        return None
    body = dict(said.body)
    row = known or Visit(id=visit_id, household_id=rows[0].household_id, by_id=rows[0].by_id)
    row.kind, row.body = body["kind"], body
    row.visited_on = datetime.fromisoformat(body["visited_on"]).date()
    row.next_on = datetime.fromisoformat(body["next_on"]).date() if body["next_on"] else None
    db.session.add(row)
    db.session.flush()  # the page that follows reads it
    return row


def _append(
    id: UUID, visit_id: UUID, act: Act, household_id: int, by_id: int, told: Told, at: datetime | None
) -> Visit:
    if not _is_known(id, visit_id, by_id):
        _refuse(told, household_id)
        seen = _signed(visit_id, by_id, told) if told.kind is rules.Kind.ATTEST else []
        _keep(id, visit_id, act, household_id, by_id, _body(told, seen), at)
    row = conclude(visit_id)
    if row is None:
        raise Refusal("Lượt thăm này đã bỏ rồi.", "gone")
    return row


def _is_known(id: UUID, visit_id: UUID, by_id: int) -> bool:
    known = db.session.get(VisitEvent, id)
    if known is not None and (known.visit_id, known.by_id) != (visit_id, by_id):
        raise Refusal("Phiếu này đã dùng cho lượt khác. Tải lại trang rồi ghi lại.", "other")
    return known is not None


def _keep(
    id: UUID, visit_id: UUID, act: Act, household_id: int, by_id: int, body: dict[str, Any], at: datetime | None
) -> None:
    now = clock.now()
    db.session.add(
        VisitEvent(
            id=id,
            visit_id=visit_id,
            act=str(act),
            household_id=household_id,
            by_id=by_id,
            body=body,
            at=at or now,
            received_at=now,
        )  # fmt: skip
    )
    db.session.flush()  # what stands is read next


def _refuse(told: Told, household_id: int) -> None:
    today = clock.today()
    there = [one.person_id for one in members_on(household_id, told.visited_on)]
    known = [one.id for one in framework().of_skill(told.skill)] if told.skill else []
    problem = rules.problem(told, there, known, today)
    if problem:
        raise Refusal(_SENTENCES[problem], problem)


def _refuse_others_and_late(visit: Visit, by_id: int) -> None:
    if visit.by_id != by_id:
        raise Refusal("Chỉ người ghi lượt thăm mới sửa được.", "not-writer")
    first = db.session.get_one(VisitEvent, visit.id)
    if clock.now() - first.received_at > rules.MENDABLE:
        raise Refusal("Lượt thăm ghi đã quá bảy ngày nên không sửa được nữa.", "too-late")


def _signed(visit_id: UUID, by_id: int, told: Told) -> list[str]:
    """What the visitor signed for those at home on that day and no other visit names; this kind stands on at least one."""
    lock_people([by_id])  # two phones may put the same signature down at one instant
    began = clock.start_of(told.visited_on)
    wanted = select(Observation.id, Observation.corrects_id).where(
        Observation.witness_id == by_id,
        Observation.learner_id.in_(told.present),
        Observation.occurred_at >= began,
        Observation.occurred_at < began + timedelta(days=1),
    )
    rows = db.session.execute(wanted.order_by(Observation.occurred_at, Observation.received_at)).all()
    if not rows:
        raise Refusal("Hôm ấy chưa ký lượt chứng nào cho người có nhà.", "nothing-signed")
    corrects = {str(row.id): str(row.corrects_id) if row.corrects_id else None for row in rows}
    free = rules.to_name(corrects, told_signatures(by_id, told.visited_on, but_of=visit_id))
    found = [str(row.id) for row in rows if str(row.id) in free]
    if not found:
        raise Refusal("Các lượt chứng hôm ấy đã ghi trong một lượt thăm rồi. Xem ở mục «Đã thăm».", "told")
    return found


def _body(told: Told, signed: list[str]) -> dict[str, Any]:
    return {
        "kind": str(told.kind),
        "visited_on": told.visited_on.isoformat(),
        "present": sorted(told.present),
        "activities": [one for one in rules.ACTIVITIES if one in told.activities],
        "learner": told.learner,
        "skill": told.skill,
        "competency": told.competency,
        "checked": told.checked,
        "difficulty": clean(told.difficulty),
        "next_on": told.next_on.isoformat() if told.next_on else None,
        "signed": signed,
    }
