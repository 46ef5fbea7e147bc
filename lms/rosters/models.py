"""What was imported, and what each row became, so that a corrected list updates and an import can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class RosterImport(Base):
    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    file_digest: Mapped[str]
    target: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What it was read for: {commune_id, village_id, site_id, school_year, class_name}."""
    started_at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="reading")
    """reading, read (dry run), applying, applied, undoing or undone."""
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """{rows, errors, notes, new, known} when read; {created, updated, unchanged} when applied; {kept} when undone."""
    reading: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """How the pages were understood: sheet, header row, headers by meaning."""


class RosterChunk(Base):
    """A part of a dry run: rows to apply, problems to show, or the workbook of rows to mend. Emptied when applied, gone
    after a day: it holds the list as it was sent."""

    __tablename__ = "roster_chunk"
    __table_args__ = (UniqueConstraint("import_id", "part", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    part: Mapped[str]
    """rows, problems or mend."""
    n: Mapped[int]
    body: Mapped[list[Any]] = mapped_column(Json)
    done_at: Mapped[datetime | None]


class RosterRow(Base):
    """What a row became: one line for each thing it made or changed, undone in the opposite order."""

    __tablename__ = "roster_row"
    __table_args__ = (Index("ix_roster_row_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    number: Mapped[int]
    act: Mapped[str]
    """created, updated or unchanged."""
    subject: Mapped[str]
    """unit, household, person, member, class, enrolment, team, team-member, team-village, class-teacher or role."""
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What an update left behind: restored only where it still stands."""
    undone_at: Mapped[datetime | None]
    kept: Mapped[str | None]
    """Why an undo left it alone."""


class RosterKey(Base):
    """By what a row is known again in a corrected list: digests; the day of birth they contain is kept nowhere else."""

    __tablename__ = "roster_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("roster_row.id"), index=True)
    key: Mapped[str] = mapped_column(index=True)
