"""Every write about classes."""

from datetime import date

from sqlalchemy import select

from lms import clock
from lms.classes.models import Assignment, ClassTeacher, Enrolment, SchoolClass
from lms.courses.models import Module
from lms.db import db, writes
from lms.places.queries import holds_on
from lms.refusals import Refusal
from lms.vietnamese import clean


@writes
def found_class(site_id: int, name: str, school_year: str, from_on: date, until_on: date | None = None) -> SchoolClass:
    """A class of a school or centre; its name is its own within the school year."""
    words = clean(name)
    if not words:
        raise Refusal("Chưa ghi tên lớp.", "no-name")
    twin = select(SchoolClass.id).where(
        SchoolClass.site_id == site_id, SchoolClass.name == words, SchoolClass.school_year == school_year
    )
    if db.session.scalar(twin):
        raise Refusal(f"Trường đã có lớp {words} trong năm học này.", "twin")
    row = SchoolClass(site_id=site_id, name=words, school_year=school_year, from_on=from_on, until_on=until_on)
    db.session.add(row)
    db.session.flush()  # teachers and pupils name it
    return row


@writes
def appoint_teacher(class_id: int, person_id: int, from_on: date) -> None:
    here = select(ClassTeacher.id).where(
        ClassTeacher.class_id == class_id, ClassTeacher.person_id == person_id, *holds_on(from_on, ClassTeacher)
    )
    if db.session.scalar(here):
        raise Refusal("Giáo viên này đã dạy lớp này.", "already")
    db.session.add(ClassTeacher(class_id=class_id, person_id=person_id, from_on=from_on))


@writes
def end_teacher(class_id: int, person_id: int, on_day: date) -> None:
    """From this day on the teacher no longer sees the class."""
    rows = select(ClassTeacher).where(
        ClassTeacher.class_id == class_id, ClassTeacher.person_id == person_id, ClassTeacher.until_on.is_(None)
    )
    for row in db.session.scalars(rows):
        if on_day <= row.from_on:
            db.session.delete(row)
        else:
            row.until_on = on_day


@writes
def enrol(class_id: int, person_id: int, from_on: date, import_id: int | None = None) -> Enrolment:
    """Put a pupil in a class from a day on; twice is once."""
    here = select(Enrolment).where(
        Enrolment.class_id == class_id, Enrolment.person_id == person_id, *holds_on(from_on, Enrolment)
    )
    known = db.session.scalar(here)
    if known:
        return known
    row = Enrolment(class_id=class_id, person_id=person_id, from_on=from_on, import_id=import_id)
    db.session.add(row)
    db.session.flush()  # its id goes into an import's record
    return row


@writes
def leave_class(enrolment: Enrolment, on_day: date) -> None:
    if on_day <= enrolment.from_on:
        db.session.delete(enrolment)
    else:
        enrolment.until_on = on_day


@writes
def assign_module(class_id: int, module_id: str, due_on: date, assigned_by: int | None) -> Assignment:
    """Give a module to a class with a due day; giving it again moves the day."""
    if db.session.get(Module, module_id) is None:
        raise Refusal("Không có bài học này.", "no-module")
    if due_on < clock.today():
        raise Refusal("Hạn phải từ hôm nay trở đi.", "past")
    same = select(Assignment).where(
        Assignment.class_id == class_id, Assignment.module_id == module_id, Assignment.withdrawn_at.is_(None)
    )
    known = db.session.scalar(same)
    if known:
        known.due_on = due_on
        return known
    row = Assignment(
        class_id=class_id, module_id=module_id, due_on=due_on, assigned_by=assigned_by, assigned_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()  # the undo address names it
    return row


@writes
def withdraw_assignment(assignment: Assignment) -> None:
    assignment.withdrawn_at = clock.now()


@writes
def restore_assignment(assignment: Assignment) -> None:
    assignment.withdrawn_at = None


@writes
def come_back(class_id: int, person_id: int, on_day: date) -> Enrolment:
    """Take back a leaving of today: the pupil was never gone."""
    last = select(Enrolment).where(Enrolment.class_id == class_id, Enrolment.person_id == person_id)
    row = db.session.scalars(last.order_by(Enrolment.from_on.desc(), Enrolment.id.desc()).limit(1)).first()
    if row is not None and (row.until_on is None or row.until_on >= on_day):
        row.until_on = None
        return row
    return enrol(class_id, person_id, on_day)


@writes
def return_teacher(class_id: int, person_id: int, on_day: date) -> None:
    """Take back the end of a teacher's part, as ended today."""
    rows = select(ClassTeacher).where(
        ClassTeacher.class_id == class_id, ClassTeacher.person_id == person_id, ClassTeacher.until_on == on_day
    )
    row = db.session.scalars(rows.limit(1)).first()
    if row is not None:
        row.until_on = None
    else:
        appoint_teacher(class_id, person_id, on_day)
