"""A recorded test from its page to its result: one question a page, saved as given, handed in, evidence kept."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock, completion
from lms.db import db
from lms.quizzes import queries
from lms.quizzes.models import Attempt, Quiz
from lms.quizzes.queries import outcomes
from lms.quizzes.rules.drawing import draw
from lms.refusals import Refusal
from lms.skills import publishing
from lms.skills.models import Evidence, Ruleset
from lms.skills.queries import standings
from tests.quizzes import sitting
from tests.quizzes.sitting import Act, begin, through
from tests.witnessing import world as made


@pytest.fixture
def window(world: SimpleNamespace, do: Act):
    return do(made.open_test, world.hoa, class_id=world.school_class)


def test_a_pupil_passes(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    assert "Đang mở" in an.get("/kiem-tra").text
    assert "Bắt đầu làm bài" in an.get("/kiem-tra/thanh-toan").text
    started = begin(an)
    assert started.status_code == 303
    with app.app_context():
        keys = sitting.keys_of_everything()
    review = through(an, started.location, keys)
    assert review.endswith("/xem-lai") and "Đã trả lời đủ 15 câu" in an.get(review).text
    handed_in = an.post(review.replace("xem-lai", "nop"))
    result = an.get(handed_in.location)
    assert "Đã qua bài kiểm tra" in result.text and "Nên đọc lại" not in result.text
    with app.app_context():
        attempt = db.session.get_one(Attempt, sitting.attempt_in(review))
        evidence = db.session.get_one(Evidence, attempt.id)
        assert (evidence.type, evidence.mode, evidence.session_id) == ("quiz", "witnessed", window.id)
        assert evidence.actors == [{"person": world.hoa, "part": "opener", "as": "teacher"}]
        assert (evidence.admitted, evidence.admission["reason"]) == (True, "admitted")
        assert attempt.open_key is None and attempt.result["right"] == 15
        assert standings([world.an], clock.today())[world.an]["s3"].keys.know == str(attempt.id)


def test_failing_names_what_to_read_again_and_nothing_else(
    app: Flask, as_: Act, world: SimpleNamespace, window, do: Act
) -> None:
    attempt = do(sitting.take, world, world.an, right=9)
    page = as_("an").get(f"/kiem-tra/thanh-toan/bai/{attempt.id}/ket-qua").text
    assert "Lần này chưa qua" in page and "Nên đọc lại" in page
    assert re.search(r'href="/khoa-hoc/thanh-toan/[^"]+buoc=', page)
    assert "24 giờ" in page, "and when it may be tried again"
    assert "9/15" not in page and "tra-loi" not in page
    with app.app_context():
        assert standings([world.an], clock.today())[world.an]["s3"].keys.know is None


def test_saved_as_given_and_said_when(as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    second = sitting.answer(an, first).location
    assert second.endswith("/2")
    assert "Câu 1 đã lưu lúc 09:00" in an.get(second).text
    back = an.get(first).text
    assert "Đã lưu lúc 09:00" in back and back.count(" checked") == 1


def test_going_on_without_choosing_saves_nothing(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    moved = an.post(first, data={"sent": str(uuid4()), "den": "sau"})
    assert moved.location.endswith("/2")
    with app.app_context():
        assert sitting.steps(sitting.attempt_in(first)) == []


def test_a_mark_to_look_again(as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    second = sitting.answer(an, first, flagged="y").location
    assert 'class="answered flagged"' in an.get(second).text
    assert re.search(r'name="flagged"[^>]*checked|checked[^>]*name="flagged"', an.get(first).text)
    sitting.answer(an, first, was_flagged="1")
    assert "flagged" not in an.get(second).text.split("<ol")[1]


def test_a_submit_sent_twice_counts_once(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    sent = str(uuid4())
    for _again in range(2):
        assert sitting.answer(an, first, sent=sent).status_code == 303
    sitting.answer(an, first)  # the same answer under another name says nothing new
    with app.app_context():
        assert len(sitting.steps(sitting.attempt_in(first))) == 1


def test_the_latest_answer_counts(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    field, *_rest = sitting.CHOICE.findall(an.get(first).text)[0]
    for _field, value in sitting.CHOICE.findall(an.get(first).text)[:2]:
        an.post(first, data={"sent": str(uuid4()), field: value, "den": "o-lai"})
    with app.app_context():
        attempt_id = sitting.attempt_in(first)
        kept = sitting.steps(attempt_id)
        state = queries.progress_of(attempt_id).state
        assert len(kept) == 2 and state.answers[kept[0].item_id] == kept[1].answer


def test_a_late_copy_of_an_earlier_answer_changes_nothing(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    (field, one), (_same, other) = sitting.CHOICE.findall(an.get(first).text)[:2]
    earlier = {"sent": str(uuid4()), field: one, "den": "o-lai"}
    an.post(first, data=earlier)
    an.post(first, data={"sent": str(uuid4()), field: other, "den": "o-lai"})
    an.post(first, data=earlier)
    with app.app_context():
        attempt = db.session.get_one(Attempt, sitting.attempt_in(first))
        state = queries.progress_of(attempt.id).state
        assert list(state.answers.values()) == [{"chosen": [attempt.form[0]["options"][int(other) - 1]]}]


def test_an_option_that_is_not_offered_is_refused(as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    field = sitting.CHOICE.findall(an.get(first).text)[0][0]
    answered = an.post(first, data={"sent": str(uuid4()), field: "khong-co", "den": "sau"})
    assert answered.status_code == 422 and "không có trong câu hỏi này" in answered.text


def test_pause_and_go_on_on_another_device(as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    second = sitting.answer(an, first).location
    base = second.rsplit("/", 1)[0]
    assert an.post(base + "/nghi").location == base + "/xem-lai"
    assert an.get(second).location == base + "/xem-lai", "a paused attempt shows no question"
    other = as_("an")
    assert "Bài đang nghỉ" in other.get(base + "/xem-lai").text
    assert other.post(base + "/tiep").location == second
    assert other.get(first).text.count(" checked") == 1


def test_resume_after_a_restart(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    second = sitting.answer(an, begin(an).location).location
    queries._read.clear()
    with app.app_context():
        db.engine.dispose()
    again = as_("an")
    assert f'href="{second}"' in again.get("/kiem-tra/thanh-toan").text
    assert begin(again).location == second, "a second start comes back to the open attempt"


def test_the_reader_accommodation_is_kept(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    first = begin(as_("an"), reader="y").location
    with app.app_context():
        assert db.session.get_one(Attempt, sitting.attempt_in(first)).accommodation == "reader"


def test_finishing_twice_is_finishing_once(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    base = begin(an).location.rsplit("/", 1)[0]
    assert an.post(base + "/nop").location == an.post(base + "/nop").location == base + "/ket-qua"
    with app.app_context():
        assert len(list(db.session.scalars(select(Evidence).where(Evidence.person_id == world.an)))) == 1
    assert an.get(base + "/1").location == base + "/ket-qua"
    answered = an.post(base + "/1", data={"sent": str(uuid4()), "den": "sau"})
    assert answered.status_code == 303


def test_a_form_is_drawn_for_each_sitting(inside: SimpleNamespace) -> None:
    db.session.commit()
    made.open_test(inside.mai, person_ids=[inside.lan, inside.tu])
    one = completion.begin_attempt(uuid4(), inside.lan, "thanh-toan", "a")
    two = completion.begin_attempt(uuid4(), inside.tu, "thanh-toan", "b")
    questions = [[row["item"] for row in attempt.form] for attempt in (one, two)]
    assert len(set(questions[0])) == len(set(questions[1])) == 15 and questions[0] != questions[1]
    test = db.session.get_one(Quiz, "thanh-toan")
    spare = len(queries.bank(test)) - 15
    assert len(set(questions[1]) - set(questions[0])) >= min(spare, 7), "neighbours share as little as the bank allows"


def test_every_form_holds_four_safety_questions_and_a_second_one_is_fresh(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    first = sitting.take(inside, inside.an, right=3)
    assert sum(item.critical for item in queries.form_items(first)) == 4
    test = db.session.get_one(Quiz, "thanh-toan")
    bank, plan = queries.bank(test), queries.blueprint(test, queries.ruleset_on(clock.today()))
    met = {row["item"] for row in first.form}
    with clock.frozen(made.later(days=2)):
        made.open_test(inside.hoa, class_id=inside.school_class)
        second = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "again")
    asked = tuple(row["item"] for row in second.form)
    assert asked == draw(bank, plan, "again", seen=met).item_ids != draw(bank, plan, "again").item_ids
    assert len(met & set(asked)) < len(met & set(draw(bank, plan, "again").item_ids))


def test_observers_take_five_questions_without_a_window(app: Flask, as_: Act, world: SimpleNamespace) -> None:
    nam = as_("nam")
    with app.app_context():
        keys = sitting.keys_of_everything()
        assert not outcomes.passed_observer(world.nam)
    review = through(nam, begin(nam, "nguoi-chung").location, keys)
    nam.post(review.replace("xem-lai", "nop"))
    with app.app_context():
        assert outcomes.passed_observer(world.nam)
        assert db.session.scalar(select(Evidence.id)) is None, "it is no evidence of any skill"
    assert "Đã qua năm câu hỏi" in nam.get("/khoa-hoc/nguoi-chung").text


def test_four_of_five_is_not_enough_for_an_observer(inside: SimpleNamespace) -> None:
    sitting.take(inside, inside.nam, right=4, quiz="nguoi-chung")
    assert not outcomes.passed_observer(inside.nam)
    sitting.take(inside, inside.nam, right=5, quiz="nguoi-chung")
    assert outcomes.passed_observer(inside.nam)


def test_a_voided_question_counts_for_the_learner(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "s")
    items = sorted(queries.form_items(attempt), key=lambda item: not item.critical)
    answers = {item.id: sitting.Answer(item.body.keys) for item in items[:11]}
    completion.save_answers(attempt.id, inside.an, answers, uuid4())
    for item in items[11:13]:
        db.session.add(
            Evidence(id=uuid4(), type="void_item", occurred_at=made.NOW, received_at=made.NOW, mode="unattended",
                     ruleset_id="r2026.0", result={"item": item.id, "version": None}, admitted=True)
        )  # fmt: skip
    db.session.flush()
    result = completion.finish_attempt(attempt.id).result
    assert (result["right"], result["valid"], result["passed"]) == (11, 13, True)


def test_an_attempt_is_marked_by_the_ruleset_it_began_under(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "s")
    body = db.session.get_one(Ruleset, "r2026.0").body
    stricter = {**body, "id": "r2099.0", "know": {**body["know"], "min_share": "1"}}
    db.session.add(Ruleset(id="r2099.0", digest="stricter", body=stricter))
    db.session.flush()
    publishing.activate("r2099.0", clock.today(), ["test"])
    answers = {item.id: sitting.Answer(item.body.keys) for item in queries.form_items(attempt)[1:]}
    completion.save_answers(attempt.id, inside.an, answers, uuid4())
    assert completion.finish_attempt(attempt.id).result["passed"] is True
    assert db.session.get_one(Evidence, attempt.id).ruleset_id == attempt.ruleset_id == "r2026.0"


def test_a_finished_attempt_takes_no_more_answers(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = sitting.take(inside, inside.an)
    item = queries.form_items(attempt)[0]
    with pytest.raises(Refusal, match="đã nộp"):
        completion.save_answers(attempt.id, inside.an, {item.id: sitting.Answer(frozenset({"x"}))}, uuid4())
