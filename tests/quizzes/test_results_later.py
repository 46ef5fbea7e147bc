"""«Kết quả sau ngày hạn»: nothing a pupil opens tells the outcome before; teachers see it; figures follow at once."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select

from lms import clock
from lms.classes import actions as classes
from lms.classes.models import Assignment
from lms.classes.queries import waiting
from lms.courses.models import Course, Module
from lms.db import db, open_write
from lms.people.models import Person
from lms.skills.queries import standings
from tests.quizzes import sitting
from tests.quizzes.sitting import Act
from tests.witnessing import world as made

TOLD_BY = ("Đã qua", "Chưa qua", "chưa qua", "Chìa Biết đã có", "Nên đọc lại", "Đã vững", "Đã thử")
"""Words that tell how it went; when one may try again is said alike after every try."""
FLOWER = re.compile(r'<svg class="flower.*?</svg>', re.DOTALL)


def give(world: SimpleNamespace, **more: Any) -> Assignment:
    """A module of the payment skill until five days from now, results after closing."""
    wanted = select(Module.id).join(Course, Course.id == Module.course_id).where(Course.skill_id == "s3")
    due = clock.today() + timedelta(days=5)
    module = db.session.scalars(wanted.order_by(Module.id)).first()
    return classes.assign_module(world.school_class, module, due, world.hoa, **{"results_wait": True, **more})


def held_of(app: Flask, person: int) -> set[UUID]:
    with app.app_context():
        return set(waiting.held([person], clock.today()))


@pytest.fixture
def window(world: SimpleNamespace, do: Act):
    return do(made.open_test, world.hoa, class_id=world.school_class)


@pytest.mark.parametrize("right", [15, 5])
def test_no_page_of_the_pupil_tells_before_the_day(
    app: Flask, as_: Act, world: SimpleNamespace, window, do: Act, right: int
) -> None:
    do(give, world)
    an = as_("an")
    flowers = [FLOWER.findall(an.get(page).text) for page in ("/", "/hoa-cua-toi")]
    attempt = do(sitting.take, world, world.an, right=right)
    own, told = f"/kiem-tra/thanh-toan/bai/{attempt.id}/ket-qua", f"{clock.today() + timedelta(days=6):%d/%m/%Y}"
    for page in (own, "/kiem-tra/thanh-toan", "/kiem-tra", "/", "/hoa-cua-toi"):
        text = an.get(page).text
        assert f"kết quả có từ ngày {told}" in text or f"Kết quả có từ ngày {told}" in text, page
        assert not [words for words in TOLD_BY if words in text], page
    assert [FLOWER.findall(an.get(page).text) for page in ("/", "/hoa-cua-toi")] == flowers
    assert "Đã đủ điều kiện" not in an.get("/giay-chung-nhan").text
    seen = as_("hoa").get(f"/chung-kien/mo-bai/{window.id}").text
    assert ("đã nộp, đạt" in seen) is (right == 15) and ("đã nộp, chưa đạt" in seen) is (right == 5)
    with app.app_context():
        knows = standings([world.an], clock.today())[world.an]["s3"].keys.know
    assert (knows is not None) is (right == 15), "the figures know at once"
    with clock.frozen(clock.now() + timedelta(days=6)):
        text = as_("an").get(own).text
    assert ("Đã qua bài kiểm tra" if right == 15 else "Lần này chưa qua") in text


def test_until_taken_back_and_never_what_was_read_already(app: Flask, world: SimpleNamespace, window, do: Act) -> None:
    assignment = do(give, world)
    attempt = do(sitting.take, world, world.an)
    assert held_of(app, world.an) == {attempt.id}
    do(lambda: classes.withdraw_assignment(db.session.get_one(Assignment, assignment.id)))
    assert held_of(app, world.an) == set()
    do(lambda: classes.restore_assignment(db.session.get_one(Assignment, assignment.id)))
    assert held_of(app, world.an) == {attempt.id}
    do(give, world, results_wait=False)
    assert held_of(app, world.an) == set()
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        do(give, world)
        assert held_of(app, world.an) == set()


@pytest.mark.parametrize(("who", "waits"), [("an", True), ("lan", False)])
def test_given_to_one_pupil_or_a_group(
    app: Flask, world: SimpleNamespace, window, do: Act, who: str, waits: bool
) -> None:
    do(give, world, person_id=getattr(world, who))
    attempt = do(sitting.take, world, world.an)
    assert (attempt.id in held_of(app, world.an)) is waits

    def grouped() -> None:
        open_write()
        db.session.execute(delete(Assignment))
        group = classes.found_group(world.school_class, "Nhóm mẫu")
        classes.choose_members(group, [getattr(world, who)])
        give(world, group_id=group.id)

    do(grouped)
    assert (attempt.id in held_of(app, world.an)) is waits


def test_one_and_the_same_person_under_both_records(app: Flask, world: SimpleNamespace, window, do: Act) -> None:
    def link() -> None:
        open_write()
        db.session.get_one(Person, world.an).canonical_id = world.tu

    do(give, world)
    attempt = do(sitting.take, world, world.an)
    do(link)
    assert held_of(app, world.tu) == {attempt.id}


def test_the_choice_stands_on_the_assign_page(app: Flask, as_: Act, world: SimpleNamespace) -> None:
    teacher, address = as_("hoa"), f"/lop-hoc/{world.school_class}/giao-bai"
    page = teacher.get(address).text
    assert 'value="ngay" checked' in page.replace("checked id", "id") or "Em biết sau ngày hạn" in page
    with app.app_context():
        wanted = select(Module.id).join(Course, Course.id == Module.course_id).where(Course.skill_id == "s3")
        module = db.session.scalars(wanted.order_by(Module.id)).first()
    due = (clock.today() + timedelta(days=5)).isoformat()
    sent = {"module_id": module, "due_on": due}
    assert teacher.post(address, data=sent).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Assignment)).one().results_wait_from is None, "at once by default"
    assert teacher.post(address, data={**sent, "results": "sau"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Assignment)).one().results_wait_from is not None
    assert "em biết kết quả kiểm tra sau ngày hạn" in teacher.get(f"/lop-hoc/{world.school_class}").text
