"""During an exam: pausing one or all, time given back, more time for one, late answers, an attempt that does not count."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock, completion, proctoring
from lms.backups.replaying import replayed
from lms.db import db
from lms.exams import actions
from lms.exams.queries import hall_of
from lms.people import actions as people
from lms.quizzes import queries
from lms.quizzes.models import Attempt
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills.queries import standings
from lms.witnessing.models import TestWindow
from tests.exams import hall
from tests.quizzes import sitting
from tests.witnessing import world as made

As = Callable[[str], FlaskClient]
WHY = "Người khác làm thay"


@pytest.fixture
def window(inside: SimpleNamespace) -> TestWindow:
    return hall.make(inside, inside.an)


@pytest.fixture
def attempt(inside: SimpleNamespace, window: TestWindow) -> Attempt:
    return completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "a")


def answer(attempt: Attempt, who: int, place: int = 0) -> Any:
    item = queries.form_items(attempt)[place]
    return completion.save_answers(attempt.id, who, {item.id: Answer(item.body.keys)}, uuid4())


def standing(attempt: Attempt) -> str:
    return str(queries.progress_of(attempt.id).state.standing)


def test_a_pause_for_all_stops_everybody_and_gives_the_time_back(
    inside: SimpleNamespace, window: TestWindow, attempt: Attempt
) -> None:
    ended = window.closes_at
    assert proctoring.hold(window) == 1 and standing(attempt) == "paused"
    assert proctoring.hold(window) == 0, "twice is once"
    with clock.frozen(made.later(minutes=20)):
        with pytest.raises(Refusal, match="tạm dừng"):
            answer(attempt, inside.an)
        with pytest.raises(Refusal) as refused:
            completion.rest(attempt.id, inside.an, is_resting=False)
        assert refused.value.code == "held"
        assert proctoring.release(window) == 1 and standing(attempt) == "open"
        assert window.closes_at == ended + timedelta(minutes=20)
        assert answer(attempt, inside.an) is None
    with clock.frozen(made.later(minutes=64)):
        assert answer(attempt, inside.an, 1) is None, "forty-five minutes and the twenty"


def test_a_pause_that_outlasts_the_window_lapses_nobody(
    inside: SimpleNamespace, window: TestWindow, attempt: Attempt
) -> None:
    proctoring.hold(window)
    with clock.frozen(made.later(minutes=60)):
        assert completion.lapse_overdue(clock.now()) == 0
        proctoring.release(window)
        assert answer(attempt, inside.an) is None
    with clock.frozen(made.later(minutes=60 + 46)):
        assert completion.lapse_overdue(clock.now()) == 1


def test_a_forgotten_pause_ends_with_the_day(inside: SimpleNamespace, window: TestWindow, attempt: Attempt) -> None:
    proctoring.hold(window)
    with clock.frozen(made.later(days=1)):
        assert completion.lapse_overdue(clock.now()) == 1


def test_one_alone_is_paused_and_gets_the_time(inside: SimpleNamespace, window: TestWindow, attempt: Attempt) -> None:
    assert proctoring.hold(window, inside.an) == 1
    ended = window.closes_at
    with clock.frozen(made.later(minutes=7)):
        assert proctoring.release(window, inside.an) == 1
    assert hall.seat(window, inside.an).extra_seconds == 7 * 60 and window.closes_at == ended
    with clock.frozen(made.later(minutes=51)):
        assert answer(attempt, inside.an) is None


def test_alone_and_then_with_all_no_minute_counts_twice(
    inside: SimpleNamespace, window: TestWindow, attempt: Attempt
) -> None:
    proctoring.hold(window, inside.an)
    with clock.frozen(made.later(minutes=5)):
        proctoring.hold(window)
        assert proctoring.release(window, inside.an) == 0, "all are paused"
    with clock.frozen(made.later(minutes=15)):
        proctoring.release(window)
        place = hall_of(window.id, inside.an)
        assert place and place.times(clock.now()).closes_at == made.later(minutes=45 + 15)


def test_nobody_begins_during_a_pause(inside: SimpleNamespace, window: TestWindow) -> None:
    proctoring.hold(window)
    with pytest.raises(Refusal) as refused:
        completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "a")
    assert refused.value.code == "held"


def test_more_time_for_one_person_only(inside: SimpleNamespace, window: TestWindow, attempt: Attempt) -> None:
    people.record_consent(inside.binh, "assessment", "self", "2026-11", "paper")
    people.record_consent(inside.binh, "assessment", "representative", "2026-11", "paper")
    actions.mark_present(window, [inside.an, inside.binh], {})
    actions.enter(window.id, inside.binh, "right")
    other = completion.begin_attempt(uuid4(), inside.binh, "thanh-toan", "b")
    actions.give_time(window, inside.an, 15)
    with clock.frozen(made.later(minutes=59)):
        assert answer(attempt, inside.an) is None
        assert answer(other, inside.binh) == made.later(minutes=45), "closed as it stood"


@pytest.mark.parametrize(("seconds", "is_kept"), [(59, True), (60, False)])
def test_a_late_answer_by_the_servers_clock(
    inside: SimpleNamespace, window: TestWindow, attempt: Attempt, seconds: int, is_kept: bool
) -> None:
    """A minute's grace for a network that was away, after one's own time and not the window's."""
    actions.give_time(window, inside.an, 5)
    with clock.frozen(made.later(minutes=50) + timedelta(seconds=seconds)):
        assert (answer(attempt, inside.an) is None) is is_kept


def test_closed_by_hand_it_ends_for_everybody(inside: SimpleNamespace, window: TestWindow, attempt: Attempt) -> None:
    actions.give_time(window, inside.an, 30)
    window.closed_at = made.later(minutes=20)
    with clock.frozen(made.later(minutes=22)):
        assert answer(attempt, inside.an) == made.later(minutes=20)


@pytest.mark.parametrize(("minutes", "before"), [(0, 0), (61, 0), (10, 55)])
def test_how_much_more_time_at_most(inside: SimpleNamespace, window: TestWindow, minutes: int, before: int) -> None:
    if before:
        actions.give_time(window, inside.an, before)
    with pytest.raises(Refusal) as refused:
        actions.give_time(window, inside.an, minutes)
    assert refused.value.code == "extra"


def knows(person: int) -> bool:
    return standings([person], clock.today())[person]["s3"].keys.know is not None


def test_an_attempt_that_does_not_count_and_does_again(inside: SimpleNamespace, window: TestWindow) -> None:
    sat = sitting.take(inside, inside.an)
    first = dict(sat.result or {})
    assert knows(inside.an)
    proctoring.void_attempt(sat.id, WHY, inside.hoa, "teacher")
    assert not knows(inside.an) and not sat.has_passed and sat.result == first
    proctoring.void_attempt(sat.id, WHY, inside.hoa, "teacher")
    assert len(sitting.steps(sat.id, "void")) == 1, "twice is once"
    db.session.commit()
    assert replayed([inside.an], [], keep=False) == 0
    with clock.frozen(made.later(minutes=1)):  # a word is only taken back by a later one
        proctoring.restore_attempt(sat.id, "Xem lại thì đúng người", inside.hoa, "teacher")
        assert knows(inside.an) and sat.has_passed
    with clock.frozen(made.later(minutes=2)):
        proctoring.void_attempt(sat.id, WHY, inside.hoa, "teacher")
        assert not knows(inside.an), "the last word stands"
    db.session.commit()
    assert replayed([inside.an], [], keep=False) == 0


def test_an_open_attempt_is_closed_when_it_is_voided(inside: SimpleNamespace, attempt: Attempt) -> None:
    proctoring.void_attempt(attempt.id, WHY, inside.hoa, "teacher")
    assert attempt.closed_at == made.NOW and attempt.result and attempt.open_key is None
    again = queries.admission(inside.an, queries.quiz("thanh-toan"), clock.now())
    assert again and again.admitted, "what does not count uses up no try"


def test_a_void_needs_a_reason(inside: SimpleNamespace, attempt: Attempt) -> None:
    with pytest.raises(Refusal) as refused:
        proctoring.void_attempt(attempt.id, "không", inside.hoa, "teacher")
    assert refused.value.code == "reason" and attempt.closed_at is None


# --- the pages ----------------------------------------------------------------------------------


def test_the_board_follows_and_acts(app: Flask, as_: As, world: SimpleNamespace, exam: UUID) -> None:
    hoa, an = as_("hoa"), as_("an")
    first = hall.begun(an, hall.code_of(hoa, exam))
    second = sitting.answer(an, first).location
    told = hoa.get(f"/coi-thi/{exam}/tinh-hinh").json
    row = told["rows"][str(world.an)]
    assert (row["state"], row["number"], row["answered"]) == ("đang làm", "1", "1/15") and row["saved"]
    assert "Bùi" not in str(told), "no names"
    hoa.post(f"/coi-thi/{exam}/dung")
    assert an.get(second).location.endswith("/xem-lai")
    page = an.get(second.rsplit("/", 1)[0] + "/xem-lai").text
    assert "đang tạm dừng" in page and "/tiep" not in page and "/nop" not in page
    an.post(second.rsplit("/", 1)[0] + "/tiep")
    assert hoa.get(f"/coi-thi/{exam}/tinh-hinh").json["rows"][str(world.an)]["state"] == "đang bị tạm dừng"
    hoa.post(f"/coi-thi/{exam}/cho-lam-tiep")
    assert an.get(second).status_code == 200
    hoa.post(f"/coi-thi/{exam}/nguoi/{world.an}", data={"minutes": "10"})
    hoa.post(f"/coi-thi/{exam}/dung", data={"nguoi": world.an})
    page = hoa.get(f"/coi-thi/{exam}/nguoi/{world.an}").text
    assert "đang bị tạm dừng" in page and "Cho làm tiếp" in page
    hoa.post(f"/coi-thi/{exam}/nguoi/{world.an}/huy-bai", data={"why": WHY})
    result = an.get(second.rsplit("/", 1)[0] + "/ket-qua").text
    assert "không được tính" in result and WHY in result
    assert hoa.get(f"/coi-thi/{exam}/tinh-hinh").json["rows"][str(world.an)]["state"] == "bài bị huỷ"


def test_a_board_costs_the_same_for_two_and_for_twenty(
    as_: As, world: SimpleNamespace, do: Any, exam: UUID, queries: Callable[[], Any]
) -> None:
    hoa = as_("hoa")
    with queries() as few:
        hoa.get(f"/coi-thi/{exam}")
    with queries() as few_standing:
        hoa.get(f"/coi-thi/{exam}/tinh-hinh")
    for number in range(20):
        pupil = do(people.create_person, f"Em Số {number}", 2012)
        do(made.classes.enrol, world.school_class, pupil.id, made.BEGAN)
    with queries() as many:
        hoa.get(f"/coi-thi/{exam}")
    with queries() as many_standing:
        hoa.get(f"/coi-thi/{exam}/tinh-hinh")
    assert len(many) == len(few) <= 14 and len(many_standing) == len(few_standing) <= 12
