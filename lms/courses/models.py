"""Published books and reading progress."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Course(Base):
    __tablename__ = "course"

    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    skill_id: Mapped[str | None] = mapped_column(ForeignKey("skill.id"))
    audience: Mapped[str] = mapped_column(default="all")
    """all, or witnesses (the observer lesson)."""
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class Module(Base):
    """One 45-minute lesson of a class: what a teacher assigns."""

    __tablename__ = "module"

    id: Mapped[str] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    title: Mapped[str]
    position: Mapped[int]
    guide_html: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None]


class Lesson(Base):
    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("module_id", "slug"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), index=True)
    slug: Mapped[str]
    title: Mapped[str]
    minutes: Mapped[int]
    position: Mapped[int]
    digest: Mapped[str]
    retired_at: Mapped[datetime | None]


class LessonVersion(Base):
    """The clean HTML of a lesson's steps: [{id, title, parts: [{html} | {check}]}]."""

    __tablename__ = "lesson_version"

    lesson_id: Mapped[str] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    facts: Mapped[list[str]] = mapped_column(Json, default=list)
    sanitizer_version: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]


class Fact(Base):
    """A sentence lessons may state, with where it comes from and when it must be looked at again."""

    __tablename__ = "fact"

    id: Mapped[str] = mapped_column(primary_key=True)
    sentence: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    checked_on: Mapped[date]
    review_by: Mapped[date]
    value: Mapped[str | None]
    unit: Mapped[str | None]


class Platform(Base):
    """A kind of digital platform a place may have, from locality.yaml, under its general name."""

    __tablename__ = "platform"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str]
    address: Mapped[str]
    skill_id: Mapped[str | None] = mapped_column(ForeignKey("skill.id"))
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class PlatformFinding(Base):
    """What somebody found out about a platform at this place; the latest counts, none is taken away."""

    __tablename__ = "platform_finding"
    append_only = True

    n: Mapped[int] = mapped_column(primary_key=True)
    """The order they were kept in: two may fall on one moment."""
    id: Mapped[UUID] = mapped_column(unique=True)
    platform_id: Mapped[str] = mapped_column(ForeignKey("platform.id"), index=True)
    state: Mapped[str]
    """here, not-here, or unknown again."""
    name: Mapped[str]
    """As people of the place call it; empty: the general name."""
    address: Mapped[str]
    note: Mapped[str]
    checked_on: Mapped[date]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class StepRead(Base):
    """A reader finished a step of a lesson. Append-only facts; progress is folded from them."""

    __tablename__ = "step_read"
    append_only = True

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
