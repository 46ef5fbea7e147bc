"""Who may begin a recorded test, and when: consent, an open window, the retake limits, one open attempt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms import clock, completion
from lms.db import db
from lms.people import actions as people
from lms.quizzes.models import Attempt
from lms.refusals import Refusal
from tests.quizzes import sitting
from tests.quizzes.sitting import Act, begin
from tests.witnessing import world as made


def start(person_id: int, quiz: str = "thanh-toan") -> Attempt:
    return completion.begin_attempt(uuid4(), person_id, quiz, uuid4().hex)


def test_without_a_window_nothing_begins(as_: Act, world: SimpleNamespace) -> None:
    an = as_("an")
    page = an.get("/kiem-tra/thanh-toan").text
    assert "Nhờ thầy cô hoặc cán bộ mở bài" in page and "bat-dau" not in page
    refused = begin(an)
    assert refused.status_code == 422 and "Chưa có ai mở bài" in refused.text


def test_a_window_for_another_test_or_other_people_is_none(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, "mua-sam", class_id=inside.school_class)
    with pytest.raises(Refusal, match="Chưa có ai mở bài"):
        start(inside.an)
    with pytest.raises(Refusal, match="Chưa có ai mở bài"):
        start(inside.lan, "mua-sam")


def test_without_consent_nothing_begins(as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(made.open_test, world.hoa, class_id=world.school_class)
    do(people.record_consent, world.an, "assessment", "representative", "2026-11", "paper", act="withdrawn")
    an = as_("an")
    assert "rút lại đồng ý" in an.get("/kiem-tra/thanh-toan").text
    refused = begin(an)
    assert refused.status_code == 422 and "rút lại đồng ý" in refused.text
    assert an.get("/khoa-hoc/thanh-toan").status_code == 200, "reading stays open"


def test_a_child_needs_both(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    with pytest.raises(Refusal) as refused:
        start(inside.binh)
    assert refused.value.code == "no-consent"


@pytest.mark.parametrize(("hours", "code"), [(1, "too_soon"), (23.9, "too_soon"), (24.1, None)])
def test_a_day_between_two_tries(inside: SimpleNamespace, hours: float, code: str | None) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    sitting.take(inside, inside.an, right=3)
    with clock.frozen(made.NOW + timedelta(hours=hours)):
        made.open_test(inside.hoa, class_id=inside.school_class)
        if code is None:
            assert start(inside.an).closed_at is None
            return
        with pytest.raises(Refusal) as refused:
            start(inside.an)
        assert refused.value.code == code


def test_two_tries_in_a_fortnight(inside: SimpleNamespace) -> None:
    for day in (0, 2):
        with clock.frozen(made.later(days=day)):
            made.open_test(inside.hoa, class_id=inside.school_class)
            sitting.take(inside, inside.an, right=3)
    with clock.frozen(made.later(days=5)):
        made.open_test(inside.hoa, class_id=inside.school_class)
        with pytest.raises(Refusal) as refused:
            start(inside.an)
    assert refused.value.code == "window_full"


def test_a_second_start_returns_the_open_attempt(app: Flask, as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(made.open_test, world.hoa, class_id=world.school_class)
    an = as_("an")
    assert begin(an).location == begin(an).location
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_late_copy_of_the_first_start_begins_nothing_new(as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(made.open_test, world.hoa, class_id=world.school_class)
    an, id = as_("an"), str(uuid4())
    base = begin(an, id=id).location.rsplit("/", 1)[0]
    an.post(base + "/nop")
    assert begin(an, id=id).location == base + "/ket-qua"


def test_somebody_elses_name_for_an_attempt_is_refused(inside: SimpleNamespace) -> None:
    made.open_test(inside.mai, person_ids=[inside.lan, inside.tu])
    taken = completion.begin_attempt(uuid4(), inside.lan, "thanh-toan", "a").id
    with pytest.raises(Refusal) as refused:
        completion.begin_attempt(taken, inside.tu, "thanh-toan", "b")
    assert refused.value.code == "taken"


def test_fifty_starts_at_once_leave_one(app: Flask, world: SimpleNamespace, do: Act) -> None:
    do(made.open_test, world.hoa, class_id=world.school_class)

    def one(_n: int) -> str:
        with app.app_context(), clock.frozen(made.NOW):
            id = str(start(world.an).id)
            db.session.commit()
            db.session.remove()
            return id

    with ThreadPoolExecutor(10) as many:
        ids = set(many.map(one, range(50)))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1
    assert len(ids) == 1


def test_a_linked_person_has_one_attempt_under_both_records(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    begun = start(inside.an)
    school, commune = (db.session.get_one(people.Person, one) for one in (inside.an, inside.far))
    people.record_consent(inside.an, "household-link", "self", "2026-11", "paper")
    people.record_consent(inside.an, "household-link", "representative", "2026-11", "paper")
    completion.link_confirmed(school, commune, None)
    assert start(inside.far).id == begun.id
