"""Đạt or Chưa đạt, and which of several entries holds."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.gradebooks.rules.marks import Cell, Entry, Mark, Reading, holding, mark_of

AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reading", "mark"),
    [
        (Reading(3, 3, 0, 0), Mark.PASS),
        (Reading(3, 2, 0, 0), Mark.FAIL),
        (Reading(3, 3, 2, 2), Mark.PASS),
        (Reading(3, 3, 2, 1), Mark.FAIL),
        (Reading(3, 3, 5, 4), Mark.PASS),
        (Reading(3, 3, 14, 12), Mark.PASS),
        (Reading(3, 3, 14, 11), Mark.FAIL),
        (Reading(0, 0, 0, 0), Mark.FAIL),
    ],
)
def test_a_module_is_done_when_read_and_four_checks_of_five_were_right_once(reading, mark):
    assert reading.mark is mark


def test_how_far_is_said_in_words():
    assert Reading(3, 5, 2, 1).sentence == "3/3 bước · 1/2 câu thử"
    assert Reading(3, 1, 0, 0).sentence == "1/3 bước"


def entry(n, subject="s3", mark=Mark.PASS, after=0):
    return Entry(str(n), subject, "hk1", mark, "", 1, AT + timedelta(minutes=after))


def test_a_teachers_mark_stands_in_front_and_an_empty_one_steps_back():
    assert Cell("s3", Mark.FAIL, "", entry(1)).mark is Mark.PASS
    assert Cell("s3", Mark.FAIL, "", entry(1)).differs and not Cell("s3", Mark.PASS, "", entry(1)).differs
    back = Cell("s3", Mark.FAIL, "", entry(2, mark=None))
    assert back.mark is Mark.FAIL and not back.is_teachers
    assert mark_of("") is None and mark_of("dat") is Mark.PASS


@given(st.lists(st.tuples(st.sampled_from(["s1", "s3"]), st.integers(0, 3)), max_size=12), st.integers())
def test_the_latest_holds_in_whatever_order_they_arrive(written, seed):
    entries = [entry(n, subject, after=after) for n, (subject, after) in enumerate(written)]
    shuffled = list(entries)
    Random(seed).shuffle(shuffled)
    held = holding(shuffled)
    assert held == holding(entries)
    for (subject, _term), one in held.items():
        assert all((each.at, each.id) <= (one.at, one.id) for each in entries if each.subject == subject)
