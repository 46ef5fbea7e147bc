"""On a handed-over device the same pages serve the learner, under their name, for the one test; the host is recorded."""

from types import SimpleNamespace

import pytest
from flask import Flask

from lms.db import db
from lms.quizzes.models import Attempt
from lms.skills.models import Evidence
from tests.quizzes import sitting
from tests.quizzes.sitting import Act, begin, through
from tests.witnessing import world as made


@pytest.fixture
def device(as_: Act, world: SimpleNamespace, do: Act):
    """Chị Mai's phone, locked to bà Lan."""
    window = do(made.open_test, world.mai, person_ids=[world.lan])
    phone = as_("mai")
    phone.post("/trao-may", data={"bai": str(window.id), "nguoi": str(world.lan)})
    return phone


def test_a_villager_passes_on_somebodys_phone(app: Flask, world: SimpleNamespace, device) -> None:
    assert "Bùi Thị Lan" in device.get("/kiem-tra/thanh-toan").text
    first = begin(device).location
    question = device.get(first).text
    assert "Bùi Thị Lan" in question and "/khoa-hoc" not in question
    with app.app_context():
        keys = sitting.keys_of_everything()
    review = through(device, first, keys)
    device.post(review.replace("xem-lai", "nop"))
    result = device.get(review.replace("xem-lai", "ket-qua")).text
    assert "Đã qua bài kiểm tra" in result and "/trao-may/dang-lam" in result and "/khoa-hoc" not in result
    with app.app_context():
        attempt = db.session.get_one(Attempt, sitting.attempt_in(review))
        assert (attempt.person_id, attempt.host_id) == (world.lan, world.mai)
        parts = {one["part"]: one["person"] for one in db.session.get_one(Evidence, attempt.id).actors}
        assert parts == {"opener": world.mai, "host": world.mai}


def test_another_test_cannot_be_reached(device) -> None:
    for address in ("/kiem-tra/mua-sam", "/kiem-tra/nguoi-chung", "/kiem-tra"):
        answered = device.get(address)
        assert answered.status_code == 404 or answered.location == "/trao-may/dang-lam", address
    assert begin(device, "mua-sam").status_code in (302, 404)


def test_pictures_of_questions_are_not_shut_out(device) -> None:
    """They are asked for by pages of the test; what does not exist is said so, and nobody is led elsewhere."""
    for address in ("/hinh/0000000000000000.png", "/hinh/cau-hoi/0000000000000000.png"):
        assert device.get(address).status_code == 404
