"""The school year, groups within a class, and what was assigned to whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes.models import (
    Assignment,
    ClassGroup,
    ClassTeacher,
    ClassTimetable,
    GroupMember,
    SchoolCalendar,
    SchoolClass,
)
from lms.classes.queries import visible_to
from lms.classes.rules.school_weeks import SchoolYear, Stretch
from lms.courses.models import Module
from lms.db import db
from lms.people.models import Person

MOST_CLASSES = 60


@dataclass(frozen=True)
class Task:
    """An assignment as a teacher reads it."""

    assignment: Assignment
    module: Module
    group: ClassGroup | None
    person: Person | None
    members: frozenset[int] = frozenset()
    """Of the group it was given to."""

    def asks(self, person_id: int) -> bool:
        """Whether it was given to this pupil of the class."""
        if self.person is not None:
            return self.person.id == person_id
        return self.group is None or person_id in self.members


def calendar_row(site_id: int, school_year: str) -> SchoolCalendar | None:
    wanted = select(SchoolCalendar).where(SchoolCalendar.site_id == site_id, SchoolCalendar.school_year == school_year)
    return db.session.scalar(wanted)


def year_of(row: SchoolClass) -> SchoolYear | None:
    """The school year of a class, once its school has set it."""
    kept = calendar_row(row.site_id, row.school_year) if row.school_year else None
    return as_year(kept) if kept else None


def as_year(kept: SchoolCalendar) -> SchoolYear:
    return SchoolYear(
        Stretch(kept.first_from_on, kept.first_until_on),
        Stretch(kept.second_from_on, kept.second_until_on),
        tuple(Stretch(date.fromisoformat(first), date.fromisoformat(last)) for first, last in kept.breaks),
    )


def weekdays_of(class_id: int) -> list[int]:
    """On which days the class has its lessons."""
    kept = db.session.get(ClassTimetable, class_id)
    return sorted(kept.weekdays) if kept else []


# --- groups -------------------------------------------------------------------------------------


def groups(class_id: int) -> list[ClassGroup]:
    wanted = select(ClassGroup).where(ClassGroup.class_id == class_id, ClassGroup.ended_at.is_(None))
    return list(db.session.scalars(wanted.order_by(ClassGroup.name, ClassGroup.id)))


def group_of(class_id: int, group_id: int) -> ClassGroup | None:
    return db.session.scalar(select(ClassGroup).where(ClassGroup.id == group_id, ClassGroup.class_id == class_id))


def members_of(group_ids: Collection[int]) -> dict[int, set[int]]:
    """Group → ids of its members."""
    found: dict[int, set[int]] = {group: set() for group in group_ids}
    wanted = select(GroupMember.group_id, GroupMember.person_id).where(GroupMember.group_id.in_(group_ids))
    for group, person in db.session.execute(wanted) if group_ids else ():
        found[group].add(person)
    return found


# --- tasks --------------------------------------------------------------------------------------


def tasks(class_id: int) -> list[Task]:
    """What a class, its groups and its pupils were given and is not withdrawn, the nearest due day first."""
    wanted = (
        select(Assignment, Module, ClassGroup, Person)
        .join(Module, Module.id == Assignment.module_id)
        .outerjoin(ClassGroup, ClassGroup.id == Assignment.group_id)
        .outerjoin(Person, Person.id == Assignment.person_id)
        .where(Assignment.class_id == class_id, Assignment.withdrawn_at.is_(None), ClassGroup.ended_at.is_(None))
        .order_by(Assignment.due_on, Assignment.id)
    )
    rows = db.session.execute(wanted).all()
    members = members_of({group.id for _assignment, _module, group, _person in rows if group is not None})
    return [Task(*row, frozenset(members.get(row[0].group_id or 0, ()))) for row in rows]


def assigned_to(person_id: int, class_ids: Sequence[int], today: date) -> list[tuple[Assignment, Module]]:
    """What a pupil of these classes has been given, alone, with a group or with everybody, and may see today.

    The nearest due day first; a module given twice is asked for once, by its first day.
    """
    own_groups = (
        select(GroupMember.group_id)
        .join(ClassGroup, ClassGroup.id == GroupMember.group_id)
        .where(GroupMember.person_id == person_id, ClassGroup.ended_at.is_(None))
    )
    for_all = Assignment.group_id.is_(None) & Assignment.person_id.is_(None)
    wanted = (
        select(Assignment, Module)
        .join(Module, Module.id == Assignment.module_id)
        .where(
            Assignment.class_id.in_(class_ids),
            Assignment.withdrawn_at.is_(None),
            Assignment.opens_on <= today,
            or_(for_all, Assignment.person_id == person_id, Assignment.group_id.in_(own_groups)),
        )
        .order_by(Assignment.due_on, Assignment.id)
    )
    found: dict[str, tuple[Assignment, Module]] = {}
    for assignment, module in db.session.execute(wanted):
        found.setdefault(module.id, (assignment, module))
    return list(found.values())


def earlier_classes(actor: Actor, row: SchoolClass, today: date) -> list[tuple[SchoolClass, int]]:
    """Classes of the same school whose plan may be taken over, the latest year first, with how many tasks they had.

    One's own of earlier years too: a plan names modules and days, no pupil.
    """
    own = select(ClassTeacher.class_id).where(ClassTeacher.person_id == actor.person_id)
    in_reach: ColumnElement[bool] = SchoolClass.id.in_(visible_to(actor, today).with_only_columns(SchoolClass.id))
    if not actor.holds(Role.ADMIN):
        in_reach = or_(in_reach, SchoolClass.id.in_(own))
    wanted = (
        select(SchoolClass, func.count(Assignment.id))
        .join(Assignment, Assignment.class_id == SchoolClass.id)
        .where(SchoolClass.site_id == row.site_id, SchoolClass.id != row.id, in_reach, *_for_the_class())
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.school_year.desc(), SchoolClass.name, SchoolClass.id)
        .limit(MOST_CLASSES)
    )
    return [(one, count) for one, count in db.session.execute(wanted)]


def plan_of(class_id: int) -> list[tuple[Assignment, Module]]:
    """What a class was given as a whole, in the order of the days, each module once (its first day)."""
    wanted = (
        select(Assignment, Module)
        .join(Module, Module.id == Assignment.module_id)
        .where(Assignment.class_id == class_id, Module.retired_at.is_(None), *_for_the_class())
        .order_by(Assignment.due_on, Assignment.id)
    )
    found: dict[str, tuple[Assignment, Module]] = {}
    for assignment, module in db.session.execute(wanted):
        found.setdefault(module.id, (assignment, module))
    return list(found.values())


def _for_the_class() -> tuple[Any, ...]:
    return (Assignment.group_id.is_(None), Assignment.person_id.is_(None), Assignment.withdrawn_at.is_(None))
