"""Acts of an exam in tests."""

import re
from types import SimpleNamespace
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from lms.db import db
from lms.exams import actions
from lms.exams.models import Exam, Seat
from lms.witnessing.models import TestWindow
from tests.witnessing import world as made

CODE = re.compile(r'class="huge">([A-Z0-9]{3} [A-Z0-9]{3})<')
TEST = "/kiem-tra/thanh-toan"


def code_of(proctor: FlaskClient, exam: UUID) -> str:
    return CODE.search(proctor.post(f"/coi-thi/{exam}/ma").text)[1]


def begun(pupil: FlaskClient, code: str) -> str:
    """The address of the first question, entered with the code."""
    assert pupil.post(f"{TEST}/ma", data={"code": code}).status_code == 303
    address: str = pupil.post(f"{TEST}/bat-dau", data={"id": str(uuid4())}).location
    return address


def make(inside: SimpleNamespace, *present: int) -> TestWindow:
    """An exam of 7A by acts: these are present and have the code."""
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    actions.make_exam(window, inside.hoa)
    actions.set_code(window.id, "right")
    actions.mark_present(window, present, {})
    for person in present:
        actions.enter(window.id, person, "right")
    return window


def exam_row(window: TestWindow) -> Exam:
    return db.session.get_one(Exam, window.id, populate_existing=True)


def seat(window: TestWindow, person: int) -> Seat:
    return db.session.get_one(Seat, (window.id, person), populate_existing=True)
