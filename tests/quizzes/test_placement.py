"""Placement by a learner: one question a page, early stop, what it says afterwards, on paper, and what it never does."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms import clock, completion
from lms.db import db
from lms.quizzes import actions
from lms.quizzes.models import Placement, PlacementAnswer
from lms.quizzes.queries import placing
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills import queries as skills
from lms.skills.models import Evidence, SkillSpell, SkillState
from tests.quizzes.sitting import Act
from tests.witnessing import world as made

HOME = "/xep-cho/mua-sam"
FIELD = re.compile(r'name="(tra-loi\.[^"]+)" value="(\d+)"[^>]*><span>(.*?)</span>')


def begin(client: FlaskClient) -> str:
    return client.post(f"{HOME}/bat-dau", data={"id": str(uuid4())}).location


def go(client: FlaskClient, right: set[str]) -> str:
    """Answer until it is over; `right` are the competencies known. Gives the page it ends on."""
    address = begin(client)
    while address.endswith("/cau"):
        page = client.get(address).text
        item = re.search(r'name="cau" value="([^"]+)"', page)[1]
        address = client.post(address, data={"cau": item, **_said(client, page, item, right)}).location
    return client.get(address).text


def _said(client: FlaskClient, page: str, item: str, right: set[str]) -> dict[str, object]:
    with client.application.app_context():
        found = placing.questions_of("s2")[item]
    texts = {option.text for option in found.options if option.correct}
    chosen = [value for _field, value, text in FIELD.findall(page) if text in texts]
    if found.competency not in right:
        return {"den": "chua-biet"}
    assert chosen, page
    return {f"tra-loi.{item}": chosen, "den": "sau"}


@pytest.fixture
def asked(app: Flask, world: SimpleNamespace) -> set[str]:
    with app.app_context():
        pairs = placing.pairs_for(placing.questions_of("s2"), "x")
    return {pair.competency for pair in pairs}


def test_knowing_all_skips_lessons_but_never_safety(as_: Act, asked: set[str], app: Flask) -> None:
    an = as_("an")
    page = go(an, asked)
    assert "Đã biết" in page
    assert "vẫn đọc bài an toàn" in page
    with app.app_context():
        found = db.session.scalars(select(Evidence).where(Evidence.type == "inferred")).one()
        assert set(found.result["held"]) == asked
        assert not found.admitted
        known = placing.steps_known([placing.Placed("s2", frozenset(asked), frozenset(), False, clock.now())])
        safety = {item.step for item in placing.questions_of("s2").values() if item.competency in ("s2.4", "s2.7")}
    assert known
    assert not known & safety
    course = an.get("/khoa-hoc/mua-sam").text
    assert "có thể bỏ qua" in course
    assert course.count("buoc=") == len(known)
    assert "Đã biết, có thể bỏ qua" in an.get("/").text


def test_four_wrong_stop_it_kindly(as_: Act, app: Flask, asked: set[str]) -> None:
    page = go(as_("an"), set())
    assert "Phần này còn mới" in page
    assert "Không sao cả" in page
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlacementAnswer)) == 4


def test_what_needs_work_names_the_steps_to_read(as_: Act, asked: set[str]) -> None:
    page = go(as_("an"), {sorted(asked)[0]})
    assert "Nên học" in page
    assert re.search(r'href="/khoa-hoc/mua-sam/[^"]+buoc=', page)


def test_nothing_chosen_is_asked_again_and_nothing_is_kept(as_: Act, app: Flask, asked: set[str]) -> None:
    an = as_("an")
    address = begin(an)
    item = re.search(r'name="cau" value="([^"]+)"', an.get(address).text)[1]
    answer = an.post(address, data={"cau": item, "den": "sau"})
    assert answer.status_code == 422
    assert "Tôi chưa biết" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlacementAnswer)) == 0


def test_two_starts_are_one_and_an_answer_sent_twice_counts_once(as_: Act, app: Flask, asked: set[str]) -> None:
    an = as_("an")
    address = begin(an)
    begin(an)
    item = re.search(r'name="cau" value="([^"]+)"', an.get(address).text)[1]
    for _ in range(2):
        an.post(address, data={"cau": item, "den": "chua-biet"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Placement)) == 1
        assert db.session.scalar(select(func.count()).select_from(PlacementAnswer)) == 1


def test_keys_and_feedback_are_on_no_page(as_: Act, app: Flask, asked: set[str]) -> None:
    an = as_("an")
    page = an.get(begin(an)).text
    item = re.search(r'name="cau" value="([^"]+)"', page)[1]
    with app.app_context():
        found = placing.questions_of("s2")[item]
    assert found.explain not in page
    assert not any(option.feedback and option.feedback in page for option in found.options)


def test_recorded_questions_are_never_asked(inside: SimpleNamespace) -> None:
    for skill in ("s1", "s2", "s3", "s4", "s5"):
        assert all(item.pool == "luyen" for item in placing.questions_of(skill).values())


def test_it_makes_nobody_proficient_and_opens_no_key(inside: SimpleNamespace) -> None:
    """Everything known in every skill, again and again for a year: status, keys and spells stay as they were."""
    before = _standings(inside.an)
    for months in range(12):
        with clock.frozen(made.NOW + timedelta(days=30 * months)):
            for skill in ("s1", "s2", "s3", "s4", "s5"):
                _place_by_acts(inside.an, skill)
    assert db.session.scalar(select(func.count()).select_from(Evidence).where(Evidence.type == "inferred")) >= 12
    assert _standings(inside.an) == before
    assert db.session.scalar(select(func.count()).select_from(SkillSpell)) == 0
    assert db.session.scalar(select(func.count()).select_from(SkillState)) == 0


def _standings(person: int) -> dict[str, tuple[object, ...]]:
    found = skills.standings([person], clock.today() + timedelta(days=400))[person]
    return {skill: (one.status, one.keys.know, one.keys.do, one.spells) for skill, one in found.items()}


def _place_by_acts(person: int, skill: str) -> None:
    try:
        row = actions.start_placement(uuid4(), person, skill, uuid4().hex)
    except Refusal as refusal:
        assert refusal.code == "no-questions"
        return
    items = placing.items_of(row)
    completion.answer_placement(row.id, person, {id: Answer(item.body.keys) for id, item in items.items()})
    assert row.closed_at is not None


def test_somebody_elses_placement_does_not_exist(inside: SimpleNamespace) -> None:
    row = actions.start_placement(uuid4(), inside.an, "s2", "x")
    with pytest.raises(Refusal):
        completion.answer_placement(row.id, inside.lan, {})


# --- on paper -----------------------------------------------------------------------------------


def printed(client: FlaskClient, more: str = "") -> tuple[str, str]:
    """The code of a form just printed, and the page."""
    address = client.get(f"{HOME}/ban-in?{more}").location
    return re.search(r"ma=([0-9a-f-]+)", address)[1], client.get(address).text


def test_a_printed_form_is_keyed_in(as_: Act, app: Flask, asked: set[str]) -> None:
    an = as_("an")
    code, paper = printed(an)
    assert code in paper
    entry = an.get(f"{HOME}/nhap?ma={code}").text
    with app.app_context():
        items = placing.questions_of("s2")
    fields: dict[str, object] = {"id": str(uuid4())}
    for item in items.values():
        texts = {option.text for option in item.options if option.correct}
        offered = re.findall(
            rf'title="([^"]+)"><input type="\w+" name="tra-loi.{re.escape(item.id)}" value="(\d+)"', entry
        )
        fields[f"tra-loi.{item.id}"] = [value for text, value in offered if text in texts]
    for _ in range(2):  # a doubled tap is one form
        answer = an.post(f"{HOME}/nhap?ma={code}", data=fields)
        assert answer.status_code == 303
    with app.app_context():
        found = db.session.scalars(select(Evidence).where(Evidence.type == "inferred")).one()
        assert set(found.result["held"]) == asked
        assert found.admission["facts"]["on_paper"]


def test_an_empty_form_starts_at_lesson_one(as_: Act, asked: set[str]) -> None:
    an = as_("an")
    code, _paper = printed(an)
    answer = an.post(f"{HOME}/nhap?ma={code}", data={"id": str(uuid4())}, follow_redirects=True)
    assert "Phần này còn mới" in answer.text


def test_a_wrong_code_opens_no_form(as_: Act, asked: set[str]) -> None:
    an = as_("an")
    assert "Không có phiếu mang mã này" in an.get(f"{HOME}/nhap?ma=0000-ffff").text
    assert an.post(f"{HOME}/nhap?ma=0000-ffff", data={"id": str(uuid4())}).status_code == 404


def test_a_teacher_keys_in_for_a_pupil_and_not_for_a_stranger(
    as_: Act, world: SimpleNamespace, app: Flask, asked: set[str]
) -> None:
    hoa = as_("hoa")
    code, _paper = printed(hoa, f"nguoi={world.an}")
    answer = hoa.post(f"{HOME}/nhap?ma={code}&nguoi={world.an}", data={"id": str(uuid4())}, follow_redirects=True)
    assert answer.status_code == 200
    with app.app_context():
        assert db.session.scalars(select(Evidence).where(Evidence.type == "inferred")).one().person_id == world.an
    assert hoa.get(f"{HOME}/nhap?nguoi=999999").status_code == 404
    assert as_("an").get(f"{HOME}/nhap?nguoi={world.binh}").status_code == 404


def test_a_visitor_is_asked_to_sign_in(app: Flask, world: SimpleNamespace) -> None:
    for address in ("/xep-cho", HOME, f"{HOME}/cau", f"{HOME}/ban-in", f"{HOME}/nhap"):
        answer = app.test_client().get(address)
        assert answer.status_code in (302, 401), address


def test_no_such_skill(as_: Act, world: SimpleNamespace) -> None:
    assert as_("an").get("/xep-cho/khong-co").status_code == 404
