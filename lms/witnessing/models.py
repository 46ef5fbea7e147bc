"""Attended windows, supervised practice, task cards, observations and handed-over devices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class TestWindow(Base):
    """«Mở bài kiểm tra»: somebody who may attest opens one test for a class or named people, at most 120 minutes."""

    __tablename__ = "test_window"
    __test__ = False

    id: Mapped[UUID] = mapped_column(primary_key=True)
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quiz.id"))
    opener_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opener_role: Mapped[str]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    name: Mapped[str]
    """Shifts on several days share one name."""
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """When it was closed by hand, earlier than `closes_at`."""


class WindowPerson(Base):
    """A person named for a window (besides the class, if any)."""

    __tablename__ = "window_person"

    window_id: Mapped[UUID] = mapped_column(ForeignKey("test_window.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class PracticeSession(Base):
    """«Buổi thực hành»: somebody who may attest watches a class or named people do the simulators of one skill."""

    __tablename__ = "practice_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    leader_role: Mapped[str]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    place: Mapped[str]
    code: Mapped[str] = mapped_column(index=True)
    """Six digits on the board: who types them is in the room."""
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """When it was ended by hand, earlier than `closes_at`."""


class SessionPerson(Base):
    """A person named for a session (besides the class, if any)."""

    __tablename__ = "session_person"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("practice_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Presence(Base):
    """Somebody came into a session, and where they were seen last: for the leader's board, never for the record."""

    __tablename__ = "presence"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("practice_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    entered_at: Mapped[datetime]
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    """Under way now; empty between two runs."""
    screen: Mapped[str] = mapped_column(default="")
    """Its id in the practice."""
    moved_at: Mapped[datetime]
    """Last sign of life."""


class TaskCard(Base):
    __tablename__ = "task_card"

    id: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"), index=True)
    title: Mapped[str]
    digest: Mapped[str]
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class TaskCardVersion(Base):
    __tablename__ = "task_card_version"

    card_id: Mapped[str] = mapped_column(ForeignKey("task_card.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime]


class Observation(Base):
    """What a witness saw and signed, at a task card or at a simulator. Append-only; a correction names the old one."""

    __tablename__ = "observation"
    __table_args__ = (
        Index("ix_observation_witness_at", "witness_id", "occurred_at"),
        CheckConstraint("(card_id IS NULL) <> (trace_id IS NULL)", name="seen_at_one"),
    )
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    witness_role: Mapped[str]
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"))
    card_id: Mapped[str | None] = mapped_column(ForeignKey("task_card.id"))
    card_digest: Mapped[str | None]
    trace_id: Mapped[UUID | None] = mapped_column(ForeignKey("practice_trace.id"))
    """The pass in a supervised session that was seen."""
    session_id: Mapped[UUID]
    lines: Mapped[dict[str, Any]] = mapped_column(Json)
    """{rubric id: 0–4}."""
    independence: Mapped[int]
    identity_checked: Mapped[bool]
    accommodation: Mapped[str] = mapped_column(default="none")
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    admitted: Mapped[bool]
    admission: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    corrects_id: Mapped[UUID | None]


class HandOver(Base):
    """«Trao máy»: a host's device locked to one learner, for an open test or a practice session, until the host's password
    or PIN takes it back."""

    __tablename__ = "hand_over"
    __table_args__ = (CheckConstraint("(window_id IS NULL) <> (session_id IS NULL)", name="for_one_occasion"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    window_id: Mapped[UUID | None] = mapped_column(ForeignKey("test_window.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("practice_session.id"))
    sign_in_key: Mapped[str | None] = mapped_column(ForeignKey("sign_in.key"), index=True)
    """Empty on a row that only keeps a printed code."""
    host_sign_in_key: Mapped[str | None] = mapped_column(ForeignKey("sign_in.key"))
    """The host's session that waits on this device; empty where a learner went on by a code on another one."""
    code_hash: Mapped[str | None] = mapped_column(index=True)
    """Of the printed code with which the learner may resume the open attempt inside the window."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
