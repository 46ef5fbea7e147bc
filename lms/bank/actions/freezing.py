"""Freezing: what the statistics flag goes into no new recorded form until a reviewer has looked (assessment.md §7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from lms import clock
from lms.bank import queries
from lms.bank.actions.editing import note_deed, take
from lms.bank.models import Flagged
from lms.bank.queries.forms import can_do_without
from lms.bank.rules.freezing import reason, to_freeze
from lms.bank.rules.lifecycle import Act
from lms.db import db, writes
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Item
from lms.quizzes.queries.figures import about, first_sittings
from lms.quizzes.rules.statistics.figures import QuestionFigures, question_figures
from lms.refusals import Refusal

Seen = tuple[str, QuestionFigures]
"""The skill of a test, and the figures of one of its questions in its present wording."""


def flagged_now() -> list[Seen]:
    """What the statistics of every skill's test say now of questions in use. Read outside of any write transaction."""
    digests = {
        id: digest for id, digest in db.session.execute(select(Item.id, Item.digest).where(Item.retired_at.is_(None)))
    }
    found: list[Seen] = []
    for test in quizzes.quizzes():
        if test.kind == "skill" and test.skill_id:
            sat, items = first_sittings(test.id, None)
            for one in question_figures(sat, about(items)):
                if one.flags and digests.get(one.key[0]) == one.key[1]:
                    found.append((test.skill_id, one))
    return found


@writes
def keep_flags(found: Sequence[Seen], now: datetime) -> tuple[int, int]:
    """Remember what was found, and freeze what must be. Gives how many were frozen, and how many would have been but
    that their test could then no longer be drawn."""
    db.session.execute(delete(Flagged))
    frozen = held = 0
    for skill_id, one in found:
        item_id, digest = one.key
        item = db.session.get(Item, item_id, with_for_update=True)
        if item is None or item.digest != digest:
            continue
        flags = to_freeze(one.flags, queries.lifted_flags(item_id, digest))
        is_held = bool(flags) and _is_dealt(item) and not can_do_without([item_id], skill_id)
        if flags and _is_dealt(item) and not is_held:
            item.frozen_at, item.frozen_why = now, reason(flags)
            question = queries.locked_question(item_id)
            if question is not None:
                told = [str(flag) for flag in flags]
                note_deed(question, "frozen", None, item.frozen_why, flags=told, digest=digest)
            frozen += 1
        held += is_held
        db.session.add_all(
            Flagged(item_id=item_id, flag=str(flag), digest=digest, sittings=one.n, is_held=is_held, at=now)
            for flag in one.flags
        )
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


def _is_dealt(item: Item) -> bool:
    return item.status == "ghi-nhan" and item.retired_at is None and item.frozen_at is None


def _reason(words: str) -> str:
    if not words.strip():
        raise Refusal("Hãy ghi một câu vì sao.", "no-reason")
    return words.strip()[:500]
