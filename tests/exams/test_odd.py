"""What looks odd is shown to a person, who says what they think; nobody fails by it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms import completion, proctoring
from lms.db import db
from lms.exams import actions
from lms.exams.actions.judging import judge
from lms.exams.actions.papers import make_papers
from lms.exams.models import Judgement
from lms.exams.queries.looking import odd_in
from lms.people import actions as people
from lms.quizzes.models import Attempt
from lms.refusals import Refusal
from lms.witnessing.models import TestWindow
from tests.exams.test_paper import sheet
from tests.witnessing import world as made

As = Callable[[str], FlaskClient]


def two_alike(world: SimpleNamespace) -> TestWindow:
    """An and Bình side by side hand in the same paper, thirteen wrong alike."""
    for giver in ("self", "representative"):
        people.record_consent(world.binh, "assessment", giver, "2026-11", "paper")
    window = made.open_test(world.hoa, class_id=world.school_class)
    actions.make_exam(window, world.hoa)
    actions.mark_present(window, [world.an, world.binh], {world.an: 4, world.binh: 5})
    paper = make_papers(window, world.hoa, "hạt")[0]
    for who in (world.an, world.binh):
        proctoring.key_paper(uuid4(), window, paper, who, sheet(paper, 2), world.hoa)
    return window


def test_two_alike_are_found_and_nothing_happens_to_them(inside: SimpleNamespace) -> None:
    window = two_alike(inside)
    found = odd_in(window)
    assert [one.found.name for one in found] == [f"twins:{inside.an}:{inside.binh}"]
    assert all(row.voided_at is None and row.admitted for row in db.session.scalars(select(Attempt)))


def test_apart_they_are_nobody_s_business(inside: SimpleNamespace) -> None:
    window = two_alike(inside)
    actions.mark_present(window, [inside.an, inside.binh], {inside.an: 4, inside.binh: 9})
    assert not odd_in(window)


def test_a_voided_attempt_is_not_compared(inside: SimpleNamespace) -> None:
    window = two_alike(inside)
    first = db.session.scalars(select(Attempt)).first()
    assert first
    proctoring.void_attempt(first.id, "Nhập nhầm phiếu", inside.hoa, "teacher")
    assert not odd_in(window)


def test_answers_faster_than_reading(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "a")
    for item in completion.quizzes.queries.form_items(attempt):  # the clock stands still: no time at all
        answer = completion.Answer(frozenset(item.body.ids[:1]))
        completion.save_answers(attempt.id, inside.an, {item.id: answer}, uuid4())
    completion.finish_attempt(attempt.id)
    assert [one.found.name for one in odd_in(window)] == [f"speed:{inside.an}"]


@pytest.mark.parametrize(("verdict", "note", "code"), [("fail", "x", "verdict"), ("nothing", "  ", "note")])
def test_refusals(inside: SimpleNamespace, verdict: str, note: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        judge(uuid4(), UUID(int=1), "twins:1:2", {}, verdict, note, inside.hoa)
    assert refused.value.code == code


# --- the page -----------------------------------------------------------------------------------


def test_the_judge_s_note_is_kept(app: Flask, as_: As, world: SimpleNamespace, do: Any) -> None:
    window = do(two_alike, world)
    hoa, address = as_("hoa"), f"/coi-thi/{window.id}/luu-y"
    page = hoa.get(address).text
    assert "Cùng sai 13 câu" in page and "Lạ chưa phải là gian" in page and "Bellezza" in page
    finding, id = f"twins:{world.an}:{world.binh}", str(uuid4())
    given = {"id": id, "finding": finding, "verdict": "talked", "note": "Hai em ngồi sát, đã nhắc"}
    for _twice in range(2):
        assert hoa.post(address, data=given).status_code == 303
    assert "Hai em ngồi sát" in hoa.get(address).text
    assert hoa.post(address, data={**given, "id": str(uuid4()), "note": ""}).status_code == 422
    assert hoa.post(address, data={**given, "id": str(uuid4()), "finding": "speed:1"}).status_code == 404
    with app.app_context():
        row = db.session.scalars(select(Judgement)).one()
        assert (row.verdict, row.facts["same"], row.by_id) == ("talked", 13, world.hoa)
        assert db.session.scalar(select(func.count()).select_from(Attempt).where(Attempt.voided_at.is_not(None))) == 0
    told = as_("an").get("/kiem-tra/thanh-toan").text
    assert "Lạ" not in told and "nhắc" not in told, "a suspicion is not for pupils' pages"


def test_a_stranger_finds_nothing(as_: As, world: SimpleNamespace, do: Any) -> None:
    window = do(two_alike, world)
    for who, closed in (("stranger", 404), ("an", 403)):
        other = as_(who)
        for method in ("GET", "POST"):
            assert other.open(f"/coi-thi/{window.id}/luu-y", method=method).status_code == closed
