"""Who may enter and begin, and until when each may work."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exams.rules.hall import (
    CODE_LIVES,
    MOST_EXTRA,
    Place,
    Times,
    code_problem,
    extra_problem,
    may_begin,
    may_go_on,
    window_of,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ENDS = NOON + timedelta(minutes=45)
MINUTES = st.integers(0, 240).map(lambda minutes: timedelta(minutes=minutes))


def code(problem: object) -> str | None:
    return getattr(problem, "code", None)


@pytest.mark.parametrize(
    ("kept", "age", "given_code", "expected"),
    [
        ("a", timedelta(0), "a", None),
        ("a", CODE_LIVES - timedelta(seconds=1), "a", None),
        ("a", CODE_LIVES, "a", "old-code"),
        ("a", CODE_LIVES, "b", "wrong-code"),
        ("a", timedelta(0), "b", "wrong-code"),
        (None, timedelta(0), "a", "no-code"),
    ],
)
def test_codes(kept: str | None, age: timedelta, given_code: str, expected: str | None) -> None:
    assert code(code_problem(kept, NOON if kept else None, given_code, NOON + age)) == expected


@pytest.mark.parametrize(
    ("place", "is_handed_over", "expected"),
    [
        (Place(True, True), False, None),
        (Place(True, False), False, "no-code"),
        (Place(True, False), True, None),
        (Place(False, True), False, "absent"),
        (Place(False, False), True, "absent"),
        (Place(True, True, True), False, "held"),
    ],
)
def test_beginning(place: Place, is_handed_over: bool, expected: str | None) -> None:
    assert code(may_begin(place, is_handed_over)) == expected


def test_only_the_proctor_lifts_a_pause() -> None:
    assert code(may_go_on(Place(True, True, True))) == "held" and may_go_on(Place()) is None


@given(MINUTES, MINUTES)
def test_time_given_is_time_to_work(extra: timedelta, later: timedelta) -> None:
    assert window_of(Times(NOON, ENDS, None, extra), NOON + later).closes_at == ENDS + extra


@given(MINUTES, MINUTES, MINUTES)
def test_while_held_the_time_left_stands_still(extra: timedelta, held: timedelta, later: timedelta) -> None:
    """What is left at the beginning of a pause is what is left at any moment of it."""
    at = NOON + held
    left = [window_of(Times(NOON, ENDS, None, extra, at), moment).closes_at - moment for moment in (at, at + later)]
    if at < ENDS + extra:
        assert left[0] == left[1] > timedelta(0)
    else:
        assert window_of(Times(NOON, ENDS, None, extra, at), at + later).closes_at == ENDS + extra, "it was over before"


@given(MINUTES, MINUTES, MINUTES, MINUTES)
def test_closed_by_hand_ends_it_whatever_was_given(
    extra: timedelta, held: timedelta, later: timedelta, closed: timedelta
) -> None:
    times = Times(NOON, ENDS, NOON + closed, extra, NOON + held)
    assert window_of(times, NOON + later).closes_at <= NOON + closed


@pytest.mark.parametrize(("minutes", "given_before", "expected"), [(1, 0, None), (60, 0, None), (0, 0, "extra"), (61, 0, "extra"), (10, 51, "extra"), (10, 50, None)])  # fmt: skip
def test_how_much_may_be_given(minutes: int, given_before: int, expected: str | None) -> None:
    assert code(extra_problem(minutes, timedelta(minutes=given_before))) == expected
    assert timedelta(minutes=60) == MOST_EXTRA
