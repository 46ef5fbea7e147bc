"""Every write about courses outside publishing: a reader finished a step."""

from sqlalchemy import insert, select

from lms import clock
from lms.courses import queries
from lms.courses.models import Lesson, StepRead
from lms.db import db, writes
from lms.people.models import Person
from lms.refusals import Refusal


@writes
def read_step(person_id: int, lesson_id: str, step_id: str) -> bool:
    """Remember that a step was read to its end; False when it was known."""
    # Lock first, read second: a doubled tap must not become two rows.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    if db.session.get(StepRead, (person_id, lesson_id, step_id)) is not None:
        return False
    digest = db.session.scalar(select(Lesson.digest).where(Lesson.id == lesson_id, Lesson.retired_at.is_(None)))
    if digest is None or all(step.id != step_id for step in queries.outline(lesson_id, digest).steps):
        raise Refusal("Bài đã đổi, bước này không còn nữa. Mở lại bài để đọc tiếp.", "no-step")
    db.session.execute(
        insert(StepRead), [{"person_id": person_id, "lesson_id": lesson_id, "step_id": step_id, "at": clock.now()}]
    )
    return True
