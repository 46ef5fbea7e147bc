"""Concluding everything afresh from the facts: to mend, or only to compare."""

from lms import completion
from lms.db import db, give_way

CHUNK = 40
"""Small, because each chunk holds the write lock: people saving at that moment wait a third of a second, not three."""


def replayed(people: list[int], households: list[int], keep: bool) -> int:
    """Conclude these afresh, a chunk a transaction; returns how many conclusions changed. Without `keep`, nothing stays."""
    changed = 0
    for start in range(0, len(people), CHUNK):
        changed += len(completion.conclude_people(people[start : start + CHUNK]))
        _finish(keep)
    for start in range(0, len(households), CHUNK):
        changed += len(completion.conclude_households(households[start : start + CHUNK]))
        _finish(keep)
    return changed


def _finish(keep: bool) -> None:
    if keep:
        db.session.commit()
    else:
        db.session.rollback()
    give_way()
