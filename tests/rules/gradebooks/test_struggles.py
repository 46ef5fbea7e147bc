"""Who is stuck at what, what they share, and whose skill is to be renewed."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.gradebooks.rules.struggles import ENOUGH, PRACTICE, RECORDED, Tried, is_due, latest, struggles

AT = datetime(2026, 11, 20, tzinfo=UTC)


def tried(n, person=1, right=False, weight=PRACTICE, competency="s3.1", mistakes=(), step=""):
    return Tried(f"{n:03}", person, competency, right, weight, AT + timedelta(minutes=n), mistakes, step)


@pytest.mark.parametrize(
    ("tries", "is_stuck"),
    [
        ([tried(1), tried(2)], False),
        ([tried(1), tried(2), tried(3)], True),
        ([tried(1), tried(2), tried(3), tried(4, right=True)], False),
        ([tried(1), tried(2), tried(3, right=True), tried(4)], False),
        ([tried(1, weight=RECORDED)], False),
        ([tried(1, weight=RECORDED), tried(2)], True),
        ([tried(1, weight=RECORDED), tried(2, weight=RECORDED)], True),
        ([tried(1), tried(2, competency="s3.2"), tried(3, person=2)], False),
    ],
)
def test_repeated_failure_since_the_last_success(tries, is_stuck):
    assert bool(struggles(tries)) is is_stuck


def test_a_shared_mistake_is_named_once_with_all_who_have_it():
    both = [
        tried(n, person, mistakes=("Tưởng số tiền là tên người",), step="l#b1") for person in (9, 4) for n in (1, 2, 3)
    ]
    own = [tried(4, 4, mistakes=("Quên nhìn tên",))]
    (one,) = struggles([*both, *own])
    assert one.people == (4, 9) and one.steps == ("l#b1",)
    assert one.shared == (("Tưởng số tiền là tên người", (4, 9)), ("Quên nhìn tên", (4,)))


def test_what_was_mended_is_no_longer_told():
    tries = [tried(1, mistakes=("cũ",)), tried(2, right=True), *(tried(n, mistakes=("mới",)) for n in (3, 4, 5))]
    (one,) = struggles(tries)
    assert one.shared == (("mới", (1,)),)


TRIES = st.lists(
    st.builds(
        tried,
        st.integers(0, 40),
        st.integers(1, 3),
        st.booleans(),
        st.sampled_from([PRACTICE, RECORDED]),
        st.sampled_from(["s3.1", "s3.2"]),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)


@given(TRIES, st.integers())
def test_the_order_of_arrival_does_not_matter(tries, seed):
    shuffled = list(tries)
    Random(seed).shuffle(shuffled)
    assert struggles(shuffled) == struggles(tries)


@given(TRIES)
def test_nobody_whose_last_try_was_right_is_stuck(tries):
    for one in struggles(tries):
        for person in one.people:
            own = [each for each in tries if (each.person, each.competency) == (person, one.competency)]
            assert not max(own, key=lambda each: (each.at, each.id)).right
            assert sum(each.weight for each in own if not each.right) >= ENOUGH


LAST = date(2027, 8, 20)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),  # its window opens on 22 May: told before the summer
        (date(2027, 5, 31), True),
        (date(2027, 8, 21), True),  # lapsed
        (date(2028, 8, 20), True),
        (date(2028, 8, 22), False),
    ],
)
def test_renewals_are_told_when_their_window_opens_and_before_the_summer(today, due):
    assert is_due(LAST, 90, today) is due


def test_what_opens_after_may_waits():
    assert not is_due(date(2027, 9, 15), 90, date(2027, 5, 1))
    assert is_due(date(2027, 3, 1), 90, date(2026, 12, 1)) and not is_due(date(2027, 3, 2), 90, date(2026, 12, 1))


def test_the_latest_spell_of_each_skill_counts():
    spells = [(1, "s3", date(2027, 1, 1)), (1, "s3", date(2028, 1, 1)), (1, "s9", date(2029, 1, 1))]
    assert latest(spells, ["s3"]) == {(1, "s3"): date(2028, 1, 1)}


def test_time_decides_what_came_last_not_the_number_of_the_answer():
    wrong = [Tried(f"a{n}", 1, "s3.1", False, PRACTICE, AT + timedelta(minutes=n)) for n in range(3)]
    later = Tried("0", 1, "s3.1", True, PRACTICE, AT + timedelta(minutes=9))
    assert struggles([*wrong, later]) == []
