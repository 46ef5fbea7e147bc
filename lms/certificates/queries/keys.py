"""The issuer's public keys."""

from sqlalchemy import select

from lms.certificates.models import IssuerKey
from lms.db import db


def newest() -> IssuerKey | None:
    return db.session.scalars(select(IssuerKey).order_by(IssuerKey.from_at.desc(), IssuerKey.id).limit(1)).first()


def all_keys() -> list[IssuerKey]:
    return list(db.session.scalars(select(IssuerKey).order_by(IssuerKey.from_at, IssuerKey.id)))


def by_id(key_id: str) -> IssuerKey | None:
    return db.session.get(IssuerKey, key_id)
