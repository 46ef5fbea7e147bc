"""Every SELECT about practice. Published specs never change under one digest, so they are kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal, select, tuple_

from lms.db import db, fetch
from lms.people.queries import ids_read_through
from lms.practice.models import Practice, PracticeTrace, PracticeVersion
from lms.practice.rules.radar import Radar, has_radar
from lms.web.paging import Page, read_mark, write_mark


@dataclass(frozen=True)
class PracticeAt:
    """A practice on its shelf."""

    id: str
    skill_id: str
    title: str
    minutes: int
    digest: str
    course: str
    lesson: str
    step: str
    covers: tuple[str, ...]


@dataclass(frozen=True)
class RadarRun:
    practice_id: str
    received_at: datetime
    radar: Radar


RADAR_RUNS = 50
"""What somebody could tell apart years ago says little about today."""
_COLUMNS = (
    Practice.id,
    Practice.skill_id,
    Practice.title,
    Practice.minutes,
    Practice.digest,
    Practice.course,
    Practice.lesson,
    Practice.step,
    Practice.covers,
)
_SHELF = select(*_COLUMNS).where(Practice.retired_at.is_(None)).order_by(Practice.skill_id, Practice.position)
_ONE = _SHELF.where(Practice.id == bindparam("practice"))
_SPEC = select(PracticeVersion.spec).where(
    PracticeVersion.practice_id == bindparam("practice"), PracticeVersion.digest == bindparam("digest")
)


def shelf() -> list[PracticeAt]:
    """Every practice on offer, by skill."""
    return [_at(row) for row in fetch(_SHELF)]


def practice(id: str) -> PracticeAt | None:
    rows = fetch(_ONE, practice=id)
    return _at(rows[0]) if rows else None


def spec(practice_id: str, digest: str) -> Mapping[str, Any] | None:
    """The spec of a version, also of one no longer offered."""
    known = _kept_spec(practice_id, digest)
    if known is None:
        _kept_spec.cache_clear()  # it may be published in the next moment
    return known


def own_trace(id: UUID, canonical_id: int) -> PracticeTrace | None:
    row = db.session.get(PracticeTrace, id)
    return row if row is not None and row.person_id in ids_read_through([canonical_id]) else None


def traces_of(canonical_id: int, mark: str | None, size: int) -> Page[PracticeTrace]:
    """What came in from a person, the latest first, a page at a time."""
    newest = (PracticeTrace.received_at, PracticeTrace.id)
    wanted = select(PracticeTrace).where(PracticeTrace.person_id.in_(ids_read_through([canonical_id])))
    after = _moment_and_id(read_mark(mark, 2))
    if after is not None:
        wanted = wanted.where(
            tuple_(*newest) < tuple_(*(literal(v, c.type) for v, c in zip(after, newest, strict=True)))
        )
    rows = list(db.session.scalars(wanted.order_by(*(column.desc() for column in newest)).limit(size + 1)))
    more = len(rows) > size
    last = rows[size - 1] if more else None
    return Page(rows[:size], write_mark([last.received_at.isoformat(), str(last.id)]) if last else None)


def radar_runs(canonical_id: int, at_most: int = RADAR_RUNS) -> list[RadarRun]:
    """The latest runs in which a person told scams from genuine things."""
    telling = [one.id for one in shelf() if (said := spec(one.id, one.digest)) is not None and has_radar(said)]
    wanted = (
        select(PracticeTrace.practice_id, PracticeTrace.received_at, PracticeTrace.verdict)
        .where(
            PracticeTrace.person_id.in_(ids_read_through([canonical_id])),
            PracticeTrace.practice_id.in_(telling),
            PracticeTrace.reason == "",
        )
        .order_by(PracticeTrace.received_at.desc(), PracticeTrace.id.desc())
        .limit(at_most)
    )
    rows = db.session.execute(wanted).all() if telling else ()
    return [RadarRun(id, at, Radar(*verdict["radar"])) for id, at, verdict in rows if "radar" in verdict]


def trace(id: UUID) -> PracticeTrace | None:
    return db.session.get(PracticeTrace, id)


def passed_practices(canonical_id: int) -> set[str]:
    """Practices a person passed without a hint at least once."""
    wanted = select(PracticeTrace.practice_id, PracticeTrace.verdict).where(
        PracticeTrace.person_id.in_(ids_read_through([canonical_id])), PracticeTrace.reason == ""
    )
    return {id for id, verdict in db.session.execute(wanted) if verdict["passed"] and not verdict["assisted"]}


def _moment_and_id(mark: list[Any] | None) -> tuple[datetime, UUID] | None:
    """Nothing where the mark is spoilt: the list begins anew."""
    try:
        return (datetime.fromisoformat(mark[0]), UUID(mark[1])) if mark else None
    except (TypeError, ValueError, AttributeError):
        return None


@lru_cache(maxsize=256)
def _kept_spec(practice_id: str, digest: str) -> Mapping[str, Any] | None:
    rows = fetch(_SPEC, practice=practice_id, digest=digest)
    return rows[0].spec if rows else None


def _at(row: Any) -> PracticeAt:
    return PracticeAt(**{**row._mapping, "covers": tuple(row.covers)})
