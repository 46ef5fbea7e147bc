"""Ten minutes at a house on a phone: from the list to a visit that is kept, in at most twelve taps."""

from typing import Any

from flask import Flask

from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from tests import browser
from tests.stories.hamlet import Hamlet, hashed
from tests.stories.steps import arrive_as, refuse_nothing

MOST_TAPS = 12


def test_ten_minutes_at_a_house(app: Flask, visitors: Any, hamlet: Hamlet, axe: Any) -> None:
    with app.app_context():
        people.create_account(db.session.get_one(Person, hamlet.two[0]), "nam", hashed(), must_change=False)
        db.session.commit()
    page = visitors.phone()
    arrive_as(page, "nam")
    page.goto("/di-tham")
    assert not axe(page) and not browser.wider_than_screen(page)
    taps = Taps(page)
    taps.on(page.locator(f".rows a[href='/di-tham/ho/{hamlet.household}']"))
    assert not axe(page) and not browser.wider_than_screen(page)
    taps.on(page.get_by_role("link", name="Thanh toán trực tuyến"))
    assert not axe(page) and not browser.wider_than_screen(page)
    assert page.locator("input:checked").count() == 0, "nothing stands ticked"
    taps.on(page.locator("#present label", has_text="Phạm Thị Lan"))
    taps.on(page.locator("#activities label", has_text="Dạy một bài"))
    taps.on(page.locator("#learner label", has_text="Phạm Thị Lan"))
    taps.on(page.locator("#competency label").first)
    taps.on(page.locator("#checked label", has_text="Làm được khi nhắc"))
    taps.on(page.locator("#when label", has_text="2 tuần nữa"))
    with page.expect_navigation():
        taps.on(page.get_by_role("button", name="Lưu lượt thăm"))
    refuse_nothing(page)
    assert taps.count <= MOST_TAPS, taps.count
    assert not axe(page) and "Làm được khi nhắc" in page.locator("main").inner_text()
    page.get_by_role("link", name="Tờ hẹn để lại nhà").click()
    page.locator("svg[role=img]").wait_for()
    assert "Phạm Thị Lan" not in page.locator("main").inner_text()


class Taps:
    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def on(self, place: Any) -> None:
        place.click()
        self.count += 1
