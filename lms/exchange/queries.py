"""Every SELECT about imports of questions, and the questions that go out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select

from lms.access.actor import Actor
from lms.bank.models import Draft, Version
from lms.bank.queries import listing, media
from lms.bank.rules.media import named_in
from lms.bank.rules.writing import as_written
from lms.db import db
from lms.exchange.formats.attached import Taking, of_entry
from lms.exchange.formats.entries import found_of
from lms.exchange.formats.found import Found
from lms.exchange.models import QuestionImport, QuestionImportRow
from lms.quizzes.models import Item, ItemVersion
from lms.web.paging import Page, page_of

PREVIEW_LIVES = timedelta(days=1)
SIZE = 20
MOST_OUT = 500
"""Questions in one file that goes out."""
MOST_FILES = 100
"""Pictures and recordings in it: 30 MB at most."""


def visible_to(actor: Actor) -> Select[QuestionImport]:
    """One's own: a file may hold keys that nobody else has a right to."""
    return select(QuestionImport).where(QuestionImport.by == actor.person_id)


def listed(actor: Actor, now: datetime) -> list[QuestionImport]:
    """The newest of one's own; a dry run older than a day is as good as gone."""
    newest = visible_to(actor).where(~_stale(now)).order_by(QuestionImport.at.desc(), QuestionImport.id).limit(SIZE)
    return list(db.session.scalars(newest))


def import_for(actor: Actor, import_id: UUID, now: datetime) -> QuestionImport | None:
    found: QuestionImport | None = db.session.scalar(
        visible_to(actor).where(QuestionImport.id == import_id, ~_stale(now))
    )
    return found


def import_by_id(import_id: UUID) -> QuestionImport | None:
    """Whoever's it is: for the command line."""
    return db.session.get(QuestionImport, import_id)


def locked_import(import_id: UUID) -> QuestionImport:
    """For an act: the row is locked first and read afresh after it."""
    return db.session.get_one(QuestionImport, import_id, with_for_update=True, populate_existing=True)


def rows(import_id: UUID, mark: str | None, only_problems: bool) -> Page[QuestionImportRow]:
    wanted = select(QuestionImportRow).where(QuestionImportRow.import_id == import_id)
    if only_problems:
        wanted = wanted.where(~QuestionImportRow.is_usable)
    return page_of(wanted, (QuestionImportRow.n,), mark, SIZE, lambda row: (row.n,), scalars=True)


def waiting_rows(import_id: UUID, most: int) -> Sequence[QuestionImportRow]:
    """Those that can be used and are not in the bank yet."""
    wanted = select(QuestionImportRow).where(
        QuestionImportRow.import_id == import_id, QuestionImportRow.is_usable, QuestionImportRow.item_id.is_(None)
    )
    return list(db.session.scalars(wanted.order_by(QuestionImportRow.n).limit(most)))


def stale_ids(by: int, now: datetime) -> list[UUID]:
    return list(db.session.scalars(select(QuestionImport.id).where(QuestionImport.by == by, _stale(now))))


def going_out(actor: Actor, wanted: listing.Filter, with_drafts: bool) -> list[Found]:
    """What a filter of the bank finds, within what somebody may see, ready to be written."""
    return founds(listing.every(actor, wanted, MOST_OUT + 1), with_drafts)


def all_going_out(skill: str, with_drafts: bool) -> list[Found]:
    """Every question that is not put away: for the command line, which may see all."""
    wanted = select(Item).where(Item.retired_at.is_(None)).order_by(Item.id)
    items = db.session.scalars(wanted.where(Item.skill_id == skill) if skill else wanted)
    return founds(list(items), with_drafts)


def founds(items: Sequence[Item], with_drafts: bool) -> list[Found]:
    """The version in use of each; with drafts, the newest. What has neither stays out."""
    kept, written = _published(items), _written(items, with_drafts)
    contents = _files([*kept.values(), *written.values()])
    taking = Taking()
    told = []
    for item in items:
        entry = written.get(item.id) or kept.get(item.id)
        if entry:
            try:
                found = found_of(entry, item.id, item.competency_id or "")
                told.append(replace(found, files=of_entry(entry, contents, taking)))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue  # a draft that is not yet a question
    return told


def _files(entries: Sequence[dict[str, object]]) -> dict[str, bytes]:
    """What the questions show and play, as far as it is kept here and a file that goes out may hold it."""
    names = [name for entry in entries for name in named_in(entry).values()]
    return media.contents(list(dict.fromkeys(names))[:MOST_FILES])


def _published(items: Sequence[Item]) -> dict[str, dict[str, object]]:
    ids = [item.id for item in items if item.digest]
    wanted = (
        select(ItemVersion.item_id, ItemVersion.body)
        .join(Item, and_(Item.id == ItemVersion.item_id, Item.digest == ItemVersion.digest))
        .where(Item.id.in_(ids))
    )
    return {item_id: as_written(body) for item_id, body in db.session.execute(wanted)}


def _written(items: Sequence[Item], with_drafts: bool) -> dict[str, dict[str, object]]:
    """Of what was made here, what its author wrote."""
    n = Draft.n if with_drafts else Draft.approved_n
    wanted = (
        select(Version.item_id, Version.body)
        .join(Draft, and_(Draft.item_id == Version.item_id, Version.n == n))
        .where(Version.item_id.in_([item.id for item in items]))
    )
    return {item_id: dict(body) for item_id, body in db.session.execute(wanted)}


def _stale(now: datetime) -> ColumnElement[bool]:
    return and_(QuestionImport.state == "read", QuestionImport.at < now - PREVIEW_LIVES)
