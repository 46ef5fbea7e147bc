"""The classes a list brought its people into, and who sits in them without standing on it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from lms.access.actor import Actor
from lms.classes.models import ClassTeacher, Enrolment, SchoolClass
from lms.classes.queries import visible_to
from lms.db import db
from lms.imports.problems import Kind
from lms.people.models import Person
from lms.places.queries import holds_on
from lms.rosters.models import RosterImport, RosterRow

CLASSES_SHOWN = 12


@dataclass(frozen=True)
class Leaver:
    enrolment: Enrolment
    person: Person
    class_name: str


def leavers(roster: RosterImport, actor: Actor, today: date) -> list[Leaver]:
    """Enrolled today in a class the list named, and not one of its people: perhaps gone, perhaps a row with an error.

    Only of classes the actor may still open, and of the school and year the list was read for.
    """
    if roster.kind != Kind.CLASS or roster.state != "applied":
        return []
    told, named = _told(roster), _named(roster, today)
    mine = visible_to(actor, today).with_only_columns(SchoolClass.id)
    wanted = (
        select(Enrolment, Person, SchoolClass.name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.class_id.in_(named), Enrolment.class_id.in_(mine), *holds_on(today, Enrolment))
        .where(SchoolClass.site_id == roster.target.get("site_id"))
        .where(SchoolClass.school_year == (roster.target.get("school_year") or ""))
        .where(Person.id.not_in(told))
        .order_by(SchoolClass.name, Person.name_key, Person.id)
    )
    return [Leaver(enrolment, person, name) for enrolment, person, name in db.session.execute(wanted)]


def classes_of_list(roster: RosterImport, person_id: int, today: date) -> list[SchoolClass]:
    """The classes of the list that this person teaches: the next thing is to make their cards."""
    if roster.kind != Kind.CLASS or roster.state != "applied":
        return []
    own = select(ClassTeacher.class_id).where(ClassTeacher.person_id == person_id, *holds_on(today, ClassTeacher))
    wanted = (
        select(SchoolClass)
        .where(SchoolClass.id.in_(_named(roster, today)), SchoolClass.id.in_(own))
        .where(SchoolClass.site_id == roster.target.get("site_id"))
        .where(SchoolClass.school_year == (roster.target.get("school_year") or ""))
        .order_by(SchoolClass.name, SchoolClass.id)
    )
    return list(db.session.scalars(wanted.limit(CLASSES_SHOWN)))


def _told(roster: RosterImport) -> Select[int]:
    return select(RosterRow.subject_id).where(
        RosterRow.import_id == roster.id, RosterRow.subject == "person", RosterRow.undone_at.is_(None)
    )


def _named(roster: RosterImport, today: date) -> Select[int]:
    return select(Enrolment.class_id).where(Enrolment.person_id.in_(_told(roster)), *holds_on(today, Enrolment))
