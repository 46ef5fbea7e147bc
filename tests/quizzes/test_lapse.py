"""When the window closes, an attempt is marked as it stands: by the next touch, or by upkeep."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask

from lms import clock, completion
from lms.db import db
from lms.quizzes import queries
from lms.quizzes.models import Attempt
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.witnessing import actions as witnessing
from lms.witnessing.models import TestWindow
from tests.quizzes import sitting
from tests.quizzes.sitting import Act, begin
from tests.witnessing import world as made


@pytest.fixture
def window(world: SimpleNamespace, do: Act) -> TestWindow:
    return do(made.open_test, world.hoa, class_id=world.school_class)


def test_the_next_touch_closes_it_as_it_stands(
    app: Flask, as_: Act, world: SimpleNamespace, window: TestWindow
) -> None:
    an = as_("an")
    second = sitting.answer(an, begin(an).location).location
    base = second.rsplit("/", 1)[0]
    with clock.frozen(window.closes_at + timedelta(minutes=10)):
        assert an.get(second).location == base + "/xem-lai", "no question is shown any more"
        assert "Hết giờ làm bài" in an.get(base + "/xem-lai").text
        with app.app_context():
            offered = queries.asked_item(db.session.get_one(Attempt, sitting.attempt_in(base)), 2)[0]
        late = an.post(second, data={"sent": str(uuid4()), f"tra-loi.{offered.id}": offered.body.ids[0], "den": "sau"})
        assert late.location == base + "/ket-qua"
    with app.app_context():
        attempt = db.session.get_one(Attempt, sitting.attempt_in(base))
        assert attempt.closed_at == window.closes_at, "dated when the window closed, not when somebody looked"
        assert len(sitting.steps(attempt.id)) == 1 and len(sitting.steps(attempt.id, "lapse")) == 1
        evidence = db.session.get_one(Evidence, attempt.id)
        assert evidence.occurred_at == window.closes_at < evidence.received_at


def test_an_answer_on_its_way_is_taken(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "s")
    item = queries.form_items(attempt)[0]
    with clock.frozen(window.closes_at + timedelta(seconds=30)):
        completion.save_answers(attempt.id, inside.an, {item.id: Answer(item.body.keys)}, uuid4())
    assert len(sitting.steps(attempt.id)) == 1


def test_nothing_is_taken_up_again_after_the_window_even_while_answers_are_waited_for(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "s")
    completion.rest(attempt.id, inside.an, True)
    with clock.frozen(window.closes_at + timedelta(seconds=30)), pytest.raises(Refusal, match="Hết giờ"):
        completion.rest(attempt.id, inside.an, False)
    assert not sitting.steps(attempt.id, "resume")


def test_upkeep_closes_what_lies_open(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "s")
    assert completion.lapse_overdue(clock.now()) == 0
    with clock.frozen(window.closes_at + timedelta(days=1)):
        assert completion.lapse_overdue(clock.now()) == 1
        assert completion.lapse_overdue(clock.now()) == 0
    assert attempt.result["passed"] is False and attempt.open_key is None


def test_a_window_closed_early_takes_no_answer(as_: Act, world: SimpleNamespace, window: TestWindow, do: Act) -> None:
    an = as_("an")
    first = begin(an).location
    with clock.frozen(made.later(minutes=5)):
        do(lambda: witnessing.close_window(db.session.get_one(TestWindow, window.id)))
    with clock.frozen(made.later(minutes=7)):
        assert an.get(first).location.endswith("/xem-lai")


def test_starting_anew_closes_the_one_left_behind_and_counts_it(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    left = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "s")
    with clock.frozen(made.later(days=2)):
        made.open_test(inside.hoa, class_id=inside.school_class)
        fresh = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "t")
    assert left.closed_at is not None and fresh.id != left.id
    assert fresh.admission["facts"]["attempts_in_window"] == "1"
