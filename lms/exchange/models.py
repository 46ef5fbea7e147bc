"""What was read out of a file of another system, kept until it is taken into the bank or thrown away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class QuestionImport(Base):
    __tablename__ = "question_import"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """The same by which the bank knows the drafts it brought."""
    file_name: Mapped[str]
    format: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="read")
    """read (dry run), keeping, kept or undone."""
    competency: Mapped[str] = mapped_column(default="")
    """Given to every question that names none."""
    usable: Mapped[int]
    refused: Mapped[int]
    told: Mapped[list[str]] = mapped_column(Json, default=list)
    """After an undo: which questions stay, and why."""


class QuestionImportRow(Base):
    """One question as it was found; emptied when its import is thrown away."""

    __tablename__ = "question_import_row"
    __table_args__ = (UniqueConstraint("import_id", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("question_import.id"))
    n: Mapped[int]
    is_usable: Mapped[bool]
    found: Mapped[dict[str, Any]] = mapped_column(Json)
    """As `flask questions import --json` prints it."""
    entry: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What the bank is given; empty where the question cannot be used."""
    item_id: Mapped[str | None]
    """What it became. No foreign key: an undo takes the question away and leaves the line."""
