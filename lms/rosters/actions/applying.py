"""Applying a dry run chunk by chunk, each in its own short transaction: a process that dies leaves whole chunks behind,
and the import goes on where it stopped, or is undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from lms import clock
from lms.db import db, writes
from lms.imports.problems import Kind
from lms.refusals import Refusal
from lms.rosters.actions import classes, households, staff, villages
from lms.rosters.actions.recording import Row, Work
from lms.rosters.models import RosterChunk, RosterImport
from lms.rosters.rules import may_become

APPLY: dict[Kind, Callable[[Work, Sequence[Row]], None]] = {
    Kind.VILLAGES: villages.apply,
    Kind.HOUSEHOLDS: households.apply,
    Kind.CLASS: classes.apply,
    Kind.STAFF: staff.apply,
}
_MOST_REFUSED = 500


@dataclass(frozen=True)
class Step:
    finished: bool


@writes
def apply_next(import_id: int) -> Step:
    """The next chunk; the caller commits and asks again until finished."""
    roster = db.session.get(RosterImport, import_id, with_for_update=True, populate_existing=True)
    if roster is None or not may_become(roster.state, "applying"):
        raise Refusal("Danh sách này không còn chờ ghi.", "state")
    roster.state = "applying"
    chunk = db.session.scalar(
        select(RosterChunk)
        .where(RosterChunk.import_id == import_id, RosterChunk.part == "rows", RosterChunk.done_at.is_(None))
        .order_by(RosterChunk.n)
        .limit(1)
    )
    if chunk is None:
        return _finish(roster)
    work = Work(roster, clock.today())
    APPLY[Kind(roster.kind)](work, chunk.body)
    counts = dict(roster.counts)
    for act, number in work.counts.items():
        counts[act] = counts.get(act, 0) + number
    counts["refusals"] = [*counts.get("refusals", []), *work.refused][:_MOST_REFUSED]
    roster.counts = counts
    chunk.done_at, chunk.body = clock.now(), []
    return Step(finished=False)


def _finish(roster: RosterImport) -> Step:
    roster.state, roster.finished_at = "applied", clock.now()
    db.session.execute(delete(RosterChunk).where(RosterChunk.import_id == roster.id, RosterChunk.part == "rows"))
    return Step(finished=True)
