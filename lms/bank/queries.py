"""Every SELECT about drafts."""

from uuid import UUID

from sqlalchemy import select

from lms.bank.models import Deed, Draft
from lms.db import db
from lms.skills.queries import framework

__all__ = ["drafts_of_import", "framework", "is_met"]


def drafts_of_import(import_id: UUID) -> list[Draft]:
    return list(db.session.scalars(select(Draft).where(Draft.import_id == import_id).order_by(Draft.item_id)))


def is_met(item_id: str) -> bool:
    """Whether more was done with a draft than to add it, or another question was copied from it."""
    done = select(Deed.id).where(Deed.item_id == item_id, Deed.kind != "made").limit(1)
    copied = select(Draft.item_id).where(Draft.copied_from == item_id).limit(1)
    return db.session.scalar(done) is not None or db.session.scalar(copied) is not None
