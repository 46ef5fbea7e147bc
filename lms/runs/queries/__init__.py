"""Every SELECT about lessons held."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.courses.queries import LessonAt, Outline, lesson_at, outline
from lms.db import db
from lms.quizzes import queries as quizzes
from lms.quizzes.rules.shapes import Item
from lms.runs.models import Attendance, LessonRun, LetterAnswer, LetterQuestion
from lms.runs.rules.letters import fits_cards
from lms.runs.rules.seats import Mark


@dataclass(frozen=True)
class Running:
    """A run with the book it follows."""

    run: LessonRun
    place: LessonAt
    outline: Outline


def run_of(class_id: int, run_id: UUID) -> LessonRun | None:
    return db.session.scalar(select(LessonRun).where(LessonRun.id == run_id, LessonRun.class_id == class_id))


def open_run(class_id: int) -> LessonRun | None:
    return db.session.scalar(select(LessonRun).where(LessonRun.open_key == class_id))


def followed(run: LessonRun) -> Running | None:
    """None where the lesson is no longer on the shelf."""
    place = lesson_at(run.lesson_id)
    return Running(run, place, outline(place.id, place.digest)) if place else None


def attendance(run_id: UUID) -> dict[int, Mark]:
    rows = select(Attendance.person_id, Attendance.is_present, Attendance.with_id).where(Attendance.run_id == run_id)
    return {person: Mark(there, other) for person, there, other in db.session.execute(rows)}


def card_questions(outline: Outline) -> list[Item]:
    """Questions of a lesson that cards can answer, in the order of its steps."""
    wanted = [item for step in outline.steps for item in step.checks]
    known = quizzes.practice_items(wanted)
    return [known[one] for one in dict.fromkeys(wanted) if one in known and fits_cards(known[one])]


def question_of(run_id: UUID, question_id: UUID) -> LetterQuestion | None:
    wanted = select(LetterQuestion).where(LetterQuestion.id == question_id, LetterQuestion.run_id == run_id)
    return db.session.scalar(wanted)


def questions_of(run_id: UUID) -> dict[str, LetterQuestion]:
    """Item → how it was put to the class."""
    rows = db.session.scalars(select(LetterQuestion).where(LetterQuestion.run_id == run_id))
    return {row.item_id: row for row in rows}


def wording(question: LetterQuestion) -> Item:
    """The question as it was when it was asked."""
    return quizzes.items_by_digest([(question.item_id, question.digest)])[question.item_id]


def letters(question_id: UUID) -> dict[int, str]:
    """Person → option shown."""
    rows = select(LetterAnswer.person_id, LetterAnswer.option_id).where(LetterAnswer.question_id == question_id)
    return {person: option for person, option in db.session.execute(rows)}
