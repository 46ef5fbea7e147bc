"""The class at work: a fixed number of statements whatever its size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.courses.models import StepRead
from lms.db import db
from lms.people.models import Person
from lms.quizzes.models import PracticeAnswer
from lms.runs.models import LessonRun
from lms.runs.queries import Running
from lms.runs.rules.pace import NOTHING, Pace, Place, Standing, standing, together, wrong_in_a_row
from lms.runs.rules.seats import Mark, partner_of


@dataclass(frozen=True)
class Line:
    number: int
    """On the roster, counted from 1."""
    person: Person
    standing: Standing
    step: str
    """The title of the step they are at; empty before the first and after the last."""
    partner: Person | None


def board(running: Running, people: Sequence[Person], marks: Mapping[int, Mark], now: datetime) -> list[Line]:
    """Everybody of the roster in its order."""
    paces = _paces(running, [person.id for person in people])
    partners = partner_of(marks)
    by_id = {person.id: person for person in people}
    steps = running.outline.steps
    lines = []
    for number, person in enumerate(people, 1):
        pace = paces.get(person.id, NOTHING)
        partner = by_id.get(partners.get(person.id, 0))
        if partner is not None:
            pace = together(pace, paces.get(partner.id, NOTHING))
        found = standing(pace, len(steps), running.run.started_at, now)
        if person.id in marks and not marks[person.id].is_present:
            found = Standing(Place.ABSENT, found.read)
        at = steps[found.read].title if found.read < len(steps) and found.place in AT_A_STEP else ""
        lines.append(Line(number, person, found, at, partner))
    return lines


AT_A_STEP = (Place.READING, Place.STUCK)


def _paces(running: Running, person_ids: Sequence[int]) -> dict[int, Pace]:
    """Steps of this lesson read ever; what was done since the run began."""
    run, known = running.run, {step.id for step in running.outline.steps}
    read: dict[int, set[str]] = {}
    last: dict[int, datetime] = {}
    for person, step, at in _steps_read(run, person_ids):
        if step in known:
            read.setdefault(person, set()).add(step)
            _later(last, person, at, run)
    answers: dict[int, list[bool]] = {}
    for person, is_right, at in _answers(running, person_ids):
        answers.setdefault(person, []).append(is_right)
        _later(last, person, at, run)
    everybody = {*read, *answers}
    return {
        person: Pace(len(read.get(person, ())), last.get(person), wrong_in_a_row(answers.get(person, ())))
        for person in everybody
    }


def _later(last: dict[int, datetime], person: int, at: datetime, run: LessonRun) -> None:
    if at >= run.started_at and (person not in last or at > last[person]):
        last[person] = at


def _steps_read(run: LessonRun, person_ids: Sequence[int]) -> Sequence[tuple[int, str, datetime]]:
    wanted = select(StepRead.person_id, StepRead.step_id, StepRead.at).where(
        StepRead.lesson_id == run.lesson_id, StepRead.person_id.in_(person_ids)
    )
    return [(person, step, at) for person, step, at in db.session.execute(wanted)]


def _answers(running: Running, person_ids: Sequence[int]) -> Sequence[tuple[int, bool, datetime]]:
    items = {item for step in running.outline.steps for item in step.checks}
    wanted = (
        select(PracticeAnswer.person_id, PracticeAnswer.is_right, PracticeAnswer.at)
        .where(
            PracticeAnswer.person_id.in_(person_ids),
            PracticeAnswer.item_id.in_(items),
            PracticeAnswer.at >= running.run.started_at,
        )
        .order_by(PracticeAnswer.at, PracticeAnswer.id)
    )
    return [(person, is_right, at) for person, is_right, at in db.session.execute(wanted)]
