"""Writing on: each change of a question is a new version, and one from files is copied, never changed."""

from collections.abc import Mapping
from typing import Any

from lms import clock
from lms.bank import queries
from lms.bank.actions import add_draft, kept_body, put_on_shelf
from lms.bank.actions.media import note_uses
from lms.bank.models import Deed, Version
from lms.bank.queries import Question
from lms.bank.rules.lifecycle import Act, State, may
from lms.bank.rules.writing import tidy
from lms.db import db, writes
from lms.quizzes.models import Item
from lms.refusals import Refusal


@writes
def save(item_id: str, body: Mapping[str, Any], by: int, note: str = "", based_on: int | None = None) -> int:
    """A new version of a draft; gives its number. What is approved stays in use until the new one is.

    `based_on` is the version the author began from: what somebody else saved meanwhile is never written over.
    """
    found = take(item_id, Act.EDIT, by, is_reviewer=False)
    draft, newest = found.bench
    if based_on is not None and based_on != draft.n:
        raise Refusal("Có người vừa lưu một bản khác của câu này. Hãy mở bản mới rồi sửa tiếp trên đó.", "stale")
    kept = kept_body(tidy(dict(body)))
    if kept == newest.body:
        return draft.n
    draft.n, draft.state = draft.n + 1, State.DRAFT
    db.session.add(Version(item_id=item_id, n=draft.n, body=kept, by=by, at=clock.now(), note=note))
    note_uses(item_id, kept)
    if not draft.approved_n:
        put_on_shelf(found.item, kept)
    note_deed(found, "saved", by, note)
    return draft.n


@writes
def copy(item_id: str, by: int) -> Item:
    """A new draft that says what another question says, and where it comes from."""
    found = queries.locked_question(item_id)
    body = queries.published_body(found.item) if found else None
    if found is None:
        raise Refusal("Không còn câu hỏi này.", "gone")
    if body is None and found.newest:
        body = dict(found.newest.body)
    if body is None:
        raise Refusal("Câu này chưa có lời nào để chép.", "nothing-to-copy")
    return add_draft(body, origin="browser", by=by, source=f"chép từ câu {item_id}", copied_from=item_id)


def take(item_id: str, act: Act, by: int, is_reviewer: bool) -> Question:
    """The question of an act, locked, where it may be done now."""
    found = queries.locked_question(item_id)
    if found is None:
        raise Refusal("Không còn câu hỏi này.", "gone")
    no = may(act, found.standing, by, is_reviewer)
    if no is not None:
        raise Refusal(no.sentence, no.code)
    return found


def note_deed(found: Question, kind: str, by: int | None, words: str = "", **more: Any) -> None:
    n = found.draft.n if found.draft else 0
    db.session.add(Deed(item_id=found.item.id, kind=kind, n=n, by=by, at=clock.now(), words=words, **more))
    db.session.flush()
