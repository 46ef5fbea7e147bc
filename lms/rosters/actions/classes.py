"""Applying a class list to the school and year that were chosen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes import queries as class_queries
from lms.classes.models import ClassTeacher, Enrolment, SchoolClass
from lms.db import db, writes
from lms.people.models import Person, RoleGrant
from lms.places.queries import holds_on
from lms.refusals import Refusal
from lms.rosters.actions.recording import Row, Work, person_for
from lms.rosters.models import RosterImport
from lms.rosters.queries.knowing import class_named, pupil_like
from lms.rosters.rules import first_day_of


def apply(work: Work, rows: Sequence[Row]) -> None:
    if not work.target.get("site_id"):
        raise Refusal("Chọn trường của danh sách này trước khi ghi.", "no-site")
    kept: dict[str, SchoolClass] = {}
    work.each(rows, lambda row: _apply(work, row, kept))


@writes
def let_leave(import_id: int, enrolment_ids: Sequence[int]) -> None:
    """Whom somebody ticked as gone: part of the import, so that undoing it brings them back."""
    work = Work(db.session.get_one(RosterImport, import_id), clock.today())
    for id in enrolment_ids:
        _leave(work, {"number": 0}, db.session.get_one(Enrolment, id))


def _apply(work: Work, row: Row, kept: dict[str, SchoolClass]) -> str:
    room = _class(work, row, kept)
    person, act = person_for(work, row, lambda: pupil_like(room.id, row["full_name"], row["birth_year"], work.today))
    moved = _sit_here(work, row, room, person)
    return "updated" if act == "unchanged" and moved else act


def _class(work: Work, row: Row, kept: dict[str, SchoolClass]) -> SchoolClass:
    name = row["class_name"] or work.target.get("class_name") or ""
    if not name:
        raise Refusal("Không rõ em học lớp nào. Điền cột Lớp, hoặc ghi tên lớp khi nhập.", "class-missing")
    if name in kept:
        return kept[name]
    site_id, year = work.target["site_id"], work.target.get("school_year") or ""
    found = class_named(site_id, name, year)
    if found is None:
        found = classes.found_class(site_id, name, year, min(work.today, first_day_of(year, work.today)))
        work.record(row, "created", "class", found.id)
        _teach_it(work, row, found)
    else:
        _refuse_anothers(work, found)
        kept[name] = (
            found  # a class founded by a row that is then refused is gone again, so only standing ones are kept
        )
    return found


def _teach_it(work: Work, row: Row, room: SchoolClass) -> None:
    """A teacher who brings in a class teaches it; else nobody of them could open it."""
    if _holds(work, Role.TEACHER, room.site_id):
        classes.appoint_teacher(room.id, work.roster.actor_id, work.today)
        db.session.flush()  # its id is recorded
        mine = select(ClassTeacher.id).where(
            ClassTeacher.class_id == room.id, ClassTeacher.person_id == work.roster.actor_id
        )
        work.record(row, "created", "class-teacher", db.session.scalars(mine).one())


def _refuse_anothers(work: Work, room: SchoolClass) -> None:
    actor = work.roster.actor_id
    boss = _holds(work, Role.PRINCIPAL, room.site_id) or _holds(work, Role.ADMIN, None)
    if not boss and not class_queries.teaches(actor, room.id, work.today):
        raise Refusal(f"Lớp {room.name} do giáo viên khác phụ trách.", "not-my-class")


def _holds(work: Work, role: Role, site_id: int | None) -> bool:
    wanted: list[Any] = [RoleGrant.person_id == work.roster.actor_id, RoleGrant.role == str(role)]
    if site_id is not None:
        wanted.append(RoleGrant.site_id == site_id)
    return db.session.scalar(select(RoleGrant.id).where(*wanted, *holds_on(work.today, RoleGrant)).limit(1)) is not None


def _sit_here(work: Work, row: Row, room: SchoolClass, person: Person) -> bool:
    """The pupil is in this class and in no other of the school this year; says whether anything changed."""
    now_in = db.session.scalars(
        select(Enrolment)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.person_id == person.id, *holds_on(work.today, Enrolment))
        .where(SchoolClass.site_id == room.site_id, SchoolClass.school_year == room.school_year)
    )
    held = list(now_in)
    here = next((one for one in held if one.class_id == room.id), None)
    if here is not None:
        here.stated_home = _stated_home(row) or here.stated_home
        return False
    for old in held:
        _leave(work, row, old)
    fresh = classes.enrol(room.id, person.id, work.today, work.id)
    fresh.stated_home = _stated_home(row)
    work.record(row, "created", "enrolment", fresh.id)
    return True


def _leave(work: Work, row: Row, old: Enrolment) -> None:
    gone = old.from_on >= work.today
    before = {"class_id": old.class_id, "person_id": old.person_id, "from_on": old.from_on.isoformat()}
    old_id = old.id
    classes.leave_class(old, work.today)
    subject = "enrolment-gone" if gone else "enrolment-left"
    work.record(row, "updated", subject, old_id, before=before, after={"until_on": work.today.isoformat()})


def _stated_home(row: Row) -> dict[str, Any] | None:
    home = {"village_id": row["village_id"], "village": row["village"], "head": row["head_name"]}
    return home if any(home.values()) else None
