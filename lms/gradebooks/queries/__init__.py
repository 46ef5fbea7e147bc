"""Every SELECT of the register: what a class is measured in, and each pupil's cells. A fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from lms.classes.models import Assignment
from lms.classes.rules.school_weeks import Term
from lms.clock import start_of
from lms.courses.models import Course, Lesson, Module, StepRead
from lms.courses.queries import outlines
from lms.db import db
from lms.gradebooks.models import MarkEntry
from lms.gradebooks.rules.marks import GENERAL, Cell, Entry, Mark, Reading, holding, mark_of
from lms.people.models import Person
from lms.quizzes.models import PracticeAnswer
from lms.skills import queries as skills
from lms.skills.rules.flowers import PetalState


@dataclass(frozen=True)
class Subject:
    """A column of the register: one of the five skills, or a module the class was given."""

    id: str
    title: str
    skill_id: str | None
    lessons: Mapping[str, int]
    """Lesson → how many steps; empty for a skill."""
    checks: frozenset[str] = frozenset()

    @property
    def is_skill(self) -> bool:
        return not self.lessons

    @property
    def steps(self) -> int:
        return sum(self.lessons.values())


@dataclass(frozen=True)
class Line:
    """One pupil of the register."""

    person: Person
    cells: tuple[Cell, ...]
    remark: Entry | None
    """The general remark that holds."""

    @property
    def passed(self) -> int:
        """How many subjects are Đạt."""
        return sum(cell.mark is Mark.PASS for cell in self.cells)


def subjects(class_id: int) -> list[Subject]:
    """The five skills, each followed by the modules of it the class was given."""
    modules = _modules(class_id)
    found = []
    for skill in skills.framework().skills:
        found.append(Subject(skill.id, skill.short_name.capitalize(), skill.id, {}))
        found += [one for one in modules if one.skill_id == skill.id]
    return found + [one for one in modules if one.skill_id is None]


def lines(class_id: int, people: Sequence[Person], columns: Sequence[Subject], term: Term, as_of: date) -> list[Line]:
    """The register of these people, in their order, by what they had done up to `as_of`."""
    canonical = {person.id: person.canonical_id or person.id for person in people}
    petals = skills.flowers(set(canonical.values()), as_of)
    full = {
        (person, petal.skill)
        for person, through in canonical.items()
        for petal in petals[through].petals
        if petal.state is PetalState.FULL
    }
    readings = _readings(list(canonical), columns, as_of)
    written = entries_of(class_id, list(canonical))
    found = []
    for person in people:
        held = holding(one for one in written.get(person.id, ()) if one.term == term)
        cells = tuple(
            _cell(column, (person.id, column.id) in full, readings.get((person.id, column.id)), held.get((column.id, term)))
            for column in columns
        )  # fmt: skip
        found.append(Line(person, cells, held.get((GENERAL, term))))
    return found


def entries_of(class_id: int, person_ids: Sequence[int]) -> dict[int, list[Entry]]:
    """Person → everything written about them in this class, oldest first."""
    wanted = (
        select(MarkEntry)
        .where(MarkEntry.class_id == class_id, MarkEntry.person_id.in_(person_ids))
        .order_by(MarkEntry.written_at, MarkEntry.id)
    )
    found: dict[int, list[Entry]] = {}
    for row in db.session.scalars(wanted):
        found.setdefault(row.person_id, []).append(
            Entry(str(row.id), row.subject, row.term, mark_of(row.mark), row.words, row.written_by, row.written_at)
        )
    return found


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    wanted = select(Person.id, Person.full_name).where(Person.id.in_(set(person_ids)))
    return {person: name for person, name in db.session.execute(wanted)}


def _modules(class_id: int) -> list[Subject]:
    given = select(Assignment.module_id).where(Assignment.class_id == class_id, Assignment.withdrawn_at.is_(None))
    wanted = (
        select(Module.id, Module.title, Course.skill_id, Lesson.id.label("lesson_id"), Lesson.digest)
        .join(Course, Course.id == Module.course_id)
        .join(Lesson, Lesson.module_id == Module.id)
        .where(Module.id.in_(given), Lesson.retired_at.is_(None))
        .order_by(Course.position, Module.position, Lesson.position)
    )
    rows = db.session.execute(wanted).all()
    published = outlines((row.lesson_id, row.digest) for row in rows)
    found: dict[str, tuple[str, str | None, dict[str, int], set[str]]] = {}
    for row in rows:
        steps = published[row.lesson_id].steps
        _title, _skill, lessons, checks = found.setdefault(row.id, (row.title, row.skill_id, {}, set()))
        lessons[row.lesson_id] = len(steps)
        checks.update(check for step in steps for check in step.checks)
    return [
        Subject(module, title, skill, lessons, frozenset(checks))
        for module, (title, skill, lessons, checks) in found.items()
    ]


def _readings(person_ids: Sequence[int], columns: Sequence[Subject], as_of: date) -> dict[tuple[int, str], Reading]:
    until = start_of(as_of + timedelta(days=1))
    lesson_ids = [lesson for column in columns for lesson in column.lessons]
    read: dict[tuple[int, str], int] = {}
    counted = (
        select(StepRead.person_id, StepRead.lesson_id, func.count())
        .where(StepRead.person_id.in_(person_ids), StepRead.lesson_id.in_(lesson_ids), StepRead.at < until)
        .group_by(StepRead.person_id, StepRead.lesson_id)
    )
    for person, lesson, steps in db.session.execute(counted):
        read[person, lesson] = steps
    right: set[tuple[int, str]] = set()
    answered = (
        select(PracticeAnswer.person_id, PracticeAnswer.item_id)
        .where(
            PracticeAnswer.person_id.in_(person_ids),
            PracticeAnswer.item_id.in_([check for column in columns for check in column.checks]),
            PracticeAnswer.is_right,
            PracticeAnswer.at < until,
        )
        .distinct()
    )
    for person, item in db.session.execute(answered):
        right.add((person, item))
    return {
        (person, column.id): Reading(
            column.steps,
            sum(min(read.get((person, lesson), 0), steps) for lesson, steps in column.lessons.items()),
            len(column.checks),
            sum((person, check) in right for check in column.checks),
        )
        for person in person_ids
        for column in columns
        if not column.is_skill
    }


def _cell(column: Subject, is_full: bool, reading: Reading | None, entry: Entry | None) -> Cell:
    if reading is not None:
        return Cell(column.id, reading.mark, reading.sentence, entry)
    return Cell(column.id, Mark.PASS if is_full else Mark.FAIL, "", entry)
