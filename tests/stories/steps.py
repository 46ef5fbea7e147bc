"""What people do on pages, told once: sitting a test, signing a card, reading a lesson. The stories are made of these."""

from functools import cache
from typing import Any

from lms.quizzes.publishing import body_of
from lms.quizzes.rules.items import Item, read_item
from tests.browser import sign_in
from tests.house.two_worlds import shelf
from tests.stories.answering import by_hand

SKILLS = {"s1": "dich-vu-cong", "s2": "mua-sam", "s3": "thanh-toan", "s4": "tu-bao-ve", "s5": "nen-tang-dia-phuong"}
"""Skill → the address of its test."""
PASSWORD = "nón lá bên sông"


def press(page: Any, words: str) -> None:
    """Press the button or follow the link that carries exactly these words."""
    both = page.get_by_role("button", name=words, exact=True).or_(page.get_by_role("link", name=words, exact=True))
    both.first.click()
    page.wait_for_load_state()


def follow(page: Any, words: str) -> None:
    """Follow the first link whose words contain these."""
    page.locator("main").get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def refuse_nothing(page: Any) -> None:
    """No refusal and no faulty field stands on the page."""
    told = page.locator("[role=alert], main .error").all_inner_texts()
    assert not told, f"{page.url}: {told}"


def sit_test(page: Any, skill: str, wrong: int = 0) -> None:
    """Take the recorded test that is open for this person, rightly but for the first `wrong` questions; hand it in."""
    page.goto(f"/kiem-tra/{SKILLS[skill]}")
    press(page, "Bắt đầu làm bài")
    asked = 0
    while page.locator("button[name=den][value=sau]").count():
        asked += 1
        answer(page, rightly=asked > wrong)
    assert asked == 15
    press(page, "Nộp bài")


def answer(page: Any, rightly: bool = True) -> None:
    """Choose what is right (or one that is not) in the question shown, and go on."""
    choose(page, rightly)
    page.locator("button[name=den][value=sau]").click()
    page.wait_for_load_state()


def choose(page: Any, rightly: bool = True) -> None:
    by_hand(page, asked(page), rightly)


def asked(page: Any) -> Item:
    """The shipped question that the page shows."""
    name = page.locator("fieldset [name^='tra-loi.']").first.get_attribute("name") or ""
    return _items()[name.removeprefix("tra-loi.").partition(":")[0]]


def sign_card(page: Any, name: str, card_title: str, level: int = 3) -> None:
    """As a witness: find the person by name, take the card, tick it done alone, sign."""
    page.goto("/chung-kien")
    page.fill("#tim", name)
    press(page, "Tìm")
    follow(page, name)
    follow(page, card_title)
    fill_card(page, level)
    press(page, "Ký và lưu")
    refuse_nothing(page)


def fill_card(page: Any, level: int = 3) -> None:
    names = page.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        _tick(page, f'input[name="{name}"][value="{level}"]')
    _tick(page, "input[name=identity]")
    _tick(page, "input[name=not_kin]")


def _tick(page: Any, selector: str) -> None:
    """By its label, as a finger does it."""
    page.locator("label", has=page.locator(selector)).click()


def open_test(page: Any, address: str, skill: str) -> None:
    """Open a recorded test for the class or person the address names."""
    page.goto(address)
    page.select_option("select[name=quiz_id]", SKILLS[skill])
    press(page, "Mở bài")
    refuse_nothing(page)


def cards_of(skill: str) -> list[str]:
    """Titles of two different task cards of a skill."""
    return [task.title for task in shelf().tasks if task.skill == skill][:2]


def read_lesson(page: Any) -> int:
    """From a lesson's open page: finish step after step until the course comes back; how many there were."""
    count = 0
    while (onward := page.get_by_role("button", name="Xong bước này")).count():
        onward.click()
        page.wait_for_load_state()
        count += 1
        assert count < 30, "a lesson ends"
    return count


def arrive_as(page: Any, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username, PASSWORD)


def has_golden_heart(page: Any, within: str = "main") -> bool:
    """A golden house in a household's flower."""
    return page.locator(f"{within} .house.heart--gold").count() > 0


@cache
def _items() -> dict[str, Item]:
    return {item.id: read_item(body_of(item)) for item in shelf().items}
