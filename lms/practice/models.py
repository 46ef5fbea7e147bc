"""Published simulators, and the traces of those who worked through them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Practice(Base):
    __tablename__ = "practice"

    id: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int]
    covers: Mapped[list[str]] = mapped_column(Json, default=list)
    """Competencies a pass shows."""
    digest: Mapped[str]
    course: Mapped[str]
    lesson: Mapped[str]
    step: Mapped[str]
    """Slugs of where to read on; a mistake may name another step of the same lesson."""
    retired_at: Mapped[datetime | None]


class PracticeVersion(Base):
    """The spec as both reducers read it. Old ones stay: a trace is replayed with the one its ticket names."""

    __tablename__ = "practice_version"

    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    spec: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime]


class PracticeTrace(Base):
    """What came in from somebody signed in, accepted or kept aside. Append-only; `id` is made on the device."""

    __tablename__ = "practice_trace"
    __table_args__ = (Index("ix_practice_trace_person_received", "person_id", "received_at"),)
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), index=True)
    digest: Mapped[str | None]
    seed: Mapped[str | None]
    """Empty where the ticket could not be read."""
    issued_at: Mapped[datetime | None]
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was kept aside; empty: accepted."""
    refused_at: Mapped[int] = mapped_column(default=0)
    """The action (from 1) at which it was refused."""
    actions: Mapped[list[Any]] = mapped_column(Json, default=list)
    """By the names of the practice; as it came where these are no names of its ticket."""
    verdict: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """{passed, goal_met, assisted, hints, mistakes, variant, hasty, radar: [hits, misses, false alarms, rightly trusted]}"""
    trace_digest: Mapped[str]


class UsedTicket(Base):
    """A ticket admits one trace."""

    __tablename__ = "used_ticket"
    append_only = True

    nonce: Mapped[str] = mapped_column(primary_key=True)
    trace_id: Mapped[UUID] = mapped_column(ForeignKey("practice_trace.id"))
