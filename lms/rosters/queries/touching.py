"""Whether something an import made is used by now: every foreign key of the house that points at it is asked."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.db import db, pointed_at
from lms.rosters.models import RosterImport, RosterRow
from lms.rosters.queries.knowing import LIVE

OWN = {
    "household": {"household_place.household_id", "household_spell.household_id"},
}
"""Rows that belong to the thing itself and go with it."""


def used(table: str, ids: Sequence[int]) -> set[int]:
    """Which of these rows something else points at."""
    return pointed_at(table, ids, OWN.get(table, frozenset()))


def later_import(roster: RosterImport) -> RosterImport | None:
    """A later import, still standing, that touched the same people or places."""
    mine = select(RosterRow.subject, RosterRow.subject_id).where(RosterRow.import_id == roster.id).subquery()
    wanted = (
        select(RosterImport)
        .join(RosterRow, RosterRow.import_id == RosterImport.id)
        .join(mine, (mine.c.subject == RosterRow.subject) & (mine.c.subject_id == RosterRow.subject_id))
        .where(RosterImport.id > roster.id, RosterImport.state.in_(LIVE), RosterRow.undone_at.is_(None))
        .order_by(RosterImport.id.desc())
        .limit(1)
    )
    return db.session.scalar(wanted)
