"""Every write about classes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, or_, select

from lms import clock
from lms.classes.models import (
    Assignment,
    ClassGroup,
    ClassTeacher,
    ClassTimetable,
    Enrolment,
    GroupMember,
    SchoolCalendar,
    SchoolClass,
    SchoolTransfer,
)
from lms.classes.rules import TRANSFER_LASTS, code_digest, own_name
from lms.classes.rules.school_weeks import SchoolYear, problem_of
from lms.courses.models import Module
from lms.db import db, pointed_at, writes
from lms.people.models import Person
from lms.places.queries import holds_on
from lms.refusals import Refusal
from lms.vietnamese import clean

_OWN = {"enrolment.class_id", "class_teacher.class_id"}
"""Which come and go with their class."""


@writes
def found_class(
    site_id: int, name: str, school_year: str, from_on: date, until_on: date | None = None, venue: str = ""
) -> SchoolClass:
    """A class of a school or centre; its name is its own within the school year."""
    words = own_name(clean(name))
    if not words:
        raise Refusal("Chưa ghi tên lớp.", "no-name")
    twin = select(SchoolClass.id).where(
        SchoolClass.site_id == site_id, SchoolClass.name == words, SchoolClass.school_year == school_year
    )
    if db.session.scalar(twin):
        raise Refusal(f"Trường đã có lớp {words} trong năm học này.", "twin")
    if until_on is not None and until_on <= from_on:
        raise Refusal("Ngày kết thúc phải sau ngày bắt đầu.", "dates")
    row = SchoolClass(site_id=site_id, name=words, school_year=school_year, from_on=from_on, until_on=until_on)
    row.venue = clean(venue)
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
def assign_module(
    class_id: int,
    module_id: str,
    due_on: date,
    assigned_by: int | None,
    *,
    opens_on: date | None = None,
    group_id: int | None = None,
    person_id: int | None = None,
    after_id: int | None = None,
    results_wait: bool = False,
) -> Assignment:
    """Give a module to a class, or to one group or pupil of it; giving it again to the same moves its days.

    `results_wait`: pupils read recorded tests of its skill after the last day only (rules/waiting.py).
    """
    opens = opens_on or clock.today()
    if db.session.get(Module, module_id) is None:
        raise Refusal("Không có bài học này.", "no-module")
    if due_on < clock.today():
        raise Refusal("Hạn phải từ hôm nay trở đi.", "past")
    if due_on < opens:
        raise Refusal("Hạn phải sau ngày mở.", "order")
    known = _given_before(class_id, module_id, group_id, person_id)
    if known:
        known.due_on, known.opens_on = due_on, opens
        known.after_id = after_id if after_id != known.id else None
        known.results_wait_from = (known.results_wait_from or clock.now()) if results_wait else None
        return known
    row = Assignment(class_id=class_id, module_id=module_id, group_id=group_id, person_id=person_id, opens_on=opens,
                     due_on=due_on, after_id=after_id, assigned_by=assigned_by, assigned_at=clock.now(),
                     results_wait_from=clock.now() if results_wait else None)  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the undo address and what comes after it name it
    return row


def _given_before(class_id: int, module_id: str, group_id: int | None, person_id: int | None) -> Assignment | None:
    same = select(Assignment).where(
        Assignment.class_id == class_id,
        Assignment.module_id == module_id,
        Assignment.group_id.is_not_distinct_from(group_id),
        Assignment.person_id.is_not_distinct_from(person_id),
        Assignment.withdrawn_at.is_(None),
    )
    return db.session.scalar(same)


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


@writes
def set_calendar(site_id: int, school_year: str, year: SchoolYear, set_by: int) -> None:
    """What the school announced; setting it again mends it for every class of that school and year."""
    if problem := problem_of(year):
        raise Refusal(problem, "calendar")
    known = select(SchoolCalendar).where(SchoolCalendar.site_id == site_id, SchoolCalendar.school_year == school_year)
    row = db.session.scalar(known)
    if row is None:
        row = SchoolCalendar(site_id=site_id, school_year=school_year)
        db.session.add(row)
    row.first_from_on, row.first_until_on = year.first.from_on, year.first.until_on
    row.second_from_on, row.second_until_on = year.second.from_on, year.second.until_on
    row.breaks = [[one.from_on.isoformat(), one.until_on.isoformat()] for one in year.breaks]
    row.set_by, row.set_at = set_by, clock.now()


@writes
def set_timetable(class_id: int, weekdays: Iterable[int]) -> None:
    """On which days of the week the class has its lessons."""
    row = db.session.get(ClassTimetable, class_id)
    if row is None:
        row = ClassTimetable(class_id=class_id)
        db.session.add(row)
    row.weekdays = sorted(set(weekdays))


@writes
def found_group(class_id: int, name: str) -> ClassGroup:
    words = clean(name)
    if not words:
        raise Refusal("Chưa ghi tên nhóm.", "no-name")
    twin = select(ClassGroup.id).where(
        ClassGroup.class_id == class_id, ClassGroup.name == words, ClassGroup.ended_at.is_(None)
    )
    if db.session.scalar(twin):
        raise Refusal(f"Lớp đã có nhóm {words}.", "twin")
    row = ClassGroup(class_id=class_id, name=words)
    db.session.add(row)
    db.session.flush()  # its members name it
    return row


@writes
def choose_members(group: ClassGroup, person_ids: Iterable[int]) -> None:
    """Exactly these from now on."""
    db.session.execute(delete(GroupMember).where(GroupMember.group_id == group.id))
    db.session.add_all(GroupMember(group_id=group.id, person_id=person) for person in sorted(set(person_ids)))


@writes
def end_group(group: ClassGroup) -> None:
    """What the group was given is no longer asked for."""
    group.ended_at = clock.now()


@writes
def return_group(group: ClassGroup) -> None:
    group.ended_at = None


@writes
def roll_over(old: SchoolClass, name: str, school_year: str, on_day: date, going_on: Sequence[int]) -> SchoolClass:
    """The class of the next school year: who goes on is enrolled in it, its teachers come along, the old one ends.

    Nothing of the old class is changed but its last day, so its lessons, attendance and marks stay.
    """
    if on_day <= old.from_on:
        raise Refusal("Ngày lên lớp phải sau ngày lập lớp cũ.", "dates")
    if old.until_on is not None and old.until_on <= on_day:
        raise Refusal("Lớp này đã kết thúc.", "ended")
    new = found_class(old.site_id, name, school_year, on_day, venue=old.venue)
    enrolments = select(Enrolment).where(Enrolment.class_id == old.id, Enrolment.until_on.is_(None))
    for row in db.session.scalars(enrolments):
        if row.person_id in going_on:
            enrol(new.id, row.person_id, on_day)
        leave_class(row, on_day)
    now_teaching = select(ClassTeacher.person_id).where(
        ClassTeacher.class_id == old.id, *holds_on(on_day, ClassTeacher)
    )
    for person_id in set(db.session.scalars(now_teaching)):
        appoint_teacher(new.id, person_id, on_day)
    old.until_on, new.continues_id = on_day, old.id
    return new


@writes
def undo_roll_over(new: SchoolClass) -> SchoolClass:
    """Gone on by mistake: the old class is open again, the new one goes, as long as nothing has been done with it."""
    if new.continues_id is None:
        raise Refusal("Lớp này không phải lớp lên từ năm trước.", "not-rolled")
    later = select(Enrolment.id).where(
        Enrolment.class_id == new.id, or_(Enrolment.from_on != new.from_on, Enrolment.until_on.is_not(None))
    )
    if pointed_at("school_class", [new.id], _OWN) or db.session.scalar(later.limit(1)) is not None:
        raise Refusal(
            f"Lớp {new.name} đã có bài giao, tiết học, thẻ hoặc em vào ra nên không huỷ được. "
            "Em nào nhầm thì mở hồ sơ em ấy, chọn «Cho nghỉ lớp» rồi thêm vào lớp đúng.",
            "class-used",
        )
    old = db.session.get_one(SchoolClass, new.continues_id)
    for row in db.session.scalars(
        select(Enrolment).where(Enrolment.class_id == old.id, Enrolment.until_on == old.until_on)
    ):
        row.until_on = None
    old.until_on = None
    for table in (Enrolment, ClassTeacher):
        db.session.execute(delete(table).where(table.class_id == new.id))
    db.session.delete(new)
    return old


@writes
def offer_transfer(class_id: int, person_id: int, code: str, offered_by: int) -> SchoolTransfer:
    """A paper for a pupil who goes to another school; an earlier one is no longer good."""
    for earlier in _waiting(person_id):
        earlier.withdrawn_at = clock.now()
    row = SchoolTransfer(person_id=person_id, from_class_id=class_id, code_digest=code_digest(code))
    row.offered_at, row.offered_by, row.until_on = clock.now(), offered_by, clock.today() + TRANSFER_LASTS
    db.session.add(row)
    db.session.flush()  # taking it back names it
    return row


@writes
def withdraw_transfer(person_id: int) -> None:
    for row in _waiting(person_id):
        row.withdrawn_at = clock.now()


@writes
def accept_transfer(room: SchoolClass, code: str, birth_year: int, accepted_by: int) -> Person:
    """The pupil of a paper comes into this class and leaves the classes of the school before."""
    today = clock.today()
    wanted = select(SchoolTransfer).where(SchoolTransfer.code_digest == code_digest(code)).with_for_update()
    row = db.session.scalar(wanted)
    person = db.session.get(Person, row.person_id) if row else None
    good = row is not None and row.withdrawn_at is None and row.accepted_at is None and today < row.until_on
    if row is None or person is None or not good or person.birth_year != birth_year:
        raise Refusal("Mã hoặc năm sinh chưa đúng, hoặc giấy đã dùng hay quá hạn. Hỏi lại trường cũ.", "no-transfer")
    before = db.session.get_one(SchoolClass, row.from_class_id)
    if before.site_id == room.site_id:
        raise Refusal("Em này đang học ở chính trường này. Đổi lớp thì dùng «Thêm em».", "same-school")
    rooms = select(SchoolClass.id).where(SchoolClass.site_id == before.site_id)
    sits_in = select(Enrolment).where(
        Enrolment.person_id == person.id, Enrolment.class_id.in_(rooms), *holds_on(today, Enrolment)
    )
    for old in db.session.scalars(sits_in):
        leave_class(old, today)
    enrol(room.id, person.id, today)
    row.accepted_at, row.accepted_by, row.to_class_id = clock.now(), accepted_by, room.id
    return person


def _waiting(person_id: int) -> Sequence[SchoolTransfer]:
    """Papers of a pupil that could still be used."""
    wanted = select(SchoolTransfer).where(
        SchoolTransfer.person_id == person_id,
        SchoolTransfer.accepted_at.is_(None),
        SchoolTransfer.withdrawn_at.is_(None),
    )
    return db.session.scalars(wanted).all()
