"""What may be planned, written and read of a training day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.training import rules
from lms.training.rules import Answer

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
DAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, ""),
        ({"ends": NOW + HOUR}, "backwards"),
        ({"ends": NOW + 14 * HOUR}, "too-long"),
        ({"begins": NOW - 3 * HOUR, "ends": NOW}, "past"),
        ({"begins": NOW - HOUR, "ends": NOW + HOUR}, ""),
        ({"begins": NOW + 367 * 24 * HOUR, "ends": NOW + 367 * 24 * HOUR + HOUR}, "too-far"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": rules.MOST_SEATS + 1}, "capacity"),
        ({"teams": ()}, "no-team"),
        ({"topics": ()}, "no-topic"),
    ],
)
def test_planning(more, code) -> None:
    words = {"begins": NOW + HOUR, "ends": NOW + 2 * HOUR, "capacity": 30, "teams": (1,), "topics": ("s3",)} | more
    assert rules.day_problem(*words.values(), NOW) == code


def test_registering_ends_with_the_day() -> None:
    assert rules.registering_problem(NOW + HOUR, False, NOW) == ""
    assert rules.registering_problem(NOW, False, NOW) == "over"
    assert rules.registering_problem(NOW + HOUR, True, NOW) == "called-off"


@pytest.mark.parametrize(("days", "code"), [(-1, "not-yet"), (0, ""), (30, ""), (31, "too-late")])
def test_marking(days, code) -> None:
    assert rules.marking_problem(DAY, False, DAY + timedelta(days=days)) == code
    assert rules.marking_problem(DAY, True, DAY + timedelta(days=days)) == "called-off"


def test_only_who_was_there_says_something_and_not_for_ever() -> None:
    assert rules.feedback_problem(DAY, False, True, DAY + timedelta(days=14)) == ""
    assert rules.feedback_problem(DAY, False, True, DAY + timedelta(days=15)) == "too-late"
    assert rules.feedback_problem(DAY, False, False, DAY) == "not-there"
    assert rules.feedback_problem(DAY, True, True, DAY) == "called-off"


@pytest.mark.parametrize("words", ["gọi 0912 345 678", "038.093.001.234"])
def test_numbers_of_people_are_sent_back(words) -> None:
    assert rules.words_problem(words) == "numbers" and rules.words_problem("Nên bắt đầu lúc 8 giờ 30") == ""


@given(st.lists(st.builds(Answer, *[st.integers(1, 5)] * 3, st.text(max_size=5)), max_size=9))
def test_few_answers_stay_closed_and_many_are_counted_whole(answers) -> None:
    found = rules.summed(answers)
    assert found.count == len(answers)
    if len(answers) < 5:
        assert not found.lines and not found.words
    else:
        assert all(sum(numbers) == len(answers) for _name, numbers in found.lines)
        assert list(found.words) == sorted(one.words for one in answers if one.words)


def test_what_a_new_wording_says_anew() -> None:
    assert rules.changed({"place": "A", "capacity": 3}, {"place": "B", "capacity": 3}) == ["place"]
