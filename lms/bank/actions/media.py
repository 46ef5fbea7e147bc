"""Pictures and recordings: kept by the name of their bytes, noted with the questions that name them, cleared away unused."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from lms import clock
from lms.bank.models import Medium, MediumUse
from lms.bank.queries import media
from lms.bank.rules.media import named_in
from lms.db import db, writes
from lms.documents.media import Medium as Cleaned

UNUSED_LIVES = timedelta(days=2)
"""Longer than a dry run of an import, which names it before any question does."""


@writes
def keep(found: Cleaned, by: int) -> str:
    """Its name; the same bytes are kept once."""
    if not media.known([found.name]):
        db.session.add(Medium(name=found.name, content=found.content, made_by=by, made_at=clock.now()))
        db.session.flush()
    return found.name


@writes
def note_uses(item_id: str, body: Mapping[str, Any]) -> None:
    for name in media.known(list(named_in(body).values())):
        if db.session.get(MediumUse, (name, item_id)) is None:
            db.session.add(MediumUse(name=name, item_id=item_id))
    db.session.flush()


@writes
def clear_unused(now: datetime) -> int:
    names = media.unused(now - UNUSED_LIVES)
    db.session.execute(delete(Medium).where(Medium.name.in_(names)))
    return len(names)
