"""Persons, accounts, sign-ins, unit-scoped roles, consent, and the link between a school's and a commune's person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json, SortKey


class Person(Base):
    """Somebody. Least data: no ID number, ethnicity, photo, phone or full date of birth (Law 91/2025, art. 3)."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100", name="birth_year"),
        Index("ix_person_name_key", "name_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(SortKey)
    """Sorts the Vietnamese way, given name first, identically on both engines (lms.vietnamese.name_key)."""
    search_key: Mapped[str] = mapped_column(index=True)
    birth_year: Mapped[int | None]
    gender: Mapped[str | None]
    canonical_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The commune's person this school's person was confirmed to be; empty when one is oneself."""
    import_id: Mapped[int | None] = mapped_column(index=True)
    ended_on: Mapped[date | None]


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    pin_hash: Mapped[str | None]
    """A host's own PIN for taking a handed-over device back."""
    must_change_password: Mapped[bool] = mapped_column(default=False)
    first_password_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    import_id: Mapped[int | None] = mapped_column(index=True)


class SignIn(Base):
    """One signed-in device. Its key is what the cookie holds; ending the row ends the session."""

    __tablename__ = "sign_in"

    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Empty while a device is handed over to somebody without an account."""
    kind: Mapped[str] = mapped_column(default="password")
    """password, hand-over, card (a learner's own device) or seat (a computer others use too)."""
    host_key: Mapped[str | None] = mapped_column(ForeignKey("sign_in.key"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    """The session is over from here on, whatever else: a class window's end."""
    device: Mapped[str] = mapped_column(default="")
    """«Điện thoại Android», so that a person knows which session to end; never the full user agent."""


class RoleGrant(Base):
    """A role on a unit or at a site, between two days. Class teachers and team members are rows of their rooms."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on > from_on", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    """The office as people call it, as data: «Công chức Văn hoá – Xã hội»."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    granted_by: Mapped[int | None]
    import_id: Mapped[int | None] = mapped_column(index=True)


class Consent(Base):
    """One yes or its withdrawal, for one purpose (Law 91/2025 art. 9, 24; Decree 356/2025 art. 6). Append-only."""

    __tablename__ = "consent"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str]
    """assessment (recorded tests and witnessing) or household-link."""
    giver: Mapped[str]
    """self or representative."""
    act: Mapped[str] = mapped_column(default="given")
    """given or withdrawn."""
    text_version: Mapped[str]
    channel: Mapped[str]
    """paper or screen."""
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]


class PersonLink(Base):
    """Acts about a pair: confirm, reject, undo. Append-only; the latest act of a pair holds."""

    __tablename__ = "person_link"
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    school_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    commune_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    act: Mapped[str]
    at: Mapped[datetime]
    recorded_by: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Kinship(Base):
    """Declared kin living apart: close (spouse, parents, children, siblings and the spouse's) or further."""

    __tablename__ = "kinship"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relative_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]
