"""What teachers write into the register, entry after entry, and mark sheets read from a file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class MarkSheet(Base):
    """A filled-in sheet as it was understood; only what it would write is kept, never the file nor the names in it."""

    __tablename__ = "mark_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    term: Mapped[str]
    file_name: Mapped[str]
    digest: Mapped[str]
    read_by: Mapped[int]
    read_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    entries: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{row, person, subject, mark, words}]"""
    problems: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{row, column, what, mend}]"""


class MarkEntry(Base):
    """One thing a teacher wrote about a pupil. Append-only: the latest of a subject and term holds, the others are history."""

    __tablename__ = "mark_entry"
    __table_args__ = (
        Index("ix_mark_entry_class_person", "class_id", "person_id"),
        CheckConstraint("mark IN ('', 'dat', 'chua-dat')", name="mark"),
    )
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    subject: Mapped[str]
    """A skill (s1 … s5), a module, or «chung» for a general remark."""
    term: Mapped[str]
    """hk1, hk2 or ca-nam."""
    mark: Mapped[str]
    """dat, chua-dat, or empty: the reckoned result stands."""
    words: Mapped[str]
    written_by: Mapped[int]
    written_at: Mapped[datetime]
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("mark_sheet.id"))
