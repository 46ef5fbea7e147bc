"""A month's draw of awards to be seen again, its lines, and what was found."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class RecheckDraw(Base):
    """Made once for a unit and month, with its seed: anybody can draw the same lines again."""

    __tablename__ = "recheck_draw"
    __table_args__ = (UniqueConstraint("unit_id", "month"),)
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date]
    """Its first day."""
    seed: Mapped[str]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drawn_at: Mapped[datetime]


class RecheckItem(Base):
    """One award to be seen again by another person."""

    __tablename__ = "recheck_item"
    __table_args__ = (UniqueConstraint("draw_id", "observation_id"),)
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("recheck_draw.id"))
    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observation.id"), index=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    factor: Mapped[int]
    """1, or 2 and 4 where further kin or a reader stood."""
    out_of: Mapped[int]
    """Awards of the same witness and factor in that month."""
    due_on: Mapped[date]


class RecheckResult(Base):
    """What somebody found. Another result is a new row; the latest counts."""

    __tablename__ = "recheck_result"
    __table_args__ = (CheckConstraint("finding IN ('agrees', 'differs', 'not-done')", name="known_finding"),)
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made by the device."""
    item_id: Mapped[int] = mapped_column(ForeignKey("recheck_item.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    finding: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
