"""Every write about lessons held."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from sqlalchemy import delete, select

from lms import clock
from lms.classes.models import SchoolClass
from lms.courses.models import Lesson
from lms.db import db, writes
from lms.quizzes import actions as quizzes
from lms.quizzes.rules.items import practice_order
from lms.quizzes.rules.shapes import Answer, Item
from lms.refusals import Refusal
from lms.runs import queries
from lms.runs.models import Attendance, LessonRun, LetterAnswer, LetterQuestion
from lms.runs.rules.letters import fits_cards
from lms.runs.rules.pace import is_running
from lms.runs.rules.seats import Mark


@writes
def start_run(id: UUID, class_id: int, lesson_id: str, teacher_id: int) -> LessonRun:
    """Begin a lesson with a class, or come back to the one that runs; one nobody ended is closed first."""
    # Lock first, read second: two taps must not begin two lessons.
    db.session.execute(select(SchoolClass.id).where(SchoolClass.id == class_id).with_for_update())
    now = clock.now()
    running = queries.open_run(class_id)
    if running is not None and is_running(running.started_at, running.ended_at, now):
        if running.lesson_id != lesson_id:
            raise Refusal("Lớp đang có một tiết chưa kết thúc. Mở tiết ấy và kết thúc trước.", "running")
        return running
    if running is not None:
        end_run(running)
        db.session.flush()  # the open key is free again
    if db.session.scalar(select(Lesson.id).where(Lesson.id == lesson_id, Lesson.retired_at.is_(None))) is None:
        raise Refusal("Không có bài học này.", "no-lesson")
    row = LessonRun(
        id=id, class_id=class_id, lesson_id=lesson_id, open_key=class_id, started_at=now, started_by=teacher_id
    )
    db.session.add(row)
    db.session.flush()  # attendance names it
    return row


@writes
def end_run(run: LessonRun) -> None:
    """The lesson is over; questions still open are closed with it."""
    if run.ended_at is not None:
        return
    for question in queries.questions_of(run.id).values():
        close_question(question)
    run.ended_at, run.open_key = clock.now(), None


@writes
def go_on(run: LessonRun) -> None:
    """Take back an ending, while the lesson could still run and no other one has begun."""
    if not is_running(run.started_at, None, clock.now()) or queries.open_run(run.class_id) is not None:
        raise Refusal("Tiết này đã qua lâu, hoặc lớp đã bắt đầu tiết khác.", "too-late")
    run.ended_at, run.open_key = None, run.class_id


@writes
def mark_attendance(run: LessonRun, marks: Mapping[int, Mark], teacher_id: int) -> None:
    """Who is there; marking again corrects."""
    known = {row.person_id: row for row in db.session.scalars(select(Attendance).where(Attendance.run_id == run.id))}
    for person_id, mark in marks.items():
        row = known.get(person_id)
        if row is not None and (row.is_present, row.with_id) == (mark.is_present, mark.with_id):
            continue
        if row is None:
            row = Attendance(run_id=run.id, person_id=person_id)
            db.session.add(row)
        row.is_present, row.with_id = mark.is_present, mark.with_id
        row.marked_at, row.marked_by = clock.now(), teacher_id


@writes
def ask_class(id: UUID, run: LessonRun, item: Item) -> LetterQuestion:
    """Put a practice question to the class; what was asked before it is closed. Asked twice it is one question."""
    if run.ended_at is not None:
        raise Refusal("Tiết học đã kết thúc.", "ended")
    if not fits_cards(item):
        raise Refusal("Câu này không trả lời bằng thẻ A, B, C, D được.", "no-cards")
    asked = queries.questions_of(run.id)
    if item.id in asked:
        return asked[item.id]
    for question in asked.values():
        close_question(question)
    row = LetterQuestion(id=id, run_id=run.id, item_id=item.id, digest=item.digest, asked_at=clock.now())
    row.options = list(practice_order(item))
    db.session.add(row)
    db.session.flush()  # answers name it
    return row


@writes
def capture_letters(question: LetterQuestion, shown: Mapping[int, str | None]) -> int:
    """Keep the letters as they stand on the grid, None for nobody's; says how many are kept. May be corrected until closed."""
    _lock(question)
    if question.closed_at is not None:
        raise Refusal("Đáp án câu này đã hiện, không sửa được nữa.", "closed")
    db.session.execute(
        delete(LetterAnswer).where(LetterAnswer.question_id == question.id, LetterAnswer.person_id.in_(list(shown)))
    )
    now = clock.now()
    kept = [
        {"question_id": question.id, "person_id": person, "option_id": option, "at": now}
        for person, option in shown.items()
        if option is not None
    ]
    db.session.add_all(LetterAnswer(**one) for one in kept)
    return len(kept)


@writes
def close_question(question: LetterQuestion) -> None:
    """The answers go into each learner's record as practice; from now on what is right may be shown. Twice is once."""
    _lock(question)
    if question.closed_at is not None:
        return
    item = queries.wording(question)
    for person_id, option in queries.letters(question.id).items():
        kept_as = uuid5(question.id, str(person_id))
        quizzes.answer_practice(kept_as, person_id, item, Answer(frozenset({option})))
    question.closed_at = clock.now()


def _lock(question: LetterQuestion) -> None:
    """Two windows of one teacher: the second waits, then sees what the first did."""
    db.session.flush()
    db.session.refresh(question, with_for_update=True)
