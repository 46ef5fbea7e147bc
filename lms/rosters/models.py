"""What was imported, and what each row became, so that a corrected list updates and an import can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class RosterImport(Base):
    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    file_digest: Mapped[str]
    target: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The unit, site or class it was read for."""
    started_at: Mapped[datetime]
    actor_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="read")
    """read (dry run), applied or undone."""
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    reading: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The parsed rows of a dry run, until applied or a day old."""


class RosterRow(Base):
    """What a row became. `source_key` is a digest; the day of birth it may contain is kept nowhere else."""

    __tablename__ = "roster_row"
    __table_args__ = (Index("ix_roster_row_key", "source_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    number: Mapped[int]
    source_key: Mapped[str]
    act: Mapped[str]
    """created, updated or unchanged."""
    subject: Mapped[str]
    """unit, person, household, member, account …"""
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
