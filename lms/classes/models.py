"""Classes, dated enrolments and teachers, assignments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class SchoolClass(Base):
    __tablename__ = "school_class"
    __table_args__ = (UniqueConstraint("site_id", "name", "school_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str]
    school_year: Mapped[str]
    """«2026–2027»; empty for an evening class without a school year."""
    venue: Mapped[str] = mapped_column(default="")
    """Where it meets, if not at the school or centre: «Nhà văn hoá Thôn Mẫu 1»."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class ClassTeacher(Base):
    __tablename__ = "class_teacher"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class Enrolment(Base):
    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_class", "class_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(index=True)
    stated_home: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What the school's list says of the pupil's home, {village_id, village, head}: it only helps an officer to find it."""


class Assignment(Base):
    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"))
    due_on: Mapped[date]
    assigned_by: Mapped[int | None]
    assigned_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class SchoolTransfer(Base):
    """A paper that takes a pupil to another school: shown once, used once. The person stays the same, so history follows."""

    __tablename__ = "school_transfer"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    code_digest: Mapped[str] = mapped_column(unique=True)
    """Of the code on the paper; the code itself is kept nowhere."""
    offered_at: Mapped[datetime]
    offered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    until_on: Mapped[date]
    """The first day it may no longer be used."""
    withdrawn_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    to_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
