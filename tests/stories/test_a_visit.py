"""At a house on a phone: ten minutes of teaching in at most twelve taps from the list to a visit that is kept; and a
signature in seven, besides one for each line of its sheet."""

from typing import Any

from flask import Flask

from lms import clock
from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from tests import browser, facts, members
from tests.stories.hamlet import Hamlet, hashed
from tests.stories.steps import arrive_as, refuse_nothing

MOST_TAPS = 12
MOST_TAPS_AROUND_A_SHEET = 7
"""Besides one for each line that was looked at: nothing of a sheet stands ticked, and none of it is guessed."""


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


def test_a_signature_at_a_house(app: Flask, visitors: Any, hamlet: Hamlet, axe: Any) -> None:
    """The learner knows already; the card itself is what is signed, and signing leads back to the visit."""
    with app.app_context():
        nam = hamlet.two[0]
        for skill in facts.SKILLS:
            facts.prove(nam, skill, clock.today(), witness_id=hamlet.teacher)
        members.pass_part(nam, "lesson")
        members.certify(nam, hamlet.commune, hamlet.officer)
        people.create_account(db.session.get_one(Person, nam), "nam", hashed(), must_change=False)
        db.session.commit()
    page = visitors.phone()
    arrive_as(page, "nam")
    page.goto("/di-tham")
    taps = Taps(page)
    taps.on(page.locator(f".rows a[href='/di-tham/ho/{hamlet.household}']"))
    taps.on(page.get_by_role("link", name="Chứng Phạm Thị Lan"))
    assert not axe(page) and not browser.wider_than_screen(page)
    taps.on(page.locator("details[open] .rows a").first)
    names = page.locator("main input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        taps.on(page.locator("label", has=page.locator(f'input[name="{name}"][value="3"]')))
    for name in ("identity", "not_kin"):
        taps.on(page.locator("label", has=page.locator(f"input[name={name}]")))
    with page.expect_navigation():
        taps.on(page.get_by_role("button", name="Ký và lưu"))
    refuse_nothing(page)
    assert "Hôm nay đã ký ở nhà này 1 lượt" in page.locator("main").inner_text()
    assert not axe(page) and not browser.wider_than_screen(page)
    with page.expect_navigation():
        taps.on(page.get_by_role("button", name="Ghi thành lượt thăm"))
    refuse_nothing(page)
    assert "Chứng: ký 1 lượt" in page.locator("main").inner_text()
    assert taps.count - len(names) <= MOST_TAPS_AROUND_A_SHEET, (taps.count, names)


class Taps:
    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def on(self, place: Any) -> None:
        place.click()
        self.count += 1
