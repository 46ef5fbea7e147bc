"""Every SELECT about practice. Published specs never change under one digest, so they are kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.db import db, fetch
from lms.people.queries import ids_read_through
from lms.practice.models import Practice, PracticeTrace, PracticeVersion


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


def traces_of(canonical_id: int, at_most: int = 50) -> list[PracticeTrace]:
    """What came in from a person lately, the latest first."""
    wanted = (
        select(PracticeTrace)
        .where(PracticeTrace.person_id.in_(ids_read_through([canonical_id])))
        .order_by(PracticeTrace.received_at.desc(), PracticeTrace.id)
        .limit(at_most)
    )
    return list(db.session.scalars(wanted))


def trace(id: UUID) -> PracticeTrace | None:
    return db.session.get(PracticeTrace, id)


def passed_practices(canonical_id: int) -> set[str]:
    """Practices a person passed without a hint at least once."""
    wanted = select(PracticeTrace.practice_id, PracticeTrace.verdict).where(
        PracticeTrace.person_id.in_(ids_read_through([canonical_id])), PracticeTrace.reason == ""
    )
    return {id for id, verdict in db.session.execute(wanted) if verdict["passed"] and not verdict["assisted"]}


@lru_cache(maxsize=256)
def _kept_spec(practice_id: str, digest: str) -> Mapping[str, Any] | None:
    rows = fetch(_SPEC, practice=practice_id, digest=digest)
    return rows[0].spec if rows else None


def _at(row: Any) -> PracticeAt:
    return PracticeAt(**{**row._mapping, "covers": tuple(row.covers)})
