"""All ten types of questions: without a script, by the keyboard alone, with the comforts of the script, and as axe sees them."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lms.db import db
from lms.library.commands import publish_books
from lms.quizzes.publishing import body_of
from lms.quizzes.rules.items import Item, read_item
from tests.browser import wider_than_screen
from tests.every_type import with_every_type
from tests.house.two_worlds import shelf
from tests.stories.answering import by_keyboard
from tests.stories.hamlet import Hamlet
from tests.stories.steps import arrive_as, open_test, press

NEW = ("matching", "ordering", "numeric", "short", "cloze", "hotspot", "scenario")
SHOTS = os.environ.get("TYPE_SHOTS", "")


def new_checks() -> list[tuple[str, Item]]:
    """(address of the step, question) of every lesson check of a newer type, in the courses that are for everybody."""
    items = {item.id: item for item in shelf().items}
    return [
        (f"/khoa-hoc/{course.slug}/{lesson.slug}?buoc={step.id}", read_item(body_of(items[part.item_id])))
        for course in shelf().courses
        if not set(course.audience) <= {"to-cong-nghe", "can-bo"}
        for lesson in course.lessons
        for step in lesson.steps
        for part in step.parts
        if hasattr(part, "item_id") and items[part.item_id].type in NEW
    ]


@pytest.fixture
def every_type(app: Flask, hamlet: Hamlet) -> Hamlet:
    with app.app_context():
        publish_books(with_every_type(shelf()))
        db.session.commit()
    return hamlet


def recorded() -> dict[str, Item]:
    return {item.id: read_item(body_of(item)) for item in with_every_type(shelf()).items}


def test_each_new_type_is_practised_twice_in_lessons() -> None:
    kinds = [item.type for _address, item in new_checks()]
    assert all(kinds.count(kind) >= 2 for kind in NEW)
    assert len({address.split("/")[2] for address, _item in new_checks()}) == 6, "in every course"


def two_of_each() -> list[tuple[str, Item]]:
    """The first and the last check of every newer type: of different books, and few enough for a browser."""
    found = []
    for kind in NEW:
        of_kind = [one for one in new_checks() if one[1].type == kind]
        found += [of_kind[0], of_kind[-1]]
    return found


def test_practice_without_a_script_by_the_keyboard(visitors: Any, hamlet: Hamlet) -> None:
    page = visitors.phone(scripts=False)
    for address, item in two_of_each():
        page.goto(f"{address}#cau-{item.id}")
        page.locator(f"[id='cau-{item.id}'] legend").first.click()
        by_keyboard(page, item)
        told = page.locator(f"[id='cau-{item.id}']")
        assert "Đúng rồi." in told.inner_text(), f"{item.id}: {told.inner_text()}"
        assert item.explain in told.inner_text()


def test_practice_says_what_is_wrong(visitors: Any, hamlet: Hamlet) -> None:
    page = visitors.phone(scripts=False)
    arrive_as(page, "an")
    page.goto("/khoa-hoc/mua-sam/mua-cho-yen-tam?buoc=tinh-tong")
    page.locator("#cau-s2\\.p31 input:not([type=hidden])").fill("138 nghìn")
    with page.expect_navigation():
        page.locator("#cau-s2\\.p31 button").click()
    told = page.locator("#cau-s2\\.p31")
    assert (
        "quên trừ mã giảm" in told.inner_text()
        and told.locator("input:not([type=hidden])").input_value() == "138 nghìn"
    )
    told.locator("input:not([type=hidden])").fill("nhiều lắm")
    with page.expect_navigation():
        told.locator("button").click()
    assert "chưa phải số" in page.locator("#cau-s2\\.p31 [role=alert]").inner_text()


def test_a_recorded_test_of_all_types_by_the_keyboard_without_a_script(
    visitors: Any, every_type: Hamlet, axe: Any
) -> None:
    teacher, pupil = visitors.phone(scripts=False), visitors.phone(scripts=False)
    arrive_as(teacher, "hoa")
    open_test(teacher, f"/chung-kien/mo-bai?lop={every_type.school_class}", "s3")
    arrive_as(pupil, "an")
    pupil.goto("/kiem-tra/thanh-toan")
    press(pupil, "Bắt đầu làm bài")
    kinds = set()
    while pupil.locator("button[name=den][value=sau]").count():
        item = _asked(pupil)
        kinds.add(item.type)
        by_keyboard(pupil, item)
    assert len(kinds) == 10
    assert "Đã trả lời đủ 15 câu" in pupil.locator("main").inner_text()
    pupil.locator("summary", has_text="đã trả lời").click()
    assert "đã trả lời: 115.000 đ" in pupil.locator("main").inner_text()
    for number in range(1, 16):
        pupil.goto(
            re.sub(r"xem-lai$", str(number), pupil.url) if number == 1 else re.sub(r"\d+$", str(number), pupil.url)
        )
        assert _filled(pupil), "the saved answer stands in the page again"
    pupil.goto(re.sub(r"\d+$", "xem-lai", pupil.url))
    press(pupil, "Nộp bài")
    assert "Đã qua bài kiểm tra" in pupil.locator("h1").inner_text()


@pytest.mark.parametrize("window", ["phone", "desk"])
def test_the_pages_of_all_types_are_clean(visitors: Any, every_type: Hamlet, axe: Any, window: str) -> None:
    teacher, pupil = visitors.phone(), getattr(visitors, window)()
    arrive_as(teacher, "hoa")
    open_test(teacher, f"/chung-kien/mo-bai?lop={every_type.school_class}", "s3")
    arrive_as(pupil, "an")
    pupil.goto("/kiem-tra/thanh-toan")
    press(pupil, "Bắt đầu làm bài")
    base = re.sub(r"\d+$", "", pupil.url)
    kinds = set()
    for number in range(1, 16):
        pupil.goto(f"{base}{number}")
        item = _asked(pupil)
        if item.type not in kinds:
            kinds.add(item.type)
            assert axe(pupil) == [], item.type
            assert pupil.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{item.type} is too wide"
            _shoot(pupil, f"{window}-{item.type}")
    for address, item in two_of_each():
        pupil.goto(address)
        with pupil.expect_navigation():
            pupil.locator(f"[id='cau-{item.id}'] button:not([type=button])").last.click()
        assert axe(pupil) == [], item.id
        assert pupil.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{item.id} is too wide"
        _shoot(pupil, f"{window}-practice-{item.id}")


def test_lines_are_moved_by_buttons_and_places_touched(visitors: Any, hamlet: Hamlet) -> None:
    page = visitors.phone()
    page.goto("/khoa-hoc/lam-quen-thiet-bi/lam-chu-chiec-may?buoc=wifi")
    lines = page.locator("[data-order] > li")
    first = lines.first.locator("label").inner_text()
    lines.first.locator("button").nth(1).click()
    assert lines.nth(1).locator("label").inner_text() == first
    assert page.locator("[data-order] input").evaluate_all("all => all.map(one => one.value)") == [
        "1",
        "2",
        "3",
        "4",
        "5",
    ]
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    assert first in page.locator("[data-order-told]").inner_text()
    page.goto("/khoa-hoc/tu-bao-ve/dung-khoa-bao?buoc=tin-nhan")
    page.locator("[data-spot='3']").click()
    assert page.locator("[data-hotspot] input").nth(2).is_checked()
    page.locator("[data-spot='3']").click()
    assert not page.locator("[data-hotspot] input").nth(2).is_checked()


def test_a_paper_form_of_all_types_is_printed_and_keyed_in(visitors: Any, every_type: Hamlet, axe: Any) -> None:
    teacher = visitors.phone()
    arrive_as(teacher, "hoa")
    open_test(teacher, f"/chung-kien/mo-bai?lop={every_type.school_class}", "s3")
    teacher.locator("a[href$='/giay']").first.click()
    press(teacher, "Lấy đề A và đề B")
    papers = teacher.url
    for page in ("giay/A", "nhap"):
        teacher.goto(papers.replace("giay", page))
        assert not axe(teacher) and not wider_than_screen(teacher)
        _shoot(teacher, page.replace("/", "-"))
    assert teacher.locator("details").count() == 2 and teacher.locator("input.wide").count() >= 3


def _asked(page: Any) -> Item:
    name = page.locator("fieldset [name^='tra-loi.']").first.get_attribute("name")
    return recorded()[re.sub(r":\d+$", "", name.removeprefix("tra-loi."))]


def _filled(page: Any) -> bool:
    return bool(page.evaluate(
        "() => [...document.querySelectorAll(\"fieldset [name^='tra-loi.']\")].some("
        "one => one.type == 'radio' || one.type == 'checkbox' ? one.checked : one.value != '')"
    ))  # fmt: skip


def _shoot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)
