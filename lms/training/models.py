"""Training days, the teams they are for, what was said and changed of them, registrations and attendance, and feedback."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class TrainingDay(Base):
    """A day as it stands now; every wording it ever had is a `TrainingChange`."""

    __tablename__ = "training_day"
    __table_args__ = (
        CheckConstraint("ends_at > begins_at", name="times"),
        CheckConstraint("capacity > 0", name="capacity"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made by the browser that wrote it: the same form twice is one day."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The commune."""
    title: Mapped[str]
    on_day: Mapped[date] = mapped_column(index=True)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    capacity: Mapped[int]
    topics: Mapped[list[str]] = mapped_column(Json)
    """Skills and modules it treats, by id."""
    lessons: Mapped[list[str]] = mapped_column(Json)
    """Lessons of ours to read before or after, by id."""
    materials: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]
    called_off_reason: Mapped[str] = mapped_column(default="")


class TrainingTeam(Base):
    """A team whose members may register."""

    __tablename__ = "training_team"

    day_id: Mapped[UUID] = mapped_column(ForeignKey("training_day.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)


class TrainingChange(Base):
    """Written, mended, called off: by whom, when, and what the day said from then on. Append-only."""

    __tablename__ = "training_change"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    day_id: Mapped[UUID] = mapped_column(ForeignKey("training_day.id"), index=True)
    act: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]] = mapped_column(Json)


class TrainingEvent(Base):
    """Somebody was registered or withdrawn, seen present, late or absent. Append-only: a correction is another event."""

    __tablename__ = "training_event"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made by the device."""
    day_id: Mapped[UUID] = mapped_column(ForeignKey("training_day.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    act: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    """By the clock of the device, never later than when it came."""
    received_at: Mapped[datetime]


class TrainingSession(Base):
    """A supervised session that was opened from the page of the day."""

    __tablename__ = "training_session"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("practice_session.id"), primary_key=True)
    day_id: Mapped[UUID] = mapped_column(ForeignKey("training_day.id"), index=True)


class TrainingFeedback(Base):
    """What somebody who was there says. Without name and moment, so that nobody can be found by it. Append-only."""

    __tablename__ = "training_feedback"
    __table_args__ = (
        CheckConstraint("useful BETWEEN 1 AND 5", name="useful"),
        CheckConstraint("clear BETWEEN 1 AND 5", name="clear"),
        CheckConstraint("ready BETWEEN 1 AND 5", name="ready"),
    )
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """By chance, so that the order of the rows says nothing either."""
    day_id: Mapped[UUID] = mapped_column(ForeignKey("training_day.id"), index=True)
    useful: Mapped[int]
    clear: Mapped[int]
    ready: Mapped[int]
    words: Mapped[str] = mapped_column(default="")


class TrainingFeedbackGiven(Base):
    """Who has answered already; what, stands elsewhere and is not tied to this row."""

    __tablename__ = "training_feedback_given"

    day_id: Mapped[UUID] = mapped_column(ForeignKey("training_day.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
