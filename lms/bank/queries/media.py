"""Every SELECT about pictures and recordings of questions, and who may see them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select

from lms.access.actor import Actor
from lms.access.rules import Right
from lms.bank.models import Medium, MediumUse
from lms.bank.queries import visible_to
from lms.bank.rules.media import asked_with, shows
from lms.db import db
from lms.people.queries import ids_read_through
from lms.quizzes.models import Attempt, Item, ItemVersion

PRACTICE = "luyen"


def known(names: Collection[str]) -> set[str]:
    return set(db.session.scalars(select(Medium.name).where(Medium.name.in_(names)))) if names else set()


def contents(names: Collection[str]) -> dict[str, bytes]:
    wanted = select(Medium.name, Medium.content).where(Medium.name.in_(names))
    return {name: content for name, content in db.session.execute(wanted)} if names else {}


def content(name: str) -> bytes | None:
    found: bytes | None = db.session.scalar(select(Medium.content).where(Medium.name == name))
    return found


def is_open(name: str) -> bool:
    """Asked in practice, where lessons are public."""
    return any(is_practice for _item_id, _digest, is_practice in _versions(name))


def is_visible(name: str, reader: Actor) -> bool:
    """To whom it was put in a test, who wrote it, and who may see a question that names it."""
    if reader.may(Right.WRITE_QUESTIONS) and _is_on_the_desk(name, reader):
        return True
    versions = {(item_id, digest) for item_id, digest, _is_practice in _versions(name)}
    if not versions:
        return False
    people = list(ids_read_through([reader.canonical_id]))
    return asked_with(db.session.scalars(select(Attempt.form).where(Attempt.person_id.in_(people))), versions)


def unused(before: datetime) -> list[str]:
    """Sent and never kept with a question."""
    no_question = ~exists().where(MediumUse.name == Medium.name)
    return list(db.session.scalars(select(Medium.name).where(Medium.made_at < before, no_question)))


def _versions(name: str) -> list[tuple[str, str, bool]]:
    """(item, digest, whether it was or is asked in practice) of every published version that has the file."""
    wanted = (
        select(ItemVersion.item_id, ItemVersion.digest, ItemVersion.body, Item.pool, Item.digest == ItemVersion.digest)
        .join(MediumUse, MediumUse.item_id == ItemVersion.item_id)
        .join(Item, Item.id == ItemVersion.item_id)
        .where(MediumUse.name == name)
    )
    return [
        (item_id, digest, body.get("pool") == PRACTICE or (pool == PRACTICE and is_in_use))
        for item_id, digest, body, pool, is_in_use in db.session.execute(wanted)
        if shows(body, name)
    ]


def _is_on_the_desk(name: str, author: Actor) -> bool:
    own = select(Medium.name).where(Medium.name == name, Medium.made_by == author.person_id)
    used = (
        select(Item.id)
        .join(MediumUse, MediumUse.item_id == Item.id)
        .where(MediumUse.name == name, visible_to(author))
        .limit(1)
    )
    return db.session.scalar(own) is not None or db.session.scalar(used) is not None
