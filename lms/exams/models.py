"""What an exam adds to an attended window: its code, who sits where and is there, pauses, paper forms, and judgements."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Exam(Base):
    """An attended window that became an exam: who begins must be marked present and have entered the code of the day."""

    __tablename__ = "exam"

    window_id: Mapped[UUID] = mapped_column(ForeignKey("test_window.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    began_at: Mapped[datetime]
    code_hash: Mapped[str | None]
    code_made_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    """Since when everybody is paused; empty while the exam goes on."""


class Seat(Base):
    """One person in one exam, always under the canonical record."""

    __tablename__ = "exam_seat"

    window_id: Mapped[UUID] = mapped_column(ForeignKey("test_window.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    place: Mapped[int | None]
    """Seats are numbered along the rows; who sits at n and n + 1 are neighbours."""
    present_at: Mapped[datetime | None]
    entered_at: Mapped[datetime | None]
    """When the code was entered."""
    held_at: Mapped[datetime | None]
    extra_seconds: Mapped[int] = mapped_column(default=0)
    """Given by the proctor, and time lost while this one was paused."""


class PaperForm(Base):
    """A form to be printed, for everybody of a window; its questions are pinned when it is made."""

    __tablename__ = "paper_form"
    __table_args__ = (UniqueConstraint("window_id", "variant"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    window_id: Mapped[UUID] = mapped_column(ForeignKey("test_window.id"))
    variant: Mapped[str]
    """A or B: parallel forms, so that neighbours need not hold the same."""
    form: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    ruleset_id: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class Judgement(Base):
    """What a person thought of something that looked odd. Append-only; the latest of a finding stands."""

    __tablename__ = "exam_judgement"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    window_id: Mapped[UUID] = mapped_column(ForeignKey("test_window.id"), index=True)
    finding: Mapped[str]
    """Its name: «twins:7:9» or «speed:7», by canonical person ids."""
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    """The figures as they were shown to the judge."""
    verdict: Mapped[str]
    """nothing, talked, or voided."""
    note: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
