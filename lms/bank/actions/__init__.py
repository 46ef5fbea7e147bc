"""Every write about drafts: added, brought in, and taken back again."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from lms import clock
from lms.bank import queries
from lms.bank.actions.media import note_uses
from lms.bank.models import Deed, Draft, MediumUse, Version
from lms.db import db, writes
from lms.library.questions import MADE_HERE
from lms.quizzes.models import Item
from lms.quizzes.publishing import shown_as
from lms.refusals import Refusal
from lms.skills.queries import framework

ORIGINS = ("browser", "import")
SHELF_MARKS = ("id", "status")
"""Keys of a question in a file that the bank itself keeps for a draft."""
MOST_LETTERS = 100_000
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    gone: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    """(id, why it stays)."""


@writes
def add_draft(
    body: Mapping[str, Any],
    *,
    origin: str,
    by: int,
    import_id: UUID | None = None,
    source: str = "",
    copied_from: str | None = None,
) -> Item:
    """A new question as a draft; `body` has the keys of one entry of questions.yaml and may still have faults.

    It gets an id of its own, whatever the body says; nobody but authors meets it until a second person has approved it.
    """
    if origin not in ORIGINS:
        raise ValueError(f"origin: {origin}")
    now = clock.now()
    item = Item(id=_new_id(), origin=origin, status="nhap", digest="", pool="luyen")
    kept = kept_body(body)
    put_on_shelf(item, kept)
    db.session.add(item)
    db.session.flush()
    db.session.add(
        Draft(
            item_id=item.id, state="draft", n=1, made_by=by, made_at=now,
            import_id=import_id, source=source, copied_from=copied_from,
        )
    )  # fmt: skip
    db.session.add(Version(item_id=item.id, n=1, body=kept, by=by, at=now))
    db.session.add(Deed(item_id=item.id, kind="made", n=1, by=by, at=now, words=source))
    db.session.flush()
    note_uses(item.id, kept)
    return item


@writes
def withdraw_import(import_id: UUID, by: int) -> Withdrawn:
    """Take back what one import brought: drafts as they came. What somebody worked on since stays, and is named."""
    gone, kept = [], []
    for draft in queries.drafts_of_import(import_id):
        why = _why_it_stays(draft, by)
        if why:
            kept.append((draft.item_id, why))
        else:
            gone.append(draft.item_id)
    for table in (MediumUse, Deed, Version, Draft):
        db.session.execute(delete(table).where(table.item_id.in_(gone)))
    db.session.execute(delete(Item).where(Item.id.in_(gone)))
    return Withdrawn(tuple(gone), tuple(kept))


def kept_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an author wrote, without what the bank keeps itself; refused where it is far too long for a question."""
    kept = {key: value for key, value in body.items() if key not in SHELF_MARKS}
    if len(repr(kept)) > MOST_LETTERS:
        raise Refusal("Câu hỏi này dài quá. Hãy chia thành nhiều câu ngắn.", "too-long")
    return kept


def put_on_shelf(item: Item, body: Mapping[str, Any]) -> None:
    """The marks by which lists find a question, read as well as its body allows."""
    competency = str(body.get("competency") or "")
    known = {one.id: one.skill_id for one in framework().competencies}
    item.competency_id = competency if competency in known else None
    item.skill_id = known.get(competency)
    item.type = str(body.get("type") or "")
    level = str(body.get("level") or "")
    item.level = int(level) if level in ("1", "2", "3") else 1
    item.is_critical = str(body.get("critical") or "").lower() == "true"
    item.pool = "ghi-nhan" if body.get("pool") == "ghi-nhan" else "luyen"
    shown = shown_as(item.id, body)
    item.label, item.words = shown["label"], shown["words"]


def _new_id() -> str:
    return MADE_HERE + "".join(secrets.choice(_ALPHABET) for _ in range(8))


def _why_it_stays(draft: Draft, by: int) -> str:
    if draft.made_by != by:
        return "người khác nhập câu này"
    if draft.approved_n or draft.state != "draft":
        return "đã gửi duyệt hoặc đã duyệt"
    if draft.n > 1:
        return "đã có người sửa"
    return "" if not queries.is_met(draft.item_id) else "đã có người làm"
