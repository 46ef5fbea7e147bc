"""Attended windows: two hours at most, starts only inside, closing by themselves; shifts under one name are one sitting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.attempts import AttemptState, Standing, may_answer, should_lapse
from lms.witnessing.rules.windows import (
    LONGEST,
    Sitter,
    Window,
    WindowState,
    may_start,
    open_for,
    window_problem,
    window_state,
)

NINE = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


WINDOW = Window("w1", "thanh-toan", "Thi thử lớp 8A", NINE, at(120), classes=frozenset({81}), people=frozenset({7}))
TI, LAN, KHACH = Sitter(5, frozenset({81})), Sitter(7), Sitter(9, frozenset({82}))


@pytest.mark.parametrize(
    ("opens", "closes", "now", "code"),
    [
        (0, 45, 0, None),
        (0, 120, 0, None),
        (60, 180, 0, None),  # for later today
        (-10, 110, 0, None),  # begun a little before it was written down
        (0, 121, 0, "too-long"),
        (0, 0, 0, "backwards"),
        (30, 10, 0, "backwards"),
        (-200, -100, 0, "past"),
        (-60, 0, 0, "past"),
    ],
)
def test_how_a_window_may_be_opened(opens: int, closes: int, now: int, code: str | None) -> None:
    problem = window_problem(at(opens), at(closes), at(now))
    assert getattr(problem, "code", None) == code and (problem is None or problem.sentence.endswith("."))


def test_two_hours_to_the_second() -> None:
    assert timedelta(hours=2) == LONGEST and window_problem(NINE, NINE + LONGEST, NINE) is None
    assert window_problem(NINE, NINE + LONGEST + timedelta(seconds=1), NINE)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(-0.01, "waiting"), (0, "open"), (60, "open"), (119.99, "open"), (120, "closed"), (5000, "closed")],
)
def test_a_window_opens_and_closes_by_itself(minutes: float, state: str) -> None:
    assert window_state(WINDOW, at(minutes)) == WindowState(state)


def test_a_window_may_be_closed_by_hand_but_not_prolonged() -> None:
    closed = replace(WINDOW, closed_at=at(30))
    assert window_state(closed, at(29)) is WindowState.OPEN and window_state(closed, at(30)) is WindowState.CLOSED
    assert replace(WINDOW, closed_at=at(300)).ends_at == at(120)
    assert closed.for_attempts.closes_at == at(30)


@pytest.mark.parametrize(
    ("sitter", "minutes", "code"),
    [
        (TI, 0, None),
        (TI, 119.99, None),
        (LAN, 60, None),
        (TI, -1, "not-yet"),
        (TI, 120, "closed"),
        (KHACH, 60, "not-named"),
        (KHACH, -1, "not-named"),
        (replace(TI, sat=frozenset({WINDOW.sitting})), 60, "already-sat"),
        (replace(TI, sat=frozenset({("mua-sam", WINDOW.name)})), 60, None),
        (replace(TI, sat=frozenset({(WINDOW.quiz, "Thi lần hai")})), 60, None),
    ],
)
def test_starts_happen_only_inside_and_once(sitter: Sitter, minutes: float, code: str | None) -> None:
    problem = may_start(WINDOW, sitter, at(minutes))
    assert getattr(problem, "code", None) == code and (problem is None or problem.sentence.endswith("."))


def test_shifts_on_several_days_are_one_sitting() -> None:
    monday = WINDOW
    tuesday = replace(WINDOW, id="w2", opens_at=at(24 * 60), closes_at=at(24 * 60 + 120))
    sat_on_monday = replace(TI, sat=frozenset({monday.sitting}))
    assert may_start(tuesday, TI, at(24 * 60 + 5)) is None
    assert may_start(tuesday, sat_on_monday, at(24 * 60 + 5)).code == "already-sat"  # type: ignore[union-attr]


def test_the_window_with_most_time_left_comes_first() -> None:
    longer = replace(WINDOW, id="w0", opens_at=at(30), closes_at=at(150))
    gone = replace(WINDOW, id="w9", closed_at=at(10))
    assert [one.id for one in open_for([WINDOW, longer, gone], TI, at(60))] == ["w0", "w1"]
    assert open_for([WINDOW, longer], KHACH, at(60)) == []


@given(st.integers(-30, 200), st.none() | st.integers(0, 150))
def test_an_attempt_may_be_answered_exactly_while_its_window_is_open(minutes: int, closed: int | None) -> None:
    window = replace(WINDOW, closed_at=None if closed is None else at(closed))
    running = AttemptState(Standing.OPEN)
    is_open = window_state(window, at(minutes)) is WindowState.OPEN
    assert (may_answer(running, window.for_attempts, at(minutes)) is None) is is_open
    assert (may_start(window, TI, at(minutes)) is None) is is_open
    if minutes >= 0:
        assert should_lapse(running, window.for_attempts, at(minutes)) is not is_open
