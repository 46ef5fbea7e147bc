"""Review by a second person, and what a question is used for: approved, recorded, retired and brought back."""

from dataclasses import replace

from lms import clock
from lms.bank import queries
from lms.bank.actions import put_on_shelf
from lms.bank.actions.editing import note_deed, take
from lms.bank.queries import Question
from lms.bank.queries.forms import lacking, lacking_with
from lms.bank.rules.lifecycle import Act, State
from lms.db import db, writes
from lms.library.books import Item as BookItem
from lms.quizzes.models import ItemVersion
from lms.quizzes.publishing import body_of
from lms.quizzes.rules.items import read_item
from lms.quizzes.rules.shapes import Item as Asked
from lms.refusals import Refusal

RECORDED, APPROVED = "ghi-nhan", "duyet"


@writes
def send(item_id: str, by: int) -> None:
    """Into review; a question with a fault is not sent."""
    found = take(item_id, Act.SEND, by, is_reviewer=False)
    _without_faults(found)
    _set(found, State.IN_REVIEW)
    note_deed(found, "sent", by)


@writes
def take_back(item_id: str, by: int) -> None:
    found = take(item_id, Act.TAKE_BACK, by, is_reviewer=False)
    _set(found, State.DRAFT)
    note_deed(found, "taken-back", by)


@writes
def give_back(item_id: str, by: int, words: str) -> None:
    """Back to its author, with what should be mended."""
    found = take(item_id, Act.RETURN, by, is_reviewer=True)
    _set(found, State.DRAFT)
    note_deed(found, "returned", by, _reason(words))


@writes
def approve(item_id: str, by: int, words: str = "") -> None:
    """By somebody who did not write it. The version is what is asked from now on; attempts keep the one they were given."""
    found = take(item_id, Act.APPROVE, by, is_reviewer=True)
    item, (draft, newest) = found.item, found.bench
    read = replace(_without_faults(found), status=APPROVED)
    was_recorded = item.status == RECORDED
    put_on_shelf(item, newest.body)
    item.status = RECORDED if was_recorded and item.pool == RECORDED else APPROVED
    if item.status == RECORDED:
        _serves(read_item(body_of(read)))
    if db.session.get(ItemVersion, (item.id, read.digest)) is None:
        body = body_of(read)
        db.session.add(ItemVersion(item_id=item.id, digest=read.digest, body=body, published_at=clock.now()))
    item.digest = read.digest
    draft.state, draft.approved_n = State.APPROVED, draft.n
    note_deed(found, "approved", by, words)


@writes
def record(item_id: str, by: int) -> None:
    """Into recorded forms: refused where a form with it would break the rule of publication."""
    found = take(item_id, Act.RECORD, by, is_reviewer=True)
    _serves(queries.in_use(found.item))
    found.item.status = RECORDED
    note_deed(found, "recorded", by)


@writes
def unrecord(item_id: str, by: int) -> tuple[str, ...]:
    """Out of recorded forms, still approved. Gives what its test lacks from now on."""
    found = take(item_id, Act.UNRECORD, by, is_reviewer=True)
    found.item.status = APPROVED
    note_deed(found, "unrecorded", by)
    return lacking(found.item.skill_id)


@writes
def retire(item_id: str, by: int, is_reviewer: bool, words: str) -> tuple[str, ...]:
    """Asked no more, readable for ever where it was asked. Gives what its test lacks from now on."""
    found = take(item_id, Act.RETIRE, by, is_reviewer)
    found.item.retired_at = clock.now()
    note_deed(found, "retired", by, _reason(words))
    return lacking(found.item.skill_id) if found.item.status == RECORDED else ()


@writes
def restore(item_id: str, by: int, is_reviewer: bool) -> None:
    """In use again as it was; one of recorded forms only as approved, so that a reviewer looks at it anew."""
    found = take(item_id, Act.RESTORE, by, is_reviewer)
    found.item.retired_at = None
    if found.item.status == RECORDED:
        found.item.status = APPROVED
    note_deed(found, "restored", by)


def _without_faults(found: Question) -> BookItem:
    _draft, newest = found.bench
    read = queries.written(found.item.id, newest.body)
    if read.faults:
        told = "; ".join(one.sentence.rstrip(".") for one in read.faults[:5])
        raise Refusal(f"Câu này còn chỗ phải sửa: {told}.", "faults")
    return read.item


def _serves(item: Asked) -> None:
    told = lacking_with(replace(item, pool=RECORDED, status=RECORDED))
    if told:
        raise Refusal("Chưa đưa vào đề được: " + " ".join(told), "form-rule")


def _set(found: Question, state: State) -> None:
    draft, _newest = found.bench
    draft.state = state


def _reason(words: str) -> str:
    told = words.strip()
    if not told:
        raise Refusal("Hãy ghi một câu vì sao, để người viết biết phải làm gì.", "no-reason")
    return told[:500]
