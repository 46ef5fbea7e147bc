"""Entries of the directory and offers. What stands in one is never changed: a new entry takes its place, the old one stays."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, SortKey


class Contact(Base):
    """Whom to ask about something in a unit and in everything below it."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_unit_open", "unit_id", "closed_at"),
        CheckConstraint("(closed = '') = (closed_at IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    """office, business or group."""
    role: Mapped[str]
    """For what one turns to them: «Cán bộ phụ trách chuyển đổi số»."""
    role_key: Mapped[str] = mapped_column(SortKey)
    organisation: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    """Empty where nobody has one to give: never invented."""
    source: Mapped[str]
    checked_on: Mapped[date]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), unique=True)
    closed: Mapped[str] = mapped_column(default="")
    """withdrawn, replaced, or empty while it stands."""
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]


class Offer(Base):
    """What a business offers members of the teams in a unit, between two days."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_unit_until", "unit_id", "until_on"),
        CheckConstraint("until_on > from_on", name="dates"),
        CheckConstraint("(closed = '') = (closed_at IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    business: Mapped[str]
    title: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    how: Mapped[str]
    """What a member does to have it."""
    from_on: Mapped[date]
    until_on: Mapped[date]
    """The first day it no longer holds."""
    source: Mapped[str]
    checked_on: Mapped[date]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), unique=True)
    closed: Mapped[str] = mapped_column(default="")
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
