"""Mark sheets that were read and wait to be written."""

from sqlalchemy import select

from lms.db import db
from lms.gradebooks.models import MarkSheet


def sheet_of(class_id: int, sheet_id: int, reader_id: int) -> MarkSheet | None:
    """A sheet of this class, for whoever had it read."""
    wanted = select(MarkSheet).where(
        MarkSheet.id == sheet_id, MarkSheet.class_id == class_id, MarkSheet.read_by == reader_id
    )
    return db.session.scalar(wanted)
