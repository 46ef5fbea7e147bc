"""Every SELECT about classes."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes.models import Assignment, ClassTeacher, Enrolment, SchoolClass
from lms.courses.models import Module
from lms.db import db
from lms.people.models import Person
from lms.places.queries import holds_on


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
    wanted = (
        select(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))
        .order_by(Person.name_key, Person.id)
    )
    return list(db.session.scalars(wanted))


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


def assignments(class_id: int) -> list[tuple[Assignment, Module]]:
    """Modules assigned and not withdrawn, the nearest due day first."""
    wanted = (
        select(Assignment, Module)
        .join(Module, Module.id == Assignment.module_id)
        .where(Assignment.class_id == class_id, Assignment.withdrawn_at.is_(None))
        .order_by(Assignment.due_on, Assignment.id)
    )
    return [(assignment, module) for assignment, module in db.session.execute(wanted)]


def assigned_to(person_id: int, today: date) -> list[tuple[Assignment, Module]]:
    """What a pupil has been given, the nearest due day first."""
    wanted = (
        select(Assignment, Module)
        .join(Module, Module.id == Assignment.module_id)
        .where(Assignment.class_id.in_(class_ids_of(person_id, today)), Assignment.withdrawn_at.is_(None))
        .order_by(Assignment.due_on, Assignment.id)
    )
    return [(assignment, module) for assignment, module in db.session.execute(wanted)]


def teachers(class_id: int, today: date) -> list[Person]:
    wanted = (
        select(Person)
        .join(ClassTeacher, ClassTeacher.person_id == Person.id)
        .where(ClassTeacher.class_id == class_id, *holds_on(today, ClassTeacher))
        .order_by(Person.name_key, Person.id)
    )
    return list(db.session.scalars(wanted))
