"""Every SELECT about persons, accounts and sign-ins."""

from sqlalchemy import select

from lms.db import db
from lms.people.models import Account
from lms.vietnamese import clean


def account_named(username: str) -> Account | None:
    """The account of a sign-in name; names are kept in lower case."""
    return db.session.scalar(select(Account).where(Account.username == clean(username).lower()))
