"""What may be said of a visit, and which household is to be seen next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.visits.rules import Kind, Need, Told, agreed_day, need, problem, to_name

TODAY = date(2026, 11, 23)
HOUSE, COMPETENCIES = {1, 2}, {"s4.1", "s4.2"}
GOOD = Told(
    Kind.TEACH, TODAY, frozenset({1, 2}), frozenset({"teach", "warn"}), 1, "s4", "s4.1", "alone", "",
    TODAY + timedelta(weeks=2),
)  # fmt: skip


def said(**more):
    return problem(replace(GOOD, **more), HOUSE, COMPETENCIES, TODAY)


def test_a_whole_visit_may_be_entered():
    assert said() == ""


def test_without_a_lesson_no_learner_is_asked_for():
    assert said(activities=frozenset({"warn"}), learner=None, competency="", checked="") == ""


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "future"),
        ({"visited_on": TODAY - timedelta(days=31)}, "too-old"),
        ({"present": frozenset()}, "nobody-home"),
        ({"present": frozenset({1, 9})}, "not-of-house"),
        ({"activities": frozenset()}, "no-activity"),
        ({"activities": frozenset({"sell"})}, "no-activity"),
        ({"activities": frozenset({"collect"})}, "no-difficulty"),
        ({"difficulty": "gọi 0912 345 678"}, "numbers"),
        ({"difficulty": "số 012345678901"}, "numbers"),
        ({"learner": 9}, "no-learner"),
        ({"learner": None}, "no-learner"),
        ({"present": frozenset({2})}, "no-learner"),
        ({"competency": "s3.1"}, "no-competency"),
        ({"checked": ""}, "not-checked"),
        ({"next_on": TODAY}, "next"),
        ({"next_on": TODAY + timedelta(days=181)}, "next"),
    ],
)
def test_what_may_not(more, why):
    assert said(**more) == why


def test_a_short_number_is_no_telephone():
    assert said(difficulty="máy 7 năm tuổi, sóng 2 vạch, hẹn 19 giờ") == ""


def when(last_on=None, next_on=None, is_open=False, is_near=False, renews=False):
    return need(TODAY, last_on, next_on, is_open=is_open, is_near=is_near, renews=renews)


def ago(days):
    return TODAY - timedelta(days=days)


def test_whom_to_see_next():
    assert when(ago(14), TODAY, is_open=True) is Need.AGREED
    assert when(ago(14), TODAY + timedelta(days=3), is_near=True) is Need.LATER
    assert when(ago(40), is_open=True, renews=True) is Need.RENEW
    assert when(is_near=True) is Need.NEAR
    assert when() is Need.NEVER
    assert when(ago(40)) is Need.LONG_AGO
    assert when(ago(29), is_near=True) is Need.LATER
    assert when(is_open=True) is Need.OPEN


def test_an_agreement_is_kept_by_coming_on_its_day_or_later():
    assert agreed_day(TODAY, TODAY) is None and agreed_day(TODAY, ago(3)) is None
    assert agreed_day(ago(1), TODAY) == TODAY and agreed_day(None, None) is None


@given(
    st.none() | st.integers(0, 400), st.none() | st.integers(-200, 200), st.booleans(), st.booleans(), st.booleans()
)  # fmt: skip
def test_nobody_is_called_twice_in_a_month_unless_it_was_agreed(last, next_in, is_open, is_near, renews):
    last_on = None if last is None else ago(last)
    next_on = None if next_in is None else TODAY + timedelta(days=next_in)
    found = when(last_on, next_on, is_open, is_near, renews)
    if last is not None and last < 30:
        agreed = agreed_day(last_on, next_on)
        assert found is Need.LATER or (found is Need.AGREED and agreed is not None and agreed <= TODAY)


def test_of_a_corrected_signature_the_correction_is_named_and_only_once():
    assert to_name({"a": None, "b": "a", "c": None}) == {"b", "c"}
    assert to_name({"a": None, "b": "a", "c": "b"}, {"a"}) == set()
    assert to_name({"a": None, "b": "a", "c": None}, {"b"}) == {"c"}
    assert to_name({}) == set()
