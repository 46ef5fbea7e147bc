"""A grown-up without a phone takes the test on the officer's device; nothing else can be reached on it meanwhile."""

from typing import Any

from tests.stories.hamlet import Hamlet
from tests.stories.steps import PASSWORD, arrive_as, open_test, press, sit_test


def test_a_test_on_a_borrowed_device(visitors: Any, hamlet: Hamlet) -> None:
    page = visitors.phone()
    arrive_as(page, "mai")
    open_test(page, f"/chung-kien/mo-bai?nguoi={hamlet.lan}", "s3")
    press(page, "Trao máy này cho một người")
    press(page, "Phạm Thị Lan · 1974")
    assert "Phạm Thị Lan" in page.locator("header").inner_text(), "the name stands large above every page"
    home = f"/ho-gia-dinh/{hamlet.household}"
    for elsewhere in ("/", "/khoa-hoc", home, "/chung-kien", "/ca-nhan", "/kiem-tra/mua-sam"):
        answer = page.goto(elsewhere)
        assert page.url.endswith("/trao-may/dang-lam") or answer.status in (403, 404), elsewhere
        assert "Trương Thị Mai" not in page.content()
    sit_test(page, "s3")
    assert "Đã qua bài kiểm tra" in page.locator("h1").inner_text()
    press(page, "Xong, trả máy")
    press(page, "Trả lại máy")
    page.fill("[name=secret]", "không phải")
    press(page, "Nhận lại máy")
    assert page.locator("main .error").count() > 0
    page.fill("[name=secret]", PASSWORD)
    press(page, "Nhận lại máy")
    assert "1/1 đã nộp" in " ".join(page.locator("main").inner_text().split())
