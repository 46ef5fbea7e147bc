"""Freezing: what the statistics flag goes into no new recorded form until a reviewer has looked (assessment.md §7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from lms import clock
from lms.bank import queries
from lms.bank.actions.editing import note_deed, take
from lms.bank.models import Deed, Flagged
from lms.bank.queries.flagging import Verdict
from lms.bank.rules.freezing import reason
from lms.bank.rules.lifecycle import Act
from lms.db import db, writes
from lms.quizzes.models import Item
from lms.refusals import Refusal


@writes
def keep_flags(found: Sequence[Verdict], now: datetime) -> tuple[int, int]:
    """Remember what was found, and freeze what must be. Gives how many were frozen, and how many would have been but
    that their test could then no longer be drawn."""
    db.session.execute(delete(Flagged))
    frozen = held = 0
    for one in found:
        item = db.session.get(Item, one.item_id, with_for_update=True, populate_existing=True)
        if item is None or item.digest != one.digest:
            continue
        is_held = one.is_held and _is_dealt(item)
        if one.freezes and _is_dealt(item) and not is_held:
            _freeze(item, one, now)
            frozen += 1
        held += is_held
        db.session.add_all(
            Flagged(
                item_id=item.id, flag=str(flag), digest=one.digest, sittings=one.sittings, is_held=is_held, at=now
            )
            for flag in one.flags
        )  # fmt: skip
    return frozen, held


@writes
def freeze(item_id: str, by: int, words: str) -> None:
    """By hand: for a question somebody saw to be wrong before the figures did."""
    found = take(item_id, Act.FREEZE, by, is_reviewer=True)
    told = _reason(words)
    found.item.frozen_at, found.item.frozen_why = clock.now(), told
    note_deed(found, "frozen", by, told, digest=found.item.digest)


@writes
def lift(item_id: str, by: int, words: str) -> None:
    """A reviewer has looked: the same flags of the same wording freeze it no more."""
    found = take(item_id, Act.LIFT, by, is_reviewer=True)
    told, item = _reason(words), found.item
    flags = [one.flag for one in queries.flags_of([item_id]).get(item_id, []) if one.digest == item.digest]
    item.frozen_at, item.frozen_why = None, ""
    note_deed(found, "lifted", by, told, flags=flags, digest=item.digest)


def _freeze(item: Item, verdict: Verdict, now: datetime) -> None:
    item.frozen_at, item.frozen_why = now, reason(verdict.freezes)
    told = [str(flag) for flag in verdict.freezes]
    deed = Deed(item_id=item.id, kind="frozen", at=now, words=item.frozen_why, flags=told, digest=verdict.digest)
    db.session.add(deed)
    db.session.flush()


def _is_dealt(item: Item) -> bool:
    return item.status == "ghi-nhan" and item.retired_at is None and item.frozen_at is None


def _reason(words: str) -> str:
    if not words.strip():
        raise Refusal("Hãy ghi một câu vì sao.", "no-reason")
    return words.strip()[:500]
