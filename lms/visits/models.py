"""Visits: what was written down of them, append-only, and what stands."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class VisitEvent(Base):
    """A visit as written down, its correction or its withdrawal. Never changed."""

    __tablename__ = "visit_event"
    __table_args__ = (CheckConstraint("act IN ('visited', 'corrected', 'withdrawn')", name="known_act"),)
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made by the device."""
    visit_id: Mapped[UUID] = mapped_column(index=True)
    """Of the visit it speaks of: the id of its first event."""
    act: Mapped[str]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    """Empty of a withdrawal."""
    at: Mapped[datetime]
    """By the clock of the device."""
    received_at: Mapped[datetime]


class Visit(Base):
    """What stands of a visit: derived from its events by `rules.standing`, and made anew with every one of them."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_household", "household_id", "visited_on"),
        Index("ix_visit_by", "by_id", "visited_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    visited_on: Mapped[date]
    next_on: Mapped[date | None]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
