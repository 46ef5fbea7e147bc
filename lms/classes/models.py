"""Classes, dated enrolments and teachers, assignments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
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
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    """The class of the year before which went on into this one."""


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


class ClassGroup(Base):
    """Some of a class who are given work together; never shown to pupils by its name."""

    __tablename__ = "class_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    name: Mapped[str]
    ended_at: Mapped[datetime | None]


class GroupMember(Base):
    __tablename__ = "group_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class SchoolCalendar(Base):
    """The terms and days off of one school in one school year, as the school announced them."""

    __tablename__ = "school_calendar"
    __table_args__ = (UniqueConstraint("site_id", "school_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    school_year: Mapped[str]
    first_from_on: Mapped[date]
    first_until_on: Mapped[date]
    second_from_on: Mapped[date]
    second_until_on: Mapped[date]
    breaks: Mapped[list[list[str]]] = mapped_column(Json, default=list)
    """[[first day, last day]] in ISO form, both off."""
    set_by: Mapped[int | None]
    set_at: Mapped[datetime]


class ClassTimetable(Base):
    """On which weekdays a class has its lessons of the activity: «tiết 2» is the second of them."""

    __tablename__ = "class_timetable"

    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True)
    weekdays: Mapped[list[int]] = mapped_column(Json)
    """0 is Monday."""


class Assignment(Base):
    """A module given to a whole class, or to one group or pupil of it."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("group_id IS NULL OR person_id IS NULL", name="one_target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("class_group.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opens_on: Mapped[date]
    """From this day on pupils see it."""
    due_on: Mapped[date]
    after_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    """Given in order: pupils are asked for this one when they have read that one."""
    results_wait_from: Mapped[datetime | None]
    """Since when its teacher wants recorded tests of its skill told after the last day only; empty: at once."""
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
