"""Recorded tests whose results their takers read later: the one place pupils' pages ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from lms.classes.models import Assignment, ClassGroup, Enrolment, GroupMember
from lms.classes.rules.waiting import Waiting, told_from
from lms.courses.models import Course, Module
from lms.db import fetch
from lms.people.models import Person
from lms.quizzes.models import Attempt, Quiz


@dataclass(frozen=True)
class Held:
    """A test handed in, of which its taker may not know the outcome yet."""

    person_id: int
    """The canonical one."""
    quiz_id: str
    title: str
    skill_id: str
    told_from: date
    """The first day it is told."""


_TAKER = aliased(Person)
_READERS: BindParameter[Any] = bindparam("people", expanding=True)
_IN_GROUP = (
    select(GroupMember.person_id)
    .join(ClassGroup, ClassGroup.id == GroupMember.group_id)
    .where(
        GroupMember.group_id == Assignment.group_id,
        GroupMember.person_id == Enrolment.person_id,
        ClassGroup.ended_at.is_(None),
    )
    .exists()
)
_COVERED = (
    select(
        func.coalesce(Person.canonical_id, Person.id).label("reader"),
        Attempt.id,
        Attempt.closed_at,
        Quiz.id.label("quiz_id"),
        Quiz.title,
        Quiz.skill_id,
        Assignment.opens_on,
        Assignment.due_on,
        Assignment.results_wait_from,
    )
    .select_from(Person)
    .join(Enrolment, Enrolment.person_id == Person.id)
    .join(Assignment, Assignment.class_id == Enrolment.class_id)
    .join(Module, Module.id == Assignment.module_id)
    .join(Course, Course.id == Module.course_id)
    .join(Quiz, Quiz.skill_id == Course.skill_id)
    .join(
        _TAKER,
        or_(
            _TAKER.id == func.coalesce(Person.canonical_id, Person.id),
            _TAKER.canonical_id == func.coalesce(Person.canonical_id, Person.id),
        ),
    )
    .join(Attempt, (Attempt.person_id == _TAKER.id) & (Attempt.quiz_id == Quiz.id))
    .where(
        or_(Person.id.in_(_READERS), Person.canonical_id.in_(_READERS)),
        Enrolment.from_on <= bindparam("today"),
        Enrolment.until_on.is_(None) | (Enrolment.until_on > bindparam("today")),
        Assignment.withdrawn_at.is_(None),
        Assignment.results_wait_from.is_not(None),
        Assignment.due_on >= bindparam("today"),
        or_(
            Assignment.group_id.is_(None) & Assignment.person_id.is_(None),
            Assignment.person_id == Enrolment.person_id,
            _IN_GROUP,
        ),
        Quiz.kind == "skill",
        Attempt.closed_at.is_not(None),
    )
    .order_by(Attempt.closed_at, Attempt.id)
)


def held(canonical_ids: Sequence[int], today: date) -> dict[UUID, Held]:
    """Attempt → what may be said of it to its taker today; attempts that are not here are told. One statement."""
    found: dict[UUID, tuple[Any, list[Waiting]]] = {}
    for row in fetch(_COVERED, people=list(canonical_ids), today=today):
        work = Waiting(row.opens_on, row.due_on, row.results_wait_from)
        found.setdefault(row.id, (row, []))[1].append(work)
    told = {id: (row, told_from(row.closed_at, works, today)) for id, (row, works) in found.items()}
    return {
        id: Held(row.reader, row.quiz_id, row.title, row.skill_id, day)
        for id, (row, day) in told.items()
        if day is not None
    }
