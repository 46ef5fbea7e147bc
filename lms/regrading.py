"""The stairs of a faulty question: it is withdrawn, every test that asked it is marked again, and what follows follows.

1 the withdrawal is appended as evidence about content · 2 each closed attempt gets a step with what it is worth since,
beside the result it was handed back with · 3 the people are concluded afresh. By person, a few a transaction: a process
that dies leaves whole chunks behind, and upkeep goes on where it stopped. Bringing a question back is the same act again.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert, select

from lms import clock
from lms.completion import recompute
from lms.db import db, writes
from lms.quizzes.models import Attempt, AttemptStep, Item, Regrade
from lms.quizzes.queries import regrading as queries
from lms.quizzes.queries import voided_items
from lms.quizzes.rules.regrading import LONGEST_REASON, SHORTEST_REASON, Change, Tally, tally
from lms.quizzes.rules.results import result_to_json
from lms.refusals import Refusal
from lms.skills import actions as skills
from lms.skills.rules.events import EventType, Mode, RevokeResult, VoidItemResult
from lms.skills.rules.payloads import result_as_mapping
from lms.witnessing.actions.observing import ruleset_in_force

CHUNK = 25
"""People a transaction: whoever saves an answer meanwhile waits a fraction of a second."""


@writes
def void_item(id: UUID, item_id: str, version: str | None, why: str, by_id: int) -> Regrade:
    """Withdraw a recorded question, or one version of it; sent twice it counts once. The first people are marked at once."""
    known = db.session.get(Regrade, id)
    if known is not None:
        return known
    row = _locked(item_id)
    if version is not None and version != row.digest and version not in queries.versions_asked(item_id):
        raise Refusal("Câu này không có bản đó. Tải lại trang rồi chọn lại.", "no-version")
    if {(item_id, None), (item_id, version)} & voided_items():
        raise Refusal("Câu này đã huỷ rồi.", "voided")
    act = _noted(Regrade(id=id, item_id=item_id, version=version, why=_reason(why), by_id=by_id))
    _append(act, EventType.VOID_ITEM, result_as_mapping(VoidItemResult(item_id, version)))
    regrade_some(act.id)
    return act


@writes
def bring_back(id: UUID, act_id: UUID, why: str, by_id: int) -> Regrade:
    """The withdrawal was a mistake: it is revoked, and whoever was marked by it is marked again."""
    known = db.session.get(Regrade, id)
    if known is not None:
        return known
    old = db.session.get(Regrade, act_id)
    if old is None or old.undoes_id is not None:
        raise Refusal("Không có lần huỷ này.", "no-act")
    _locked(old.item_id)
    if db.session.scalar(select(Regrade.id).where(Regrade.undoes_id == act_id)):
        raise Refusal("Lần huỷ này đã rút lại rồi.", "brought-back")
    if old.finished_at is None:
        raise Refusal("Đang chấm lại theo lần huỷ này. Chấm xong rồi mới rút lại được.", "unfinished")
    act = _noted(
        Regrade(id=id, item_id=old.item_id, version=old.version, undoes_id=act_id, why=_reason(why), by_id=by_id)
    )
    _append(act, EventType.REVOKE, result_as_mapping(RevokeResult((str(act_id),))))
    regrade_some(act.id)
    return act


@writes
def regrade_some(act_id: UUID) -> bool:
    """Mark the next people again; False when nobody waits any more."""
    act = db.session.get(Regrade, act_id, with_for_update=True, populate_existing=True)
    if act is None or act.finished_at is not None:
        return False
    row = db.session.get_one(Item, act.item_id)
    people = queries.people_after(row, act.up_to, act.at, CHUNK)
    if people:
        changes = _mark(act, queries.kept_of(people, row, act.at))
        act.counts = _added(act.counts, tally(changes))
        act.up_to = people[-1]
        recompute(people)
    if len(people) < CHUNK:
        act.finished_at = clock.now()
    db.session.flush()
    return act.finished_at is None


@writes
def regrade_waiting() -> bool:
    """One more chunk of the oldest act that is unfinished; False when none is. For upkeep, which commits and asks again."""
    waiting = queries.unfinished_acts()
    return bool(waiting) and (regrade_some(waiting[0]) or len(waiting) > 1)


def _mark(act: Regrade, kept: Sequence[queries.Kept]) -> list[Change]:
    """A step in every attempt; evidence that came without an attempt is only concluded afresh."""
    after = voided_items()
    one = (act.item_id, act.version)
    before = after | {one} if act.undoes_id else after - {one}
    changes = {test.id: test.change(before, after) for test in kept}
    steps = []
    for attempt, last_n in queries.attempts_with_last_step(list(changes)):
        step_id = uuid5(attempt.id, f"regrade/{act.id}")
        attempt.regraded = result_to_json(changes[attempt.id].after)
        steps.append(_step(attempt, act, step_id, last_n + 1))
    if steps:
        db.session.flush()
        db.session.execute(insert(AttemptStep), steps)
    return list(changes.values())


def _step(attempt: Attempt, act: Regrade, id: UUID, n: int) -> dict[str, Any]:
    said = {"act": str(act.id), "why": act.why, "back": act.undoes_id is not None, "result": attempt.regraded}
    return {"id": id, "attempt_id": attempt.id, "n": n, "kind": queries.REGRADE, "item_id": act.item_id,
            "answer": said, "at": clock.now()}  # fmt: skip


def _append(act: Regrade, kind: EventType, result: dict[str, Any]) -> None:
    skills.record_evidence(
        act.id,
        type=str(kind),
        occurred_at=act.at,
        received_at=act.at,
        mode=str(Mode.UNATTENDED),
        actors=[{"person": act.by_id, "part": "signer", "as": "admin"}],
        ruleset_id=ruleset_in_force(act.at),
        result=result,
        admitted=True,
        admission={"reason": "question", "facts": {"why": act.why}},
    )


def _noted(act: Regrade) -> Regrade:
    act.at = clock.now()
    db.session.add(act)
    db.session.flush()  # its chunks are counted on it
    return act


def _locked(item_id: str) -> Item:
    row = db.session.get(Item, item_id, with_for_update=True)
    if row is None or row.pool != "ghi-nhan":
        raise Refusal("Không có câu kiểm tra này.", "no-item")
    return row


def _reason(why: str) -> str:
    said = " ".join(why.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise Refusal(f"Ghi lý do, từ {SHORTEST_REASON} đến {LONGEST_REASON} chữ cái.", "reason")
    return said


def _added(counts: dict[str, int], more: Tally) -> dict[str, int]:
    return {name: counts.get(name, 0) + number for name, number in asdict(more).items()}
