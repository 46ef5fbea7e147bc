"""A school with one class, in the hamlet of tests/rosters: bà Lan's granddaughter Lan is in it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from lms import clock
from lms.classes import actions as classes
from lms.classes.models import SchoolClass
from lms.courses.models import Course, Lesson, LessonVersion, Module, StepRead
from lms.db import db, open_write
from lms.people import actions as people
from lms.people.models import Person
from lms.people.rules import Giver, Purpose
from lms.quizzes.models import Attempt, Quiz
from lms.skills.models import Skill

BEGUN = date(2026, 9, 5)
NAMES = ("Bùi Thị Lan", "Lê Văn Nam", "Đặng Thị Ước")


def founded(ids: dict[str, int], names=NAMES) -> tuple[SchoolClass, list[Person]]:
    """Class 7A of the hamlet's school, taught by its teacher."""
    room = classes.found_class(ids["school"], "7A", "2026–2027", BEGUN)
    classes.appoint_teacher(room.id, ids["teacher"], BEGUN)
    pupils = [people.create_person(name, 2013) for name in names]
    for pupil in pupils:
        classes.enrol(room.id, pupil.id, BEGUN)
    db.session.commit()
    return room, pupils


def shelved() -> Module:
    """A course of one module with one lesson of three steps, and the five skills."""
    open_write()
    for n, words in enumerate(("dịch vụ công", "mua sắm", "thanh toán", "tự bảo vệ", "nền tảng địa phương"), 1):
        db.session.add(Skill(id=f"s{n}", position=n, slug=f"ky-nang-{n}", name=words.capitalize(), short_name=words))
    db.session.flush()
    db.session.add(Course(id="c.tt", slug="thanh-toan", title="Thanh toán", skill_id="s3", position=1))
    db.session.flush()
    module = Module(id="m.s3.1", course_id="c.tt", title="Quét mã cho đúng", position=1)
    db.session.add(module)
    db.session.flush()
    db.session.add(
        Lesson(id="l.s3.1", module_id="m.s3.1", slug="quet-ma", title="Quét mã", minutes=45, position=1, digest="d")
    )
    db.session.flush()
    steps = [{"id": f"b{n}", "title": "", "parts": []} for n in range(3)]
    db.session.add(LessonVersion(lesson_id="l.s3.1", digest="d", steps=steps, published_at=clock.now()))
    db.session.add(Quiz(id="thanh-toan", kind="skill", skill_id="s3", title="Kiểm tra thanh toán"))
    db.session.commit()
    return module


def read_steps(person_id: int, steps: int, at: datetime | None = None) -> None:
    open_write()
    for n in range(steps):
        db.session.add(StepRead(person_id=person_id, lesson_id="l.s3.1", step_id=f"b{n}", at=at or clock.now()))
    db.session.commit()


def sat(person_id: int, passed: bool) -> None:
    """A closed recorded test."""
    open_write()
    now = clock.now()
    db.session.add(
        Attempt(id=uuid4(), person_id=person_id, quiz_id="thanh-toan", open_key=None, seed="s", form=[], ruleset_id="r",
                session_id=uuid4(), mode="witnessed", admitted=True, started_at=now - timedelta(minutes=20), closed_at=now,
                result={"passed": passed})
    )  # fmt: skip
    db.session.commit()


def consented(person_id: int, *purposes: Purpose) -> None:
    for purpose in purposes or tuple(Purpose):
        for giver in Giver:
            people.record_consent(person_id, purpose, giver, people.CONSENT_TEXT, "paper")
    db.session.commit()
