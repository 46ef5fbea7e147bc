"""Lessons held with a class, who was there, and the letters a class showed to a question."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class LessonRun(Base):
    """One lesson with one class, from its start to its end."""

    __tablename__ = "lesson_run"
    __table_args__ = (Index("ix_lesson_run_class", "class_id", "started_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    lesson_id: Mapped[str] = mapped_column(ForeignKey("lesson.id"))
    open_key: Mapped[int | None] = mapped_column(unique=True)
    """The class while it runs, empty after: the database itself allows one open run a class."""
    started_at: Mapped[datetime]
    started_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class Attendance(Base):
    """Whether somebody was at a lesson; whoever has no row was not asked about."""

    __tablename__ = "attendance"
    __table_args__ = (CheckConstraint("is_present OR with_id IS NULL", name="absent_shares_nothing"),)

    run_id: Mapped[UUID] = mapped_column(ForeignKey("lesson_run.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    is_present: Mapped[bool]
    with_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """On whose computer."""
    marked_at: Mapped[datetime]
    marked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class LetterQuestion(Base):
    """A practice question put to the whole class, in the order its letters stand for."""

    __tablename__ = "letter_question"
    __table_args__ = (UniqueConstraint("run_id", "item_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("lesson_run.id"))
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    digest: Mapped[str]
    options: Mapped[list[str]] = mapped_column(Json)
    """Option ids: the first is A."""
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """From then on the answers stand in each learner's record and the class may see what is right."""


class LetterAnswer(Base):
    """The letter somebody showed; it may be corrected until the question is closed."""

    __tablename__ = "letter_answer"

    question_id: Mapped[UUID] = mapped_column(ForeignKey("letter_question.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    option_id: Mapped[str]
    at: Mapped[datetime]
