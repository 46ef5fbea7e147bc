"""The story at phone size: assigned, read, tested, witnessed, a petal, five petals, a golden heart, and its closing."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from tests.stories import hamlet as made
from tests.stories.hamlet import Hamlet
from tests.stories.steps import (
    arrive_as,
    cards_of,
    has_golden_heart,
    open_test,
    press,
    read_lesson,
    refuse_nothing,
    sign_card,
    sit_test,
)

TODAY = date(2026, 11, 20)


def test_the_flower_opens_and_closes(
    app: Flask, visitors: Any, hamlet: Hamlet, it_is: Callable[[datetime], None]
) -> None:
    teacher, pupil, officer = visitors.phone(), visitors.phone(), visitors.phone()
    _teacher_assigns(teacher, hamlet)
    _pupil_reads(pupil)
    open_test(teacher, f"/chung-kien/mo-bai?lop={hamlet.school_class}", "s3")
    sit_test(pupil, "s3")
    assert "Đã qua bài kiểm tra" in pupil.locator("h1").inner_text()
    for title in cards_of("s3"):
        sign_card(teacher, "Bùi An", title)
    assert "thành thạo" in teacher.locator("main").inner_text(), "two cards after the test fill the petal"
    pupil.goto("/hoa-cua-toi")
    assert "1/5 kỹ năng" in pupil.locator("main").inner_text()

    with app.app_context():
        made.prove(hamlet.pupil, ["s1", "s2", "s4", "s5"], TODAY)
        made.prove(hamlet.two[0], ["s1", "s2", "s3"], TODAY)
        made.prove(hamlet.two[1], ["s4", "s5"], TODAY)
    arrive_as(officer, "mai")
    assert _open_household(officer, hamlet.household), "one member with all five: the heart is golden"
    assert not _open_household(officer, hamlet.other_household), "five petals of two people never open it"
    assert _count_on(officer, f"/thon/{hamlet.village}") == "1/2"
    assert _count_on(officer, f"/don-vi/{hamlet.commune}") == "1/2"

    # *Thanh toán* holds for twelve months; nothing runs meanwhile.
    it_is(datetime(2027, 11, 25, 2, 0, tzinfo=UTC))
    arrive_as(officer, "mai")
    assert not _open_household(officer, hamlet.household)
    assert "hoa khép lại" in officer.locator("main").inner_text()
    assert _count_on(officer, f"/don-vi/{hamlet.commune}") == "0/2"
    assert _count_on(officer, f"/don-vi/{hamlet.commune}?ngay=2026-12-01") == "1/2", "the past stays as it was"


def _teacher_assigns(page: Any, hamlet: Hamlet) -> None:
    arrive_as(page, "hoa")
    page.goto(f"/lop-hoc/{hamlet.school_class}")
    press(page, "Giao bài")
    page.locator("label", has=page.locator('input[value="m.s3.1"]')).click()
    page.fill("[name=due_on]", "2026-11-27")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    refuse_nothing(page)


def _pupil_reads(page: Any) -> None:
    arrive_as(page, "an")
    page.locator("main a[href^='/khoa-hoc/thanh-toan']").first.click()
    page.wait_for_load_state()
    if not page.get_by_role("button", name="Xong bước này").count():
        page.locator("main a[href^='/khoa-hoc/thanh-toan/']").first.click()
    assert read_lesson(page) >= 4
    assert "Đã đọc" in page.locator("main").inner_text()


def _open_household(page: Any, household: int) -> bool:
    page.goto(f"/ho-gia-dinh/{household}")
    return has_golden_heart(page, ".hero-flower")


def _count_on(page: Any, address: str) -> str:
    """The one honest number of a unit's page: golden households out of all, as n/m."""
    page.goto(address)
    told = re.search(r"(\d+)(?:/| trên )(\d+) hộ nở trọn", page.locator("main").inner_html())
    assert told, address
    return f"{told[1]}/{told[2]}"
