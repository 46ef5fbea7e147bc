"""Every write about re-checks: drawing a month's list and recording what was found."""

import secrets
from uuid import UUID

from lms import clock
from lms.db import db, writes
from lms.people.queries import canonical_ids
from lms.rechecks import queries, rules
from lms.rechecks.models import RecheckDraw, RecheckItem, RecheckResult
from lms.rechecks.queries import Line
from lms.refusals import Refusal
from lms.vietnamese import clean
from lms.witnessing.queries.facts import role_towards

FINDINGS = {"agrees": "Đúng như đã chứng", "differs": "Khác với đã chứng", "not-done": "Chưa xem lại được"}


@writes
def draw_month(unit_id: int, drawer_id: int) -> RecheckDraw:
    """Last month's list of a unit, once. The seed is made now, when nobody can choose any more whom to attest."""
    today = clock.today()
    month = rules.month_of(today)
    if queries.draw_of(unit_id, month) is not None:
        raise Refusal("Danh sách của tháng này đã rút rồi. Mỗi tháng chỉ rút một lần.", "drawn")
    awards = queries.awards_of(unit_id, month, today)
    if not awards:
        raise Refusal("Tháng trước chưa có lượt chứng nào nên chưa có gì để kiểm lại.", "no-awards")
    seed = f"{month.isoformat()}:{unit_id}:{secrets.token_hex(16)}"
    row = RecheckDraw(unit_id=unit_id, month=month, seed=seed, drawn_by_id=drawer_id, drawn_at=clock.now())
    db.session.add(row)
    db.session.flush()  # the lines point to it
    for one in rules.draw(awards, seed):
        db.session.add(
            RecheckItem(
                draw_id=row.id,
                observation_id=UUID(one.award.id),
                witness_id=one.award.witness,
                factor=one.award.factor,
                out_of=one.out_of,
                due_on=today + rules.DUE_AFTER,
            )
        )
    db.session.flush()  # a page in the same act lists them
    return row


@writes
def record_result(id: UUID, line: Line, by_id: int, finding: str, note: str = "") -> RecheckResult:
    """What a second person found. The same id again is the same result; another id is a new one, and the latest counts."""
    known = db.session.get(RecheckResult, id)
    if known is not None:
        if (known.item_id, known.by_id) != (line.id, by_id):
            raise Refusal("Kết quả này đã ghi cho lượt khác. Tải lại trang rồi ghi lại.", "other")
        return known
    if finding not in FINDINGS:
        raise Refusal("Chưa chọn kết quả.", "finding")
    same = canonical_ids([by_id, line.witness_id])
    if same[by_id] == same[line.witness_id]:
        raise Refusal("Người đã chứng không tự kiểm lại lượt của mình. Nhờ một người khác.", "own-award")
    role_towards(by_id, line.learner_id, line.skill_id, clock.now())
    row = RecheckResult(id=id, item_id=line.id, by_id=by_id, finding=finding, note=clean(note), recorded_at=clock.now())
    db.session.add(row)
    return row
