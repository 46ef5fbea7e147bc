"""Concluding everybody who waits for the ruleset last come into force: for the command and for upkeep."""

from lms.db import db, give_way
from lms.rulesets import actions

CHUNK = 40
"""Small, because each chunk holds the write lock."""


def conclude_all() -> int:
    """A chunk a transaction; says how many people."""
    done = 0
    while count := actions.conclude_stale(CHUNK):
        db.session.commit()
        give_way()
        done += count
    db.session.rollback()
    return done
