"""Cô Hoa makes cards and opens her class; at one school computer Mẫu 1 and then Mẫu 2 sit down; a card is lost."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests import browser, cast
from tests.entry.gate import PICTURE_IDS

SHOTS: Path | None = None
"""Set to a folder to look at the pages."""


@pytest.fixture
def settled(app: Flask) -> int:
    with app.app_context():
        return cast.settle(3).school_class.id


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def test_two_pupils_share_a_computer(settled: int, visitors: browser.Visitors, axe: Any) -> None:
    teacher = visitors.desk()
    browser.sign_in(teacher, "hoa", cast.PASSWORD)
    papers = _cards_made(teacher, settled, axe)
    code = _opened(teacher, settled, axe)
    screen = visitors.phone()
    _typed_code(screen, code, axe)
    _sits_down(screen, "Bùi Văn Mẫu 1", papers, axe)
    assert screen.locator("[data-seat]").inner_text().startswith("Em 1 đang học trên máy này")
    shot(screen, "seat-home")
    assert not axe(screen)
    screen.get_by_role("button", name="Đổi bạn").click()  # the first tap
    screen.wait_for_url(f"**/vao-lop/{code}")
    screen.get_by_role("link", name="Bùi Văn Mẫu 2").click()  # the second
    _touches(screen, papers["Bùi Văn Mẫu 2"])
    assert "Em 2 đang học" in screen.locator("[data-seat]").inner_text()
    _goes_back(screen)
    _is_locked_when_left_alone(screen, code)
    _loses_a_card(teacher, settled, screen, code)


def test_it_works_without_a_script(settled: int, visitors: browser.Visitors) -> None:
    teacher = visitors.desk()
    browser.sign_in(teacher, "hoa", cast.PASSWORD)
    papers = _cards_made(teacher, settled, lambda page: [])
    code = _opened(teacher, settled, lambda page: [])
    screen = visitors.window(browser.PHONE, scripts=False)
    screen.goto(f"/vao-lop/{code}")
    screen.get_by_role("link", name="Bùi Văn Mẫu 3").click()
    for n, word in enumerate(papers["Bùi Văn Mẫu 3"], 1):
        screen.locator(f"input[name=hinh{n}][value={PICTURE_IDS[word]}]").check(force=True)
    screen.get_by_role("button", name="Vào học").click()
    assert "Em 3 đang học" in screen.locator("[data-seat]").inner_text()


def _cards_made(teacher: Any, class_id: int, axe: Any) -> dict[str, list[str]]:
    teacher.goto(f"/lop-hoc/{class_id}/the")
    assert not axe(teacher)
    shot(teacher, "cards")
    teacher.get_by_role("button", name="Làm thẻ cho 3 em").click()
    teacher.wait_for_selector(".login-card")
    shot(teacher, "sheet")
    assert not axe(teacher)
    if SHOTS:
        teacher.pdf(path=SHOTS / "sheet.pdf", prefer_css_page_size=True)
    cards = teacher.locator(".login-card")
    found = {}
    for n in range(cards.count()):
        words = cards.nth(n).locator(".login-card__pictures span").all_inner_texts()
        found[cards.nth(n).locator("b").first.inner_text()] = [re.sub(r"^\d\. ", "", one) for one in words]
    assert all(len(one) == 3 for one in found.values()) and len(found) == 3
    return found


def _opened(teacher: Any, class_id: int, axe: Any) -> str:
    teacher.goto(f"/lop-hoc/{class_id}/vao-lop")
    assert not axe(teacher)
    shot(teacher, "window-before")
    teacher.get_by_role("button", name="Mở cửa lớp").click()
    teacher.wait_for_selector(".class-code")
    shot(teacher, "window")
    code = teacher.locator(".class-code").inner_text().replace(" ", "")
    teacher.get_by_role("link", name="Chiếu mã lên bảng").click()
    teacher.wait_for_selector(".board")
    shot(teacher, "board")
    assert not axe(teacher)
    return code


def _typed_code(screen: Any, code: str, axe: Any) -> None:
    screen.goto("/dang-nhap")
    screen.get_by_role("link", name="Em có thẻ hoặc mã lớp?").click()
    assert not axe(screen)
    shot(screen, "enter")
    screen.fill("[name=code]", code.lower())
    screen.get_by_role("button", name="Tiếp tục").click()
    screen.wait_for_url(f"**/vao-lop/{code}")
    shot(screen, "names")
    assert not axe(screen)


def _sits_down(screen: Any, name: str, papers: dict[str, list[str]], axe: Any) -> None:
    screen.get_by_role("link", name=name).click()
    expect(screen.locator("[data-palette]:visible")).to_have_count(1)  # all three until the script has come
    shot(screen, "palette")
    assert not axe(screen)
    width = screen.evaluate("document.documentElement.scrollWidth")
    assert width <= browser.PHONE["width"], width
    _touches(screen, papers[name])


def _touches(screen: Any, words: list[str]) -> None:
    """Three touches, no button: the third sends the form."""
    for word in words:
        # Before the script has come all three stand there, as they do for those without one.
        expect(screen.locator("[data-palette]:visible")).to_have_count(1)
        screen.locator(f"[data-palette]:visible label:has([value={PICTURE_IDS[word]}])").click()
    screen.wait_for_selector("[data-seat]")


def _goes_back(screen: Any) -> None:
    """The Back key, as often as somebody curious presses it, never shows the pupil before."""
    for _n in range(4):
        screen.go_back(wait_until="load")
        seat = screen.locator("[data-seat]")
        assert not seat.count() or "Em 1" not in seat.inner_text(), screen.url
    screen.goto("/")
    assert "Em 2 đang học" in screen.locator("[data-seat]").inner_text()


def _is_locked_when_left_alone(screen: Any, code: str) -> None:
    """Ten minutes of the page's own clock."""
    screen.clock.install()
    screen.goto("/")
    screen.clock.run_for(9 * 60_000 + 10_000)
    assert screen.get_by_text("sắp khoá").is_visible()
    shot(screen, "soon-locked")
    screen.clock.run_for(60_000)
    screen.wait_for_url(f"**/vao-lop/{code}")
    assert screen.get_by_text("Máy để yên lâu nên đã khoá").is_visible()
    shot(screen, "locked")


def _loses_a_card(teacher: Any, class_id: int, screen: Any, code: str) -> None:
    teacher.on("dialog", lambda dialog: dialog.accept())
    teacher.goto(f"/lop-hoc/{class_id}/the")
    teacher.get_by_role("row", name="Bùi Văn Mẫu 1").get_by_role("button", name="Báo mất").click()
    teacher.wait_for_selector(".toast")
    screen.goto(f"/vao-lop/{code}")
    assert screen.get_by_role("link", name="Bùi Văn Mẫu 1").count() == 0
    assert screen.get_by_role("link", name="Bùi Văn Mẫu 2").count() == 1
