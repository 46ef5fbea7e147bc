"""A question to the whole class: letters caught on a grid, corrected, shown without names, kept as practice and never as proof."""

import html
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from lms.db import db
from lms.quizzes.models import PracticeAnswer
from lms.quizzes.queries import practice_items
from lms.runs import queries
from lms.runs.models import LetterAnswer, LetterQuestion
from lms.skills.models import Evidence


@pytest.fixture
def put(app, world, held) -> SimpleNamespace:
    """The first question that cards can answer, put to the class."""
    with app.app_context():
        item = queries.card_questions(queries.followed(queries.run_of(world.school_class, held.id)).outline)[0]
    at = held.hoa.post(f"{held.at}/cau", data={"item": item.id}).location
    with app.app_context():
        options = db.session.scalar(select(LetterQuestion.options))
    right = next(option.id for option in item.options if option.correct)
    letters = "ABCD"[: len(options)]
    return SimpleNamespace(
        at=at, item=item, options=options, right=letters[options.index(right)],
        wrong=next(letter for n, letter in enumerate(letters) if options[n] != right),
    )  # fmt: skip


def practice(app) -> dict[int, bool]:
    with app.app_context():
        return {row.person_id: row.is_right for row in db.session.scalars(select(PracticeAnswer))}


def test_letters_are_caught_counted_and_kept_as_practice(app, world, held, put) -> None:
    sent = {f"chu-{world.an}": put.right, f"chu-{world.binh}": put.wrong}
    page = held.hoa.post(put.at, data=sent, follow_redirects=True).text
    assert "Đã ghi 2 câu trả lời" in page and practice(app) == {}
    wall = held.hoa.get(f"{put.at}/chieu").text
    assert "2 câu trả lời" in wall and "is-right" not in wall and 'class="num"' not in wall
    assert held.hoa.get(f"{put.at}/chieu?dem=1").text.count('<strong class="num">1</strong>') == 2
    shown = held.hoa.post(f"{put.at}/dap-an", follow_redirects=True).text
    assert shown.count('class="is-right"') == 1 and put.item.explain in html.unescape(shown)
    assert "Quách" not in shown and "Bùi Bình" not in shown
    assert practice(app) == {world.an: True, world.binh: False}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_only_this_page_may_ask_for_the_camera(held, put) -> None:
    assert "camera=(self)" in held.hoa.get(put.at).headers["Permissions-Policy"]
    for page in (f"{put.at}/chieu", held.at, "/lop-hoc"):
        assert "camera=()" in held.hoa.get(page).headers["Permissions-Policy"], page
    assert len(held.hoa.get(put.at).headers.getlist("Permissions-Policy")) == 1


def test_a_letter_is_corrected_until_the_answer_is_shown(app, world, held, put) -> None:
    held.hoa.post(put.at, data={f"chu-{world.an}": put.wrong, f"chu-{world.binh}": put.right})
    held.hoa.post(put.at, data={f"chu-{world.an}": put.right, f"chu-{world.binh}": ""})
    held.hoa.post(f"{put.at}/dap-an")
    assert practice(app) == {world.an: True}
    late = held.hoa.post(put.at, data={f"chu-{world.an}": put.wrong})
    assert late.status_code == 422 and "không sửa được nữa" in late.text
    held.hoa.post(f"{put.at}/dap-an")
    assert practice(app) == {world.an: True}, "closed twice is closed once"


def test_saving_and_showing_is_one_press(app, world, held, put) -> None:
    answer = held.hoa.post(put.at, data={f"chu-{world.an}": put.right, "xong": "1"})
    assert answer.location.endswith("/chieu") and practice(app) == {world.an: True}


def test_the_end_of_the_lesson_closes_what_was_asked(app, world, held, put) -> None:
    held.hoa.post(put.at, data={f"chu-{world.an}": put.right})
    held.hoa.post(f"{held.at}/het")
    assert practice(app) == {world.an: True}
    assert (
        "Tiết học đã kết thúc"
        in held.hoa.post(f"{held.at}/cau", data={"item": put.item.id}, follow_redirects=True).text
    )


def test_the_next_question_closes_the_one_before_and_asking_twice_is_once(app, world, held, put) -> None:
    held.hoa.post(put.at, data={f"chu-{world.an}": put.right})
    assert held.hoa.post(f"{held.at}/cau", data={"item": put.item.id}).location == put.at
    with app.app_context():
        run = queries.run_of(world.school_class, held.id)
        other = queries.card_questions(queries.followed(run).outline)[1]
    assert held.hoa.post(f"{held.at}/cau", data={"item": other.id}).location != put.at
    assert practice(app) == {world.an: True}


def test_the_absent_and_strangers_have_no_letter(app, world, held, put) -> None:
    held.hoa.post(f"{held.at}/diem-danh", data={f"co-{world.an}": "on"})
    sent = {f"chu-{world.an}": put.right, f"chu-{world.binh}": put.right, f"chu-{world.lan}": "A", "chu-x": "A"}
    held.hoa.post(put.at, data=sent)
    with app.app_context():
        assert db.session.scalars(select(LetterAnswer.person_id)).all() == [world.an]


@pytest.mark.parametrize("letter", ["E", "AB", "1", "<b>"])
def test_a_letter_no_card_has_is_nothing(app, world, held, put, letter) -> None:
    held.hoa.post(put.at, data={f"chu-{world.an}": letter})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LetterAnswer)) == 0


def test_only_questions_of_this_lesson_that_cards_can_answer(app, world, held) -> None:
    with app.app_context():
        outline = queries.followed(queries.run_of(world.school_class, held.id)).outline
        fit = {item.id for item in queries.card_questions(outline)}
        unfit = sorted({item for step in outline.steps for item in practice_items(step.checks)} - fit)
    for item in ("s1.p01", "s3.q001", "nothing", *unfit[:1]):
        assert held.hoa.post(f"{held.at}/cau", data={"item": item}).status_code == 404, item


@pytest.mark.parametrize("who", ["stranger", "an", "mai"])
def test_the_stranger_gets_nothing(as_, world, put, who) -> None:
    client = as_(who)
    for page in (put.at, f"{put.at}/chieu"):
        assert client.get(page).status_code in (403, 404)
    for page in (put.at, f"{put.at}/dap-an"):
        assert client.post(page, data={f"chu-{world.an}": "A"}).status_code in (403, 404)


def test_cards_are_printed_by_number_and_without_names(world, held) -> None:
    page = held.hoa.get(f"/lop-hoc/{world.school_class}/the-chu").text
    assert page.count('class="letter-card"') == 2 and "Bình" not in page
    for wanted, cards in (("45", 45), ("0", 1), ("999", 60), ("x", 2), ("²", 2)):
        shown = held.hoa.get(f"/lop-hoc/{world.school_class}/the-chu?so={wanted}").text
        assert shown.count('class="letter-card"') == cards
