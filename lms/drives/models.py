"""Drives, the villages they go through, and the record signed when they close."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Drive(Base):
    """So many households to be opened in these villages between two days. Never changed once written; it may be called off
    before it begins."""

    __tablename__ = "drive"
    __table_args__ = (
        CheckConstraint("until_on > from_on", name="dates"),
        CheckConstraint("target > 0", name="target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The commune."""
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date]
    """The first day after its last."""
    target: Mapped[int]
    """Households more than at the start."""
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]
    called_off_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    called_off_at: Mapped[datetime | None]


class DriveVillage(Base):
    __tablename__ = "drive_village"

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)


class DriveRecord(Base):
    """What was reached, as signed when the drive was closed. Append-only: later figures do not change it."""

    __tablename__ = "drive_record"
    append_only = True

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    """The drive, its villages with their figures, the words and who signed: all that the page shows."""
    digest: Mapped[str]
    """SHA-256 of the body, so that a row changed behind our back is seen."""
    signed_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime]
