"""Imports as they were kept: whose they are, their parts, what they became."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db
from lms.people.models import Account, Person
from lms.rosters.models import RosterChunk, RosterImport, RosterRow
from lms.rosters.rules import PREVIEW_LIVES


def visible_to(actor: Actor) -> Select[RosterImport]:
    """One's own imports; every one for administrators."""
    wanted: Select[RosterImport] = select(RosterImport).where(RosterImport.state != "reading")
    return wanted if actor.holds(Role.ADMIN) else wanted.where(RosterImport.actor_id == actor.person_id)


def listed(actor: Actor, now: datetime) -> Select[RosterImport]:
    """Those worth listing: a preview older than a day is as good as gone."""
    stale = (RosterImport.state == "read") & (RosterImport.started_at < now - PREVIEW_LIVES)
    return visible_to(actor).where(~stale)


def import_for(actor: Actor, import_id: int, now: datetime) -> RosterImport | None:
    """One of the actor's imports; a preview older than a day is gone already."""
    row: RosterImport | None = db.session.scalar(visible_to(actor).where(RosterImport.id == import_id))
    return None if row and row.state == "read" and row.started_at < now - PREVIEW_LIVES else row


def progress(import_id: int) -> tuple[int, int]:
    """(parts applied, parts in all)."""
    counted = select(func.count(RosterChunk.done_at), func.count()).where(
        RosterChunk.import_id == import_id, RosterChunk.part == "rows"
    )
    done, whole = db.session.execute(counted).one()
    return done, whole


def problems(import_id: int, n: int) -> list[dict[str, Any]]:
    """One part of the problems, in the order of the list."""
    wanted = select(RosterChunk.body).where(
        RosterChunk.import_id == import_id, RosterChunk.part == "problems", RosterChunk.n == n
    )
    return db.session.scalar(wanted) or []


def parts(import_id: int, part: str) -> list[list[Any]]:
    """All parts of one kind, in order."""
    wanted = select(RosterChunk.body).where(RosterChunk.import_id == import_id, RosterChunk.part == part)
    return list(db.session.scalars(wanted.order_by(RosterChunk.n)))


def has_part(import_id: int, part: str) -> bool:
    wanted = select(RosterChunk.id).where(RosterChunk.import_id == import_id, RosterChunk.part == part)
    return db.session.scalar(wanted.limit(1)) is not None


def kept_rows(import_id: int) -> list[RosterRow]:
    """What an undo could not take back."""
    wanted = select(RosterRow).where(RosterRow.import_id == import_id, RosterRow.kept.is_not(None))
    return list(db.session.scalars(wanted.order_by(RosterRow.number, RosterRow.id).limit(500)))


def people_without_account(import_id: int) -> list[Person]:
    """Those an import brought or touched who cannot sign in yet, by name."""
    ids = select(RosterRow.subject_id).where(
        RosterRow.import_id == import_id, RosterRow.subject == "person", RosterRow.undone_at.is_(None)
    )
    have = select(Account.person_id)
    wanted = select(Person).where(Person.id.in_(ids), Person.id.not_in(have)).order_by(Person.name_key, Person.id)
    return list(db.session.scalars(wanted))


def names_of(person_ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(person_ids)))
    return {id: name for id, name in rows}
