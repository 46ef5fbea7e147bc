"""A grown-up without a phone takes the test, or practises, on the officer's device; nothing else can be reached on it meanwhile."""

import re
from typing import Any

from lms.db import db, open_write
from lms.people.actions import record_consent
from tests.practice.passing import right_actions
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


def test_a_practice_on_a_borrowed_device(app: Any, visitors: Any, hamlet: Hamlet, axe: Any) -> None:
    """In a session, with the script: played, kept and sent, no way out to the lessons; the leader's board says it afterwards."""
    with app.app_context():
        open_write()
        record_consent(hamlet.lan, "assessment", "self", "2026-11", "paper")
        db.session.commit()
    page = visitors.phone()
    arrive_as(page, "mai")
    page.evaluate(WAITING, ["p.s3.quet-ma", "p.s4.hop-thu-lua-dao"])
    page.goto(f"/chung-kien/thuc-hanh/mo?nguoi={hamlet.lan}")
    page.select_option("select[name=skill_id]", "s4")
    page.fill("[name=place]", "Nhà văn hoá")
    press(page, "Mở buổi")
    press(page, "Trao máy này cho một người")
    assert not axe(page)
    press(page, "Phạm Thị Lan · 1974")
    assert not axe(page)
    with page.expect_response(re.compile("bo.json")) as got:
        page.locator('main a[href$="p.s4.hop-thu-lua-dao"]').click()
    pack = got.value.json()
    press(page, "Bắt đầu")
    page.locator("[data-at]").wait_for()
    for _verb, target in right_actions(pack["practice"], pack["spec"], pack["seed"]):
        page.locator(f'button[name=act][value="tap:{target}"]').first.click()
    page.locator("[data-kept] a").wait_for()
    end = " ".join(page.locator(".sim-end").inner_text().split())
    assert not axe(page)
    assert "Máy dò lừa đảo Chặn được 4 trong 4 điều lừa, và báo nhầm 0 trong 2 điều thật. Mắt tinh lắm" in end
    page.get_by_text("Đã đi những bước nào (23)").click()
    assert "bấm «" in page.locator(".sim-end ol").inner_text()
    counts = page.locator("[data-outbox]").inner_text()
    assert "chờ gửi: 2 · Đã gửi: 1 · Có vấn đề: 0" in counts, "what is another's waits for them, and holds up nobody"
    assert not page.locator('main a[href*="khoa-hoc"]').count()
    page.locator("[data-kept] a").click()
    press(page, "Về trang của buổi")
    assert "Đã tự làm đạt 1 lượt" in page.locator("main").inner_text()
    press(page, "Trả lại máy")
    page.fill("[name=secret]", PASSWORD)
    press(page, "Nhận lại máy")
    assert "tự làm đạt 1 lượt" in page.locator("table.board").inner_text()


WAITING = """(names) => { localStorage['luyen-tap-vet'] = JSON.stringify(names.map((practice) => (
  {id: crypto.randomUUID(), who: 987654, practice, ticket: 't', actions: [], status: 'saved'}))); }"""
"""Runs that another person left on this device while the network was cut: one of another skill, one of this."""
