"""Who is stuck, who sits with whom, what letters say."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.runs.rules.letters import LETTERS, counts, fits_cards, letter_of, option_of, read_letters
from lms.runs.rules.pace import LASTS, STILL, Pace, Place, is_running, standing, together, wrong_in_a_row
from lms.runs.rules.seats import Mark, Seat, partner_of, read_seats

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOW = START + 20 * MINUTE


@pytest.mark.parametrize(
    ("pace", "place"),
    [
        (Pace(0, None, 0), Place.NOT_BEGUN),
        (Pace(2, None, 0), Place.STUCK),  # read before, nothing since the lesson began
        (Pace(2, NOW - MINUTE, 0), Place.READING),
        (Pace(2, NOW - STILL + MINUTE, 0), Place.READING),
        (Pace(2, NOW - STILL, 0), Place.STUCK),
        (Pace(2, NOW, 1), Place.READING),
        (Pace(2, NOW, 2), Place.STUCK),
        (Pace(5, None, 0), Place.DONE),
        (Pace(7, NOW, 3), Place.DONE),
    ],
)
def test_where_somebody_stands(pace: Pace, place: Place) -> None:
    assert standing(pace, 5, START, NOW).place is place


def test_nobody_is_called_stuck_as_the_lesson_begins() -> None:
    assert standing(Pace(2, None, 0), 5, START, START + STILL - MINUTE).place is Place.READING


def test_a_lesson_without_steps_is_never_done() -> None:
    assert standing(Pace(0, None, 0), 0, START, NOW).place is Place.NOT_BEGUN


paces = st.builds(
    Pace, st.integers(0, 9), st.none() | st.integers(0, 60).map(lambda n: START + n * MINUTE), st.integers(0, 4)
)


@given(paces, paces)
def test_two_on_one_computer_are_one_whoever_is_named_first(one: Pace, other: Pace) -> None:
    both = together(one, other)
    assert both == together(other, one) and both.read >= max(one.read, other.read) and together(one, one) == one


def test_wrong_answers_in_a_row_end_with_a_right_one() -> None:
    assert [wrong_in_a_row(x) for x in ([], [False], [False, False], [False, True], [True, False])] == [0, 1, 2, 0, 1]


def test_a_lesson_nobody_ended_is_over_by_itself() -> None:
    assert is_running(START, None, START + LASTS - MINUTE) and not is_running(START, None, START + LASTS)
    assert not is_running(START, NOW, NOW)


def test_seats_are_read_by_roster_numbers() -> None:
    marks, problems = read_seats([11, 12, 13], {11: Seat(True, " 3 "), 13: Seat(True)})
    assert marks == {11: Mark(True, 13), 12: Mark(False, None), 13: Mark(True, None)} and not problems
    assert partner_of(marks) == {11: 13, 13: 11}


@pytest.mark.parametrize(
    ("typed", "told"), [("1", "chính người này"), ("2", "vắng"), ("9", "từ 1 đến 3"), ("x", "từ 1"), ("²", "từ 1")]
)
def test_a_seat_that_cannot_be(typed: str, told: str) -> None:
    _marks, problems = read_seats([11, 12, 13], {11: Seat(True, typed), 13: Seat(True)})
    assert told in problems[11]


@given(st.dictionaries(st.integers(1, 6), st.builds(Seat, st.booleans(), st.text("0123456789x ", max_size=3))))
def test_marks_without_problems_never_seat_anybody_with_the_absent(seats: dict[int, Seat]) -> None:
    roster = [1, 2, 3, 4, 5, 6]
    marks, problems = read_seats(roster, seats)
    assert list(marks) == roster
    for person, mark in marks.items():
        if mark.with_id is not None and person not in problems:
            assert mark.is_present and marks[mark.with_id].is_present and mark.with_id != person


@pytest.mark.parametrize(
    ("kind", "options", "fits"),
    [
        ("single", 4, True),
        ("single", 1, False),
        ("truefalse", 2, True),
        ("single", 5, False),
        ("multiple", 4, False),
        ("short", 0, False),
    ],
)
def test_which_questions_cards_can_answer(kind: str, options: int, fits: bool) -> None:
    assert fits_cards(SimpleNamespace(type=kind, options=["x"] * options)) is fits


@given(st.lists(st.text(min_size=1), min_size=2, max_size=4, unique=True), st.data())
def test_letters_stand_for_options_both_ways(options: list[str], data: st.DataObject) -> None:
    for option in options:
        assert option_of(options, letter_of(options, option)) == option
    other = data.draw(st.text(max_size=3))
    assert (option_of(options, other) is None) == (other not in LETTERS[: len(options)] or len(other) != 1)
    given_letters = data.draw(st.lists(st.sampled_from(options)))
    assert sum(counts(options, given_letters)) == len(given_letters)


def test_letters_of_strangers_are_not_looked_at() -> None:
    assert read_letters(["x", "y"], {1: "B", 2: "D", 99: "A"}, [1, 2, 3]) == {1: "y", 2: None, 3: None}
