"""Reading and tests with JavaScript off, and by the keyboard alone."""

from typing import Any

from tests.stories.answering import by_keyboard
from tests.stories.hamlet import Hamlet
from tests.stories.steps import PASSWORD, arrive_as, asked, open_test, read_lesson, sit_test


def test_reading_and_a_test_without_a_script(visitors: Any, hamlet: Hamlet) -> None:
    teacher, pupil = visitors.phone(scripts=False), visitors.phone(scripts=False)
    arrive_as(pupil, "an")
    pupil.goto("/khoa-hoc/thanh-toan")
    pupil.locator("main a[href^='/khoa-hoc/thanh-toan/']").first.click()
    _try_inline_check(pupil)
    assert read_lesson(pupil) >= 4
    arrive_as(teacher, "hoa")
    open_test(teacher, f"/chung-kien/mo-bai?lop={hamlet.school_class}", "s3")
    sit_test(pupil, "s3", wrong=15)
    assert "Lần này chưa qua" in pupil.locator("h1").inner_text()
    assert pupil.locator("main a[href*='/khoa-hoc/']").count() > 0, "it says what to read again"


def test_reading_without_an_account(visitors: Any, hamlet: Hamlet) -> None:
    page = visitors.phone(scripts=False)
    page.goto("/khoa-hoc")
    assert page.locator("main a[href^='/khoa-hoc/']").count() >= 6
    page.goto("/khoa-hoc/thanh-toan/doc-ten-roi-moi-tra")
    steps = 0
    while page.locator("main a[rel=next]").count() and steps < 30:
        page.locator("main a[rel=next]").first.click()
        page.wait_for_load_state()
        steps += 1
    assert 3 < steps < 30


def test_a_test_by_the_keyboard_alone(visitors: Any, hamlet: Hamlet) -> None:
    teacher, pupil = visitors.desk(), visitors.desk()
    pupil.goto("/dang-nhap")
    _tab_to(pupil, "[name=username]")
    pupil.keyboard.type("an")
    _tab_to(pupil, "[name=password]")
    pupil.keyboard.type(PASSWORD)
    pupil.keyboard.press("Enter")
    pupil.wait_for_url(lambda url: "/dang-nhap" not in url)
    arrive_as(teacher, "hoa")
    open_test(teacher, f"/chung-kien/mo-bai?lop={hamlet.school_class}", "s3")
    pupil.goto("/kiem-tra/thanh-toan")
    _tab_to(pupil, "form[action$='/bat-dau'] button")
    pupil.keyboard.press("Enter")
    pupil.wait_for_url("**/bai/**")
    for number in (1, 2, 3):
        by_keyboard(pupil, asked(pupil))
        pupil.wait_for_url(f"**/{number + 1}")
    assert pupil.locator(".saved").count() == 1
    _skip_link_leads_to_the_content(pupil)


def _try_inline_check(page: Any) -> None:
    """The first inline check of the lesson answers each choice with words."""
    for _step in range(12):
        form = page.locator("form[action*='/thu/']").first
        if form.count():
            form.locator("input[type=radio], input[type=checkbox]").first.check(force=True)
            form.locator("button").first.click()
            page.wait_for_load_state()
            assert page.locator("main").inner_text().count("Đúng") + page.locator("main").inner_text().count("Chưa") > 0
            return
        page.get_by_role("button", name="Xong bước này").click()
        page.wait_for_load_state()
    raise AssertionError("a lesson has an inline check")


def _tab_to(page: Any, selector: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.url}: Tab never reaches {selector}")


def _skip_link_leads_to_the_content(page: Any) -> None:
    page.goto("/khoa-hoc")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
