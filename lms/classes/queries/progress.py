"""How far a class has come: what is read, tried and passed, who needs help. A fixed number of statements for any class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.classes.models import Assignment
from lms.classes.queries import joined_on
from lms.classes.queries.planning import Task, tasks
from lms.classes.rules import Given, Tried, needs_help
from lms.clock import day_of
from lms.courses.models import Lesson, LessonVersion, Module, StepRead
from lms.db import db
from lms.people.models import Person
from lms.people.queries import standing_consents
from lms.people.rules import Giver, Purpose
from lms.quizzes.models import Attempt, Quiz
from lms.quizzes.queries.outcomes import OUTCOME, passed
from lms.skills import queries as skills
from lms.skills.rules.flowers import Flower


@dataclass(frozen=True)
class Line:
    """One pupil on the class page."""

    person: Person
    flower: Flower
    petals: int
    given: tuple[Given, ...]
    tried: tuple[Tried, ...]
    lacking: tuple[Giver, ...]
    """Whose yes to recorded tests is missing."""
    is_linked: bool
    help: str


@dataclass(frozen=True)
class Progress:
    """What pupils did, by person."""

    read: dict[int, dict[str, int]]
    """Person → lesson → steps read."""
    seen: dict[int, date]
    steps: dict[str, dict[str, int]]
    """Module → lesson → how many steps it has."""
    tried: dict[int, dict[str, bool]]
    """Person → skill → whether the latest recorded test was passed."""


def sheet(class_id: int, people: Sequence[Person], today: date) -> list[Line]:
    """The class page's table, in the order of `people`; what opens later is not asked for yet."""
    given = [task for task in tasks(class_id) if task.assignment.opens_on <= today]
    progress = progress_of([person.id for person in people], [task.module.id for task in given])
    flowers = skills.flowers({person.canonical_id or person.id for person in people}, today)
    short_names = skills.framework().short_names
    consents, joined = standing_consents(people, today), joined_on(class_id, today)
    return [
        _line(person, given, progress, flowers[person.canonical_id or person.id], short_names,
              consents[person.id][Purpose.ASSESSMENT].missing, joined.get(person.id, date.min), today)
        for person in people
    ]  # fmt: skip


def progress_of(person_ids: Sequence[int], module_ids: Sequence[str]) -> Progress:
    read: dict[int, dict[str, int]] = {person: {} for person in person_ids}
    seen: dict[int, date] = {}
    counted = (
        select(StepRead.person_id, StepRead.lesson_id, func.count(), func.max(StepRead.at))
        .where(StepRead.person_id.in_(person_ids))
        .group_by(StepRead.person_id, StepRead.lesson_id)
    )
    for person, lesson, steps, last in db.session.execute(counted):
        read[person][lesson] = steps
        seen[person] = max(seen.get(person, date.min), day_of(last))
    return Progress(read, seen, _steps_of(module_ids), _tried(person_ids, seen))


def _steps_of(module_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    wanted = (
        select(Lesson.module_id, Lesson.id, LessonVersion.steps)
        .join(LessonVersion, (LessonVersion.lesson_id == Lesson.id) & (LessonVersion.digest == Lesson.digest))
        .where(Lesson.module_id.in_(module_ids), Lesson.retired_at.is_(None))
    )
    found: dict[str, dict[str, int]] = {module: {} for module in module_ids}
    for module, lesson, steps in db.session.execute(wanted) if module_ids else ():
        found[module][lesson] = len(steps)
    return found


def _tried(person_ids: Sequence[int], seen: dict[int, date]) -> dict[int, dict[str, bool]]:
    """The latest closed test of each skill; sitting one is being seen, too."""
    wanted = (
        select(Attempt.person_id, Quiz.skill_id, Attempt.closed_at, *OUTCOME)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.person_id.in_(person_ids), Attempt.closed_at.is_not(None), Quiz.skill_id.is_not(None))
        .order_by(Attempt.closed_at, Attempt.id)
    )
    found: dict[int, dict[str, bool]] = {}
    for person, skill, closed_at, *outcome in db.session.execute(wanted):
        found.setdefault(person, {})[skill] = passed(*outcome)
        seen[person] = max(seen.get(person, date.min), day_of(closed_at))
    return found


def _line(
    person: Person,
    given: Sequence[Task],
    progress: Progress,
    flower: Flower,
    short_names: Mapping[str, str],
    lacking: tuple[Giver, ...],
    joined: date,
    today: date,
) -> Line:
    modules = tuple(_given(one.assignment, one.module, progress, person.id) for one in given if one.asks(person.id))
    tried = tuple(Tried(short_names[skill], ok) for skill, ok in progress.tried.get(person.id, {}).items())
    petals = sum(petal.state == "full" for petal in flower.petals)
    help = needs_help(modules, tried, progress.seen.get(person.id), today, joined)
    return Line(person, flower, petals, modules, tried, lacking, person.canonical_id is not None, help)


def _given(assignment: Assignment, module: Module, progress: Progress, person_id: int) -> Given:
    lessons = progress.steps.get(module.id, {})
    own = progress.read.get(person_id, {})
    read = sum(min(own.get(lesson, 0), steps) for lesson, steps in lessons.items())
    given_on = max(day_of(assignment.assigned_at), assignment.opens_on)
    return Given(module.title, given_on, assignment.due_on, sum(lessons.values()), read, assignment.id)
