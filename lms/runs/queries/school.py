"""A school from above: its classes, how far they have come, and what that rests on. Numbers, no names of learners."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import distinct, func, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes.models import Assignment, Enrolment, SchoolClass
from lms.db import db
from lms.people.models import Person
from lms.places.models import Site
from lms.places.queries import holds_on
from lms.runs.models import LessonRun
from lms.skills.models import Evidence, SkillSpell


@dataclass(frozen=True)
class ClassRow:
    row: SchoolClass
    pupils: int
    assigned: int
    held: int
    """Lessons held."""
    proficient: Mapping[str, int] = field(default_factory=dict)
    """Skill → how many learners are proficient today."""
    attended: int = 0
    """Pieces of evidence that count and somebody stood beside: witnessed or proctored."""
    unattended: int = 0


def overseen_site(actor: Actor, site_id: int) -> Site | None:
    """The school for its principal or director, and for administrators."""
    site = db.session.get(Site, site_id)
    seen = actor.holds(Role.ADMIN) or site_id in actor.site_ids(Role.PRINCIPAL)
    return site if site is not None and seen and site.kind in ("school", "centre") else None


def classes_of_site(site_id: int, today: date) -> list[ClassRow]:
    """Classes of today by name; six statements, whatever their number."""
    wanted = select(SchoolClass).where(SchoolClass.site_id == site_id, *holds_on(today, SchoolClass))
    rows = list(db.session.scalars(wanted.order_by(SchoolClass.name, SchoolClass.id)))
    ids = [row.id for row in rows]
    pupils = _numbers(select(Enrolment.class_id, func.count()).where(*holds_on(today, Enrolment)), Enrolment, ids)
    given = select(Assignment.class_id, func.count()).where(Assignment.withdrawn_at.is_(None))
    assigned = _numbers(given, Assignment, ids)
    held = _numbers(select(LessonRun.class_id, func.count()), LessonRun, ids)
    proficient, evidence = _proficient(ids, today), _evidence(ids, today)
    return [
        ClassRow(
            row,
            pupils.get(row.id, 0),
            assigned.get(row.id, 0),
            held.get(row.id, 0),
            proficient.get(row.id, {}),
            evidence.get((row.id, True), 0),
            evidence.get((row.id, False), 0),
        )
        for row in rows
    ]


def _numbers(wanted: Any, table: Any, ids: list[int]) -> dict[int, int]:
    counted = wanted.where(table.class_id.in_(ids)).group_by(table.class_id)
    return {class_id: count for class_id, count in db.session.execute(counted)}


def _proficient(ids: list[int], today: date) -> dict[int, dict[str, int]]:
    """Read through the canonical person, as the class page does."""
    through = func.coalesce(Person.canonical_id, Person.id)
    wanted = (
        select(Enrolment.class_id, SkillSpell.skill_id, func.count(distinct(Enrolment.person_id)))
        .join(Person, Person.id == Enrolment.person_id)
        .join(SkillSpell, SkillSpell.person_id == through)
        .where(Enrolment.class_id.in_(ids), *holds_on(today, Enrolment, SkillSpell))
        .group_by(Enrolment.class_id, SkillSpell.skill_id)
    )
    found: dict[int, dict[str, int]] = {}
    for class_id, skill, count in db.session.execute(wanted):
        found.setdefault(class_id, {})[skill] = count
    return found


def _evidence(ids: list[int], today: date) -> dict[tuple[int, bool], int]:
    """What learners brought under their school's own record, admitted; by whether somebody stood beside."""
    wanted = (
        select(Enrolment.class_id, Evidence.mode, func.count(distinct(Evidence.id)))
        .join(Evidence, Evidence.person_id == Enrolment.person_id)
        .where(Enrolment.class_id.in_(ids), Evidence.admitted, *holds_on(today, Enrolment))
        .group_by(Enrolment.class_id, Evidence.mode)
    )
    found: dict[tuple[int, bool], int] = {}
    for class_id, mode, count in db.session.execute(wanted):
        key = (class_id, mode != "unattended")
        found[key] = found.get(key, 0) + count
    return found
