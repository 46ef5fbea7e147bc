"""Two requests wanted the same at one instant; PostgreSQL let one through and told the other. The other is done anew.

SQLite lets one writer in at a time, so there nothing collides (docs/decisions/0082-done-anew.md).
"""

from collections.abc import Callable
from typing import TypeVar

from flask import g, request
from sqlalchemy.exc import DBAPIError

from lms.db import SAFE_METHODS, db

Answer = TypeVar("Answer")
TWIN, NOT_IN_A_ROW, DEADLOCK = "23505", "40001", "40P01"
"""SQLSTATE of a key that is there already, of a transaction that cannot be put in order, and of two waiting for each other
(PostgreSQL, Appendix A)."""


def answered(answer: Callable[[], Answer]) -> Answer:
    """What `answer` gives; where it collided with another request, what it gives the second time, when it sees what the
    other one left: the same form sent twice finds itself kept. Only once, so that a fault of ours is still a fault.
    """
    if request.method in SAFE_METHODS:
        return answer()
    lines = len(g.get("journal", ()))
    try:
        return _flushed(answer())
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") not in (TWIN, NOT_IN_A_ROW, DEADLOCK):
            raise
        db.session.rollback()
        del g.get("journal", [])[lines:]
        for upload in request.files.values():
            upload.stream.seek(0)
        return _flushed(answer())


def _flushed(given: Answer) -> Answer:
    """What the act left for the commit collides here, where it can be done anew."""
    db.session.flush()
    return given
