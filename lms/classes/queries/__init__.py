"""Every SELECT about classes."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes.models import Assignment, ClassTeacher, Enrolment, SchoolClass
from lms.courses.models import Course, Module
from lms.db import db
from lms.people.models import Person, RoleGrant
from lms.places.models import Site
from lms.places.queries import holds_on
from lms.vietnamese import name_key


def visible_to(actor: Actor, today: date) -> Select[SchoolClass]:
    """Classes the actor may open: a teacher's own, a principal's school's, all for administrators."""
    if actor.holds(Role.ADMIN):
        return select(SchoolClass)
    own = select(ClassTeacher.class_id).where(ClassTeacher.person_id == actor.person_id, *holds_on(today, ClassTeacher))
    return select(SchoolClass).where(SchoolClass.id.in_(own) | SchoolClass.site_id.in_(actor.site_ids(Role.PRINCIPAL)))


def teaches(person_id: int, class_id: int, today: date) -> bool:
    """Whether a person is a teacher of the class on a day."""
    wanted = select(ClassTeacher.id).where(
        ClassTeacher.person_id == person_id, ClassTeacher.class_id == class_id, *holds_on(today, ClassTeacher)
    )
    return db.session.scalar(wanted) is not None


def pupils(class_id: int, today: date) -> list[Person]:
    """Those enrolled today, in the Vietnamese order of names."""
    return list(db.session.scalars(enrolled(class_id, today).order_by(Person.name_key, Person.id)))


def enrolled(class_id: int, today: date) -> Select[Person]:
    """Those enrolled today, in no order yet."""
    joined = select(Person).join(Enrolment, Enrolment.person_id == Person.id)
    return joined.where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))


def joined_on(class_id: int, today: date) -> dict[int, date]:
    """Pupil of today → since when they are in the class."""
    wanted = select(Enrolment.person_id, Enrolment.from_on)
    wanted = wanted.where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))
    return {person: from_on for person, from_on in db.session.execute(wanted)}


def size_of(class_id: int, today: date) -> int:
    wanted = select(func.count(Enrolment.id)).where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))
    return db.session.scalar(wanted) or 0


def visible_pupil_ids(actor: Actor, today: date) -> Select[int]:
    """Ids of pupils in classes the actor may open, as a subselect."""
    classes = visible_to(actor, today).with_only_columns(SchoolClass.id)
    return select(Enrolment.person_id).where(Enrolment.class_id.in_(classes), *holds_on(today, Enrolment))


def class_ids_of(person_id: int, today: date) -> list[int]:
    """Classes a person is enrolled in on a day."""
    return list(
        db.session.scalars(
            select(Enrolment.class_id).where(Enrolment.person_id == person_id, *holds_on(today, Enrolment))
        )
    )


def classes_of(person_id: int, today: date) -> list[SchoolClass]:
    ids = select(Enrolment.class_id).where(Enrolment.person_id == person_id, *holds_on(today, Enrolment))
    return list(db.session.scalars(select(SchoolClass).where(SchoolClass.id.in_(ids)).order_by(SchoolClass.name)))


def class_names(person_ids: Sequence[int], today: date) -> dict[int, str]:
    """Person id → class name, for candidate pairs and lists."""
    wanted = (
        select(Enrolment.person_id, SchoolClass.name)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.person_id.in_(person_ids), *holds_on(today, Enrolment))
    )
    return {person: name for person, name in db.session.execute(wanted)}


def teachers(class_id: int, today: date) -> list[Person]:
    wanted = (
        select(Person)
        .join(ClassTeacher, ClassTeacher.person_id == Person.id)
        .where(ClassTeacher.class_id == class_id, *holds_on(today, ClassTeacher))
        .order_by(Person.name_key, Person.id)
    )
    return list(db.session.scalars(wanted))


def visible_class(actor: Actor, class_id: int, today: date) -> SchoolClass | None:
    return db.session.scalar(visible_to(actor, today).where(SchoolClass.id == class_id))


def classes_with_sizes(actor: Actor, today: date) -> list[tuple[SchoolClass, Site, int]]:
    """The actor's classes of today, by school and name, with how many pupils."""
    size = (
        select(func.count(Enrolment.id))
        .where(Enrolment.class_id == SchoolClass.id, *holds_on(today, Enrolment))
        .scalar_subquery()
    )
    wanted = (
        visible_to(actor, today)
        .join(Site, Site.id == SchoolClass.site_id)
        .where(SchoolClass.until_on.is_(None) | (SchoolClass.until_on > today))
        .add_columns(Site, size)
        .order_by(Site.name_key, Site.id, SchoolClass.school_year.desc(), SchoolClass.name, SchoolClass.id)
    )
    return [(row, site, pupils) for row, site, pupils in db.session.execute(wanted)]


def sites_for(actor: Actor, today: date) -> list[Site]:
    """Schools and centres where the actor may found classes."""
    wanted = select(Site).where(Site.kind.in_(("school", "centre")), *holds_on(today, Site))
    if not actor.holds(Role.ADMIN):
        wanted = wanted.where(Site.id.in_(actor.site_ids(Role.TEACHER, Role.PRINCIPAL)))
    return list(db.session.scalars(wanted.order_by(Site.name_key, Site.id)))


def enrolment_of(class_id: int, person_id: int, today: date) -> Enrolment | None:
    wanted = select(Enrolment).where(Enrolment.class_id == class_id, Enrolment.person_id == person_id)
    return db.session.scalar(wanted.where(*holds_on(today, Enrolment)))


def colleagues(site_id: int, today: date) -> list[Person]:
    """Teachers of a school, by name."""
    wanted = (
        select(Person)
        .where(
            Person.id.in_(
                select(RoleGrant.person_id).where(
                    RoleGrant.site_id == site_id,
                    RoleGrant.role.in_((str(Role.TEACHER), str(Role.PRINCIPAL))),
                    *holds_on(today, RoleGrant),
                )
            )
        )
        .order_by(Person.name_key, Person.id)
    )
    return list(db.session.scalars(wanted))


def namesakes(site_id: int, full_name: str, birth_year: int | None, today: date) -> list[tuple[Person, SchoolClass]]:
    """Pupils of a school with this name and year of birth, and their class: perhaps the same one."""
    wanted = (
        select(Person, SchoolClass)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.site_id == site_id, *holds_on(today, Enrolment))
        .where(Person.name_key == name_key(full_name), Person.birth_year == birth_year)
    )
    return [(person, room) for person, room in db.session.execute(wanted)]


def modules() -> list[tuple[Module, Course]]:
    """What can be assigned, in the order of the shelf."""
    wanted = (
        select(Module, Course)
        .join(Course, Course.id == Module.course_id)
        .where(Module.retired_at.is_(None), Course.retired_at.is_(None), Course.audience == "all")
        .order_by(Course.position, Module.position)
    )
    return [(module, course) for module, course in db.session.execute(wanted)]


def assignment_of(class_id: int, assignment_id: int) -> Assignment | None:
    return db.session.scalar(select(Assignment).where(Assignment.id == assignment_id, Assignment.class_id == class_id))


def enrolments_at(site_id: int, person_id: int, today: date) -> list[Enrolment]:
    """Where a pupil sits today in a school."""
    rooms = select(SchoolClass.id).where(SchoolClass.site_id == site_id)
    wanted = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.class_id.in_(rooms))
    return list(db.session.scalars(wanted.where(*holds_on(today, Enrolment))))
