"""Keeping a dry run until it is applied, a day at most; in small transactions, because a long list is megabytes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from lms import clock
from lms.db import db, writes
from lms.imports.problems import Kind
from lms.refusals import Refusal
from lms.rosters.actions.understanding import Understood
from lms.rosters.models import RosterChunk, RosterImport
from lms.rosters.queries.knowing import matches
from lms.rosters.queries.surroundings import Target
from lms.rosters.rules import CHUNK, PREVIEW_LIVES, PROBLEMS_IN_A_CHUNK, chunks

_PARTS_AT_ONCE = 40


def keep_reading(understood: Understood, file_name: str, digest: str, target: Target, actor_id: int) -> int:
    """Store a dry run; commits part by part and shows it only when whole. The caller's transaction must be a fresh one."""
    known = matches(understood.kind, understood.rows, target.site_id)
    for row in understood.rows:
        row["match"] = known.get(row["source_key"])
    counts = {**understood.counts, "known": len(known), "new": len(understood.rows) - len(known)}
    import_id = begin(understood, file_name, digest, target, counts, actor_id)
    db.session.commit()
    bodies: list[tuple[str, int, list[Any]]] = [
        *(("rows", n, list(part)) for n, part in enumerate(chunks(understood.rows, CHUNK))),
        *(("problems", n, list(part)) for n, part in enumerate(chunks(understood.problems, PROBLEMS_IN_A_CHUNK))),
        *(("mend", n, [piece]) for n, piece in enumerate(understood.mend)),
    ]
    for some in chunks(bodies, _PARTS_AT_ONCE):
        add_parts(import_id, some)
        db.session.commit()
    show(import_id)
    db.session.commit()
    return import_id


@writes
def begin(
    understood: Understood, file_name: str, digest: str, target: Target, counts: dict[str, int], actor_id: int
) -> int:
    discard_stale(clock.now())
    row = RosterImport(
        kind=str(understood.kind),
        file_name=file_name[:200],
        file_digest=digest,
        target=asdict(target),
        started_at=clock.now(),
        actor_id=actor_id,
        counts=counts,
        reading={"pages": understood.pages, "hint": str(understood.hint or ""), "school": understood.school},
    )
    db.session.add(row)
    db.session.flush()  # its parts name it
    return row.id


@writes
def add_parts(import_id: int, bodies: Sequence[tuple[str, int, list[Any]]]) -> None:
    rows = [{"import_id": import_id, "part": part, "n": n, "body": body} for part, n, body in bodies]
    db.session.execute(insert(RosterChunk), rows)


@writes
def show(import_id: int) -> None:
    """From here on the dry run can be seen and applied."""
    db.session.get_one(RosterImport, import_id).state = "read"


@writes
def aim_class(row: RosterImport, target: Target) -> None:
    """Choose school, year and class for a class list; who is already known is asked again for that school."""
    if row.state != "read":
        raise Refusal("Danh sách này đã được ghi rồi.", "state")
    row.target = asdict(target)
    parts = list(
        db.session.scalars(
            select(RosterChunk)
            .where(RosterChunk.import_id == row.id, RosterChunk.part == "rows")
            .order_by(RosterChunk.n)
        )
    )
    everyone = [one for part in parts for one in part.body]
    known = matches(Kind(row.kind), everyone, target.site_id)
    for part in parts:
        part.body = [{**one, "match": known.get(one["source_key"])} for one in part.body]
    row.counts = {**row.counts, "known": len(known), "new": len(everyone) - len(known)}


@writes
def discard(row: RosterImport) -> None:
    """Throw a dry run away; nothing of it remains."""
    if row.state not in ("reading", "read"):
        raise Refusal("Danh sách đã ghi thì dùng «Hoàn tác», không bỏ được.", "state")
    _forget([row.id])


@writes
def discard_stale(now: datetime) -> int:
    """A preview lives a day: it holds the list as it was sent. Applied imports lose their problems likewise."""
    old = RosterImport.started_at < now - PREVIEW_LIVES
    unused = select(RosterImport.id).where(old, RosterImport.state.in_(("reading", "read")))
    ids = list(db.session.scalars(unused.limit(50)))
    _forget(ids)
    done = select(RosterImport.id).where(old, RosterImport.state.in_(("applied", "undone")))
    db.session.execute(delete(RosterChunk).where(RosterChunk.import_id.in_(done)))
    return len(ids)


def _forget(ids: list[int]) -> None:
    if ids:
        db.session.execute(delete(RosterChunk).where(RosterChunk.import_id.in_(ids)))
        db.session.execute(delete(RosterImport).where(RosterImport.id.in_(ids)))
