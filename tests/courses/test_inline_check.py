"""A quick check inside a step: what it says about each choice, with or without an account, without a script."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.courses import queries
from lms.db import db
from lms.people import actions as people
from lms.quizzes.models import PracticeAnswer
from lms.quizzes.queries import practice_items
from tests.quizzes.sitting import Act

LESSON = "/khoa-hoc/thanh-toan/doc-ten-roi-moi-tra"


@pytest.fixture
def check(app: Flask, world: SimpleNamespace) -> SimpleNamespace:
    """The first check of the lesson with one right choice, and its step."""
    with app.app_context():
        place, _read = queries.lesson_and_progress("thanh-toan", "doc-ten-roi-moi-tra", None)
        asked = [(step, item) for step in queries.outline(place.id, place.digest).steps
                 for item in practice_items(step.checks).values()]  # fmt: skip
        step, item = next((step, item) for step, item in asked if item.type == "single")
    wrong = next(option for option in item.options if not option.correct)
    right = next(option for option in item.options if option.correct)
    return SimpleNamespace(
        item=item, wrong=wrong, right=right, step=step.id, page=f"{LESSON}?buoc={step.id}",
        post=f"{LESSON}/thu/{item.id}", field=f"tra-loi.{item.id}",
    )  # fmt: skip


def say(client: FlaskClient, check: SimpleNamespace, option: str, sent: str | None = None):
    return client.post(
        check.post, data={"buoc": check.step, check.field: option, "sent": sent or str(uuid4())}, follow_redirects=True
    )


def test_a_wrong_choice_is_explained_and_kept(app: Flask, as_: Act, check: SimpleNamespace) -> None:
    an = as_("an")
    assert check.wrong.feedback not in an.get(check.page).text
    page = say(an, check, check.wrong.id)
    assert page.status_code == 200 and "Chưa đúng, nhiều người cũng nghĩ vậy." in page.text
    assert check.wrong.feedback in page.text and 'class="choice wrong"' in page.text
    with app.app_context():
        kept = db.session.scalars(select(PracticeAnswer)).one()
        assert (kept.item_id, kept.answer, kept.is_right) == (check.item.id, {"chosen": [check.wrong.id]}, False)


def test_the_right_choice(as_: Act, check: SimpleNamespace) -> None:
    page = say(as_("an"), check, check.right.id).text
    assert "Đúng rồi." in page and 'class="choice right"' in page


def test_without_consent_one_still_reads_and_practises(
    app: Flask, as_: Act, do: Act, world: SimpleNamespace, check: SimpleNamespace
) -> None:
    do(people.record_consent, world.an, "assessment", "self", "2026-11", "paper", act="withdrawn")
    an = as_("an")
    assert "rút lại đồng ý" in an.get("/kiem-tra/thanh-toan").text
    assert an.get(check.page).status_code == 200 and "Đúng rồi." in say(an, check, check.right.id).text
    with app.app_context():
        assert db.session.scalars(select(PracticeAnswer)).one().person_id == world.an


def test_sent_twice_kept_once(app: Flask, as_: Act, check: SimpleNamespace) -> None:
    an, sent = as_("an"), str(uuid4())
    say(an, check, check.wrong.id, sent)
    say(an, check, check.wrong.id, sent)
    with app.app_context():
        assert len(list(db.session.scalars(select(PracticeAnswer)))) == 1


def test_without_an_account_nothing_is_kept(app: Flask, check: SimpleNamespace) -> None:
    anybody = app.test_client()
    page = anybody.get(check.page).text
    form = re.search(rf'<form method="get"[^>]*>(?:(?!</form>).)*{re.escape(check.field)}', page, re.S)
    assert form, "a plain form that writes nothing"
    told = anybody.get(LESSON, query_string={"buoc": check.step, check.field: check.wrong.id}).text
    assert check.wrong.feedback in told
    with app.app_context():
        assert db.session.scalar(select(PracticeAnswer.id)) is None


def test_nothing_chosen_is_said_so(as_: Act, check: SimpleNamespace) -> None:
    page = as_("an").post(check.post, data={"buoc": check.step, "sent": str(uuid4())}, follow_redirects=True)
    assert "Chưa chọn ý nào" in page.text


def test_a_recorded_question_cannot_be_asked_here(app: Flask, as_: Act, check: SimpleNamespace) -> None:
    an = as_("an")
    for item in ("s3.q001", "s1.p01", "khong-co"):
        posted = an.post(
            f"{LESSON}/thu/{item}", data={"buoc": check.step, f"tra-loi.{item}": "a", "sent": str(uuid4())}
        )
        assert posted.status_code == 404, item
    assert "feedback" not in an.get(LESSON, query_string={"buoc": check.step, "tra-loi.s3.q001": "the"}).text


def test_a_wrong_choice_links_to_the_step_that_treats_it(app: Flask, as_: Act, world: SimpleNamespace) -> None:
    """Wherever a check stands in another step than the one that treats it."""
    with app.app_context():
        for card in queries.shelf(None):
            for listed in card.lessons:
                place = listed.lesson
                for step in queries.outline(place.id, place.digest).steps:
                    for item in practice_items(step.checks).values():
                        link = queries.step_links([item.step]).get(item.step)
                        if link is None or link.step == step.id or not item.options:
                            continue
                        wrong = next(one.id for one in item.options if not one.correct)
                        page = as_("an").get(
                            f"/khoa-hoc/{place.course_slug}/{place.slug}",
                            query_string={"buoc": step.id, f"tra-loi.{item.id}": wrong},
                        )
                        assert f"buoc={link.step}" in page.text and "Xem lại:" in page.text
                        return
