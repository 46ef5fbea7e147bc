"""The exam at the end of the team's course: anh Nam sits it in a supervised room, and only that opens this part of his road."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lms import clock, completion
from lms.db import db
from lms.drives.queries.board import rows
from lms.exams import actions as exams
from lms.quizzes import queries
from lms.quizzes.models import Quiz
from lms.quizzes.publishing import TEAM_QUIZ
from lms.quizzes.rules.blueprints import publishable, unmet
from lms.quizzes.rules.items import whole_answer
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.witnessing import actions as witnessing
from tests import cast, shipped
from tests.certificates.town import enter

LESSONS = {f"l.t.{n}" for n in range(1, 9)}
CODE = "hash of a code"


@pytest.fixture
def made(db_session):
    return cast.settle(0)


@pytest.fixture
def test(made) -> Quiz:
    return db.session.get_one(Quiz, TEAM_QUIZ)


def opened(made, by=None):
    window = witnessing.open_window(uuid4(), (by or made.mai).id, TEAM_QUIZ, person_ids=[made.nam.id])
    db.session.flush()
    return window


def seated(made):
    """A room with the exam in it and anh Nam inside."""
    window = opened(made)
    exams.make_exam(window, made.mai.id)
    exams.mark_present(window, [made.nam.id], {})
    exams.set_code(window.id, CODE)
    exams.enter(window.id, made.nam.id, CODE)
    return window


def sat(made, right: int, missed: int = 0):
    """An attempt handed in with so many questions right, all its safety questions but `missed` of them among these."""
    attempt = completion.begin_attempt(uuid4(), made.nam.id, TEAM_QUIZ, f"hạt {right}")
    asked = sorted(queries.form_items(attempt), key=lambda item: not item.critical)
    for item in asked[missed : missed + right]:
        completion.save_answers(attempt.id, made.nam.id, {item.id: whole_answer(item)}, uuid4())
    return completion.finish_attempt(attempt.id, made.nam.id)


def road(made):
    [row] = [one for one in rows([made.team.id], clock.today())[made.team.id] if one.person.id == made.nam.id]
    return row.road


def test_the_shipped_questions_serve_it(test) -> None:
    """Every lesson of the course is asked; no lesson may lose its questions; nobody passes by guessing."""
    taught = {lesson.id for lesson in shipped.books().lessons if lesson.id.startswith("l.t.")}
    plan = queries.blueprint(test, queries.ruleset_on(clock.today()))
    assert plan.competencies == taught == LESSONS
    bank = queries.bank(test)
    assert publishable(bank, plan) == []
    without = [item for item in bank if item.competency != "l.t.5"]
    assert [one.code for one in publishable(without, plan)] == ["competency"]
    easy = [replace(item, type="truefalse") if item.type == "single" else item for item in bank]
    assert publishable(easy, plan) != []


def test_passed_in_a_supervised_room_it_opens_the_road_and_proves_no_skill(app, made, test) -> None:
    assert "exam" not in road(made).fresh
    seated(made)
    evidence = db.session.query(Evidence).count()
    attempt = sat(made, 13)
    assert attempt.mode == "proctored" and attempt.has_passed and len(attempt.form) == 16
    plan = queries.blueprint(test, queries.ruleset_on(clock.today()))
    asked = {item.id for item in queries.form_items(attempt)}
    assert unmet([item for item in queries.bank(test) if item.id in asked], plan) == []
    assert db.session.query(Evidence).count() == evidence
    db.session.commit()
    assert "exam" in road(made).fresh
    page = enter(app, made.nam).get(f"/kiem-tra/{TEAM_QUIZ}/bai/{attempt.id}/ket-qua").text
    assert "Phần thi của thành viên tổ đã xong" in page and "ghi được người khác" not in page


def test_one_less_than_enough_is_not_enough_and_the_next_try_waits(made) -> None:
    window = seated(made)
    attempt = sat(made, 12)
    assert not attempt.has_passed and "exam" not in road(made).fresh
    witnessing.close_window(window)
    with clock.frozen(clock.now() + timedelta(hours=23)):
        seated(made)
        with pytest.raises(Refusal, match="24 giờ"):
            sat(made, 16)
    with clock.frozen(clock.now() + timedelta(hours=25)):
        seated(made)
        assert sat(made, 16).has_passed


def test_who_fails_its_safety_questions_fails_whatever_else_is_right(made) -> None:
    """Thirteen right, but two times ready to hold a secret or to sign for one's own."""
    window = seated(made)
    attempt = sat(made, 13, missed=2)
    assert (attempt.result["right"], attempt.result["critical_right"], attempt.result["critical"]) == (13, 2, 4)
    assert not attempt.has_passed and "exam" not in road(made).fresh
    witnessing.close_window(window)
    with clock.frozen(clock.now() + timedelta(hours=25)):
        seated(made)
        assert sat(made, 13, missed=1).has_passed


def test_without_a_supervised_room_nobody_begins(app, made) -> None:
    opened(made)
    with pytest.raises(Refusal, match="chỉ làm trong buổi thi"):
        completion.begin_attempt(uuid4(), made.nam.id, TEAM_QUIZ, "hạt")
    db.session.commit()
    page = enter(app, made.nam).get(f"/kiem-tra/{TEAM_QUIZ}").text
    assert (
        "chỉ làm trong buổi thi" in page
        and "16 câu" in page
        and "trong 4 câu về an toàn phải đúng ít nhất 3. Bài hỏi đủ" in page
    )
    assert "Bắt đầu làm bài" not in page


def test_an_attempt_outside_an_exam_does_not_count_whatever_it_says(made) -> None:
    seated(made)
    attempt = sat(made, 16)
    assert "exam" in road(made).fresh
    attempt.mode = "witnessed"
    db.session.flush()
    assert "exam" not in road(made).fresh


@pytest.mark.parametrize("who", ["nam", "lan", "khach"])
def test_who_may_not_open_it(made, who) -> None:
    """Not oneself, not somebody who may attest nobody, not an officer of another commune."""
    with pytest.raises(Refusal):
        opened(made, getattr(made, who))


def test_it_is_for_members_only(app, made) -> None:
    with pytest.raises(Refusal, match="thành viên tổ"):
        witnessing.open_window(uuid4(), made.mai.id, TEAM_QUIZ, person_ids=[made.nam.id, made.lan.id])
    with pytest.raises(Refusal, match="thành viên tổ"):
        witnessing.open_window(uuid4(), made.mai.id, TEAM_QUIZ, class_id=made.school_class.id)
    for who in (made.lan, made.hoa, made.khach):
        assert enter(app, who).get(f"/kiem-tra/{TEAM_QUIZ}").status_code == 404
        assert "Bài thi của thành viên tổ" not in enter(app, who).get("/kiem-tra").text
    assert "Bài thi của thành viên tổ" in enter(app, made.nam).get("/kiem-tra").text
    officer = enter(app, made.mai)
    assert TEAM_QUIZ in officer.get(f"/chung-kien/mo-bai?nguoi={made.nam.id}").text
    assert TEAM_QUIZ not in officer.get(f"/chung-kien/mo-bai?nguoi={made.lan.id}").text


def test_its_result_names_no_key(app, made) -> None:
    seated(made)
    attempt = sat(made, 3)
    db.session.commit()
    page = enter(app, made.nam).get(f"/kiem-tra/{TEAM_QUIZ}/bai/{attempt.id}/ket-qua").text
    assert "Chưa qua" in page or "chưa qua" in page
    for item in queries.form_items(attempt):
        assert item.stem[:25] not in page


def test_a_wrong_answer_is_wrong(made) -> None:
    seated(made)
    attempt = completion.begin_attempt(uuid4(), made.nam.id, TEAM_QUIZ, "hạt")
    single = next(item for item in queries.form_items(attempt) if item.type == "single")
    wrong = next(one.id for one in single.options if not one.correct)
    completion.save_answers(attempt.id, made.nam.id, {single.id: Answer(frozenset([wrong]))}, uuid4())
    assert completion.finish_attempt(attempt.id, made.nam.id).result["right"] == 0


def test_the_course_leads_its_members_to_it(app, made) -> None:
    assert f"/kiem-tra/{TEAM_QUIZ}" in enter(app, made.nam).get("/khoa-hoc/to-cong-nghe").text
    assert f"/kiem-tra/{TEAM_QUIZ}" not in enter(app, made.hoa).get("/khoa-hoc/to-cong-nghe").text
