"""A lesson on the wall: one screen at a time, answers when the teacher shows them, all without a script."""

import html
import re
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.courses import queries
from lms.courses.rules import screens
from lms.quizzes.queries import practice_items
from tests.quizzes.sitting import Act

LESSON = "/khoa-hoc/thanh-toan/doc-ten-roi-moi-tra"


@pytest.fixture
def asked(app: Flask, world: SimpleNamespace) -> SimpleNamespace:
    """The first single-choice check of the lesson: its address on the wall and what is right."""
    with app.app_context():
        place, _read = queries.lesson_and_progress("thanh-toan", "doc-ten-roi-moi-tra", None)
        for step in queries.outline(place.id, place.digest).steps:
            items = practice_items(step.checks)
            for n, screen in enumerate(screens(step.parts, frozenset(items)), 1):
                if screen.check and items[screen.check].type == "single":
                    page = f"{LESSON}?buoc={step.id}&chieu=1&man={n}"
                    return SimpleNamespace(page=page, item=items[screen.check], explain=items[screen.check].explain)
    raise AssertionError("no such question")


def turned(client: FlaskClient, rel: str, page: str) -> list[str]:
    """Addresses from here to the end by the links alone."""
    seen = [page]
    while found := re.search(rf'rel="{rel}" href="([^"]+)"', client.get(seen[-1]).text):
        seen.append(html.unescape(found[1]))
        assert len(seen) < 200
    return seen


def test_every_screen_is_reached_forward_and_back(as_: Act) -> None:
    hoa = as_("hoa")
    there = turned(hoa, "next", f"{LESSON}?chieu=1")
    back = turned(hoa, "prev", there[-1])
    assert len(there) == len(back) > 10
    assert len({re.search(r"buoc=([^&]+)", page)[1] for page in there[1:]}) > 3


def test_the_teacher_shows_the_answer_and_hides_it(as_: Act, asked: SimpleNamespace) -> None:
    hoa = as_("hoa")
    page = hoa.get(asked.page).text
    assert "Hiện đáp án" in page and "is-right" not in page and asked.explain not in html.unescape(page)
    shown = hoa.get(f"{asked.page}&dap-an=1").text
    assert shown.count('class="is-right"') == 1 and asked.explain in html.unescape(shown) and "Giấu đáp án" in shown


def test_nobody_else_is_given_the_answer(as_: Act, asked: SimpleNamespace, app: Flask) -> None:
    for client in (as_("an"), app.test_client()):
        for page in (client.get(asked.page).text, client.get(f"{asked.page}&dap-an=1").text):
            assert "Hiện đáp án" not in page and "is-right" not in page and asked.explain not in html.unescape(page)


def test_the_plan_of_the_guide_is_timed_for_the_teacher_only(as_: Act) -> None:
    assert 'data-minutes="' in as_("hoa").get(f"{LESSON}?chieu=1").text
    assert "data-minutes" not in as_("an").get(f"{LESSON}?chieu=1").text


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "²", "cuoi"])
def test_a_screen_that_is_not_there_is_another_one(as_: Act, number: str) -> None:
    assert as_("hoa").get(LESSON, query_string={"chieu": 1, "man": number}).status_code == 200
