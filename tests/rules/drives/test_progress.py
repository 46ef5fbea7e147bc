"""What a drive reached: won and lost, never only what was won."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.drives.rules.progress import Progress, Spell, by_village, problem

FIRST = date(2026, 11, 1)
A, B = 1, 2
HOMES = {10: A, 11: A, 12: A, 20: B}


def day(number: int) -> date:
    """The first day of the drive is 0."""
    return FIRST + timedelta(days=number)


def test_won_and_lost_stand_side_by_side() -> None:
    spells = [
        Spell(10, day(-30), None, False),  # open before, and still
        Spell(11, day(-30), day(5), False),  # ran out during the drive
        Spell(12, day(3), None, False),  # opened by it
        Spell(20, day(4), day(8), False),  # opened, and did not last
        Spell(99, day(4), None, False),  # of another village
    ]
    reached = by_village(HOMES, spells, FIRST, day(10))
    assert reached == {A: Progress(3, 2, 2, 1, 1, 0), B: Progress(1, 0, 0, 1, 1, 0)}
    assert (reached[A] + reached[B]).gained == 0


def test_what_was_counted_and_taken_back_is_said() -> None:
    spells = [Spell(10, day(2), None, True), Spell(12, day(2), None, True), Spell(12, day(3), None, False)]
    assert by_village(HOMES, spells, FIRST, day(9))[A] == Progress(3, 0, 1, 2, 0, 1)


def test_what_was_taken_back_of_the_time_before_was_never_the_drives() -> None:
    assert by_village(HOMES, [Spell(10, day(-9), None, True)], FIRST, day(9))[A] == Progress(3)


def test_the_eve_is_the_start_and_the_first_day_is_the_drives() -> None:
    begun = [Spell(10, day(-1), None, False), Spell(11, day(0), None, False)]
    assert by_village(HOMES, begun, FIRST, day(0))[A] == Progress(3, 1, 2, 1, 0, 0)
    ended = [Spell(12, day(-5), day(0), False), Spell(11, day(-5), day(-1), False)]
    assert by_village(HOMES, ended, FIRST, day(0))[A] == Progress(3, 1, 0, 0, 1, 0)


SPELLS = st.lists(
    st.builds(
        lambda home, first, length, gone: Spell(home, day(first), day(first + length) if length else None, gone),
        st.sampled_from(sorted(HOMES)),
        st.integers(-20, 20),
        st.integers(0, 30),
        st.booleans(),
    ),
    max_size=12,
)


@given(SPELLS, st.integers(0, 20))
def test_now_is_always_start_and_won_less_lost(spells: list[Spell], on: int) -> None:
    for one in by_village(HOMES, spells, FIRST, day(on)).values():
        assert one.now == one.start + one.opened - one.lapsed - one.withdrawn
        assert 0 <= one.now <= one.households and min(one.opened, one.lapsed, one.withdrawn) >= 0


@pytest.mark.parametrize(
    ("first", "last", "target", "code"),
    [
        (0, 20, 5, ""),
        (-7, 20, 5, ""),
        (-8, 20, 5, "too-late"),
        (3, 2, 5, "backwards"),
        (-5, -1, 5, "over"),
        (0, 366, 5, "too-long"),
        (0, 20, 0, "target"),
        (0, 20, 10, ""),
        (0, 20, 11, "target"),
    ],
)
def test_how_a_drive_is_written_down(first: int, last: int, target: int, code: str) -> None:
    assert problem(day(first), day(last), FIRST, target, to_open=10) == code
