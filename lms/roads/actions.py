"""Writing down a visit somebody went along with. The id is made by the device: the same one again is the same sheet."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.people.queries import canonical_ids
from lms.refusals import Refusal
from lms.roads.rules.watching import LINES, Watched, passes, problem
from lms.teams.models import ObservedVisit
from lms.teams.queries import are_members
from lms.vietnamese import clean
from lms.visits.models import Visit
from lms.witnessing.actions.observing import lock_people
from lms.witnessing.queries.facts import role_to_observe
from lms.witnessing.queries.reach import home_of

_SENTENCES = {
    "too-old": "Chỉ ghi được lượt thăm trong 14 ngày gần đây. Hãy đi cùng một lượt khác.",
    "lines": "Còn dòng chưa trả lời. Mỗi dòng chọn «Có thấy» hoặc «Không thấy».",
    "limits": "Có dòng giới hạn không nhận ra. Tải lại trang rồi ghi lại.",
    "not-declared": "Người dự cần xác nhận mình không phải người nhà của thành viên.",
    "long": "Lời nhận xét dài quá 300 chữ cái. Viết ngắn lại.",
    "numbers": "Lời nhận xét có dãy số dài. Không ghi số điện thoại, số giấy tờ: bỏ đi rồi lưu.",
}


@writes
def note_watched(
    id: UUID,
    observer_id: int,
    member_id: int,
    visit_id: UUID,
    told: Watched,
    corrects_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> ObservedVisit:
    """What was seen of a visit, or why it is not taken; a correction takes the place of one's own of the same day."""
    lock_people([observer_id, member_id])
    known = db.session.get(ObservedVisit, id)
    if known is not None:
        if (known.observer_id, known.member_id, known.visit_id) != (observer_id, member_id, visit_id):
            raise Refusal("Phiếu này đã dùng cho lượt khác. Tải lại trang rồi ghi lại.", "taken")
        return known
    now = clock.now()
    visit = _visit(visit_id, member_id, observer_id)
    _check(told, visit.visited_on, corrects_id, observer_id, member_id)
    row = ObservedVisit(
        id=id,
        member_id=member_id,
        observer_id=observer_id,
        observer_role=str(role_to_observe(observer_id, member_id, now)),
        visit_id=visit.id,
        visited_on=visit.visited_on,
        lines={line: told.lines[line] for line in LINES},
        failed=sorted(told.failed),
        passed=passes(told),
        note=clean(told.note),
        corrects_id=corrects_id,
        occurred_at=min(occurred_at or now, now),
        received_at=now,
    )
    db.session.add(row)
    db.session.flush()  # the road is read next
    return row


def _visit(visit_id: UUID, member_id: int, observer_id: int) -> Visit:
    """The member's own visit, at a home the observer does not live in."""
    visit = db.session.get(Visit, visit_id)
    canonical = canonical_ids([member_id, observer_id, *([visit.by_id] if visit else [])])
    if visit is None or canonical[visit.by_id] != canonical[member_id]:
        raise Refusal("Không có lượt thăm này. Nhờ thành viên ghi lượt thăm, rồi tải lại trang.", "no-visit")
    if not are_members([member_id], clock.today()):
        raise Refusal("Người này hôm nay không ở tổ nào.", "no-member")
    if visit.household_id in home_of(canonical[observer_id], visit.visited_on).households:
        raise Refusal("Lượt thăm ở chính nhà mình thì không tự dự được. Hãy đi cùng ở một nhà khác.", "own-house")
    return visit


def _check(told: Watched, visited_on: date, corrects_id: UUID | None, observer_id: int, member_id: int) -> None:
    code = problem(told, visited_on, clock.today())
    if code:
        raise Refusal(_SENTENCES[code], code)
    if corrects_id is None:
        return
    old = db.session.get(ObservedVisit, corrects_id)
    if old is None or (old.observer_id, old.member_id) != (observer_id, member_id):
        raise Refusal("Chỉ người đã ghi mới sửa được phiếu của mình.", "not-yours")
    if clock.day_of(old.received_at) != clock.today():
        raise Refusal("Phiếu chỉ sửa được trong ngày ghi. Cần nữa thì đi cùng một lượt khác.", "too-late")
    if db.session.scalar(select(ObservedVisit.id).where(ObservedVisit.corrects_id == corrects_id)):
        raise Refusal("Phiếu này đã sửa một lần. Sửa tiếp ở phiếu mới nhất.", "corrected")
