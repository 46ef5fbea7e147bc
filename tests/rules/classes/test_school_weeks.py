"""Weeks, lessons and terms of a school year; the days here are samples, not any school's."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.classes.rules.school_weeks import (
    SCHOOL_DAYS,
    SchoolYear,
    Stretch,
    Term,
    day_of_period,
    last_day,
    monday_of,
    moved,
    problem_of,
    read_breaks,
    term_on,
    week_number,
    weeks_later,
    weeks_of,
)

HOLIDAY = Stretch(date(2027, 2, 1), date(2027, 2, 14))
YEAR = SchoolYear(
    Stretch(date(2026, 9, 7), date(2027, 1, 10)), Stretch(date(2027, 1, 11), date(2027, 5, 23)), (HOLIDAY,)
)
THEN = SchoolYear(Stretch(date(2025, 9, 8), date(2026, 1, 11)), Stretch(date(2026, 1, 12), date(2026, 5, 24)))


def test_weeks_are_counted_from_the_first_and_holidays_have_no_number():
    weeks = weeks_of(YEAR)
    assert weeks[0] == date(2026, 9, 7) and len(weeks) == 35
    assert week_number(YEAR, date(2026, 9, 13)) == 1 and week_number(YEAR, date(2027, 1, 11)) == 19
    assert week_number(YEAR, date(2027, 2, 3)) is None and week_number(YEAR, date(2027, 6, 1)) is None
    assert week_number(YEAR, date(2027, 2, 15)) == week_number(YEAR, date(2027, 1, 29)) + 1


def test_a_week_with_one_school_day_left_is_a_week():
    torn = SchoolYear(YEAR.first, YEAR.second, (Stretch(date(2027, 2, 1), date(2027, 2, 5)),))
    assert week_number(torn, date(2027, 2, 6)) is not None  # the Saturday


def test_a_lesson_of_a_week_is_a_day():
    assert day_of_period(YEAR, 12, [4, 0], 1) == date(2026, 11, 23)
    assert day_of_period(YEAR, 12, [4, 0], 2) == date(2026, 11, 27)
    for week, period in ((0, 1), (36, 1), (1, 0), (1, 3)):
        assert day_of_period(YEAR, week, [4, 0], period) is None


def test_last_years_plan_falls_into_the_same_school_week():
    assert moved(date(2025, 11, 28), THEN, YEAR) == date(2026, 11, 27)
    assert moved(date(2025, 11, 28), None, YEAR) == date(2026, 11, 27)  # 52 weeks on
    assert moved(date(2025, 7, 1), THEN, YEAR) == date(2026, 6, 30)  # in the holidays: no week


def test_weeks_later_step_over_the_holidays():
    assert weeks_later(date(2027, 1, 27), 1, YEAR) == date(2027, 2, 17)
    assert weeks_later(date(2027, 1, 27), 1, None) == date(2027, 2, 3)
    assert weeks_later(date(2027, 5, 20), 3, YEAR) == date(2027, 6, 10)


@pytest.mark.parametrize(
    ("term", "today", "until"),
    [
        (Term.FIRST, date(2026, 12, 1), date(2026, 12, 1)),
        (Term.FIRST, date(2027, 3, 1), date(2027, 1, 10)),
        (Term.SECOND, date(2027, 7, 1), date(2027, 5, 23)),
        (Term.YEAR, date(2027, 7, 1), date(2027, 5, 23)),
    ],
)
def test_a_register_counts_to_the_end_of_its_term(term, today, until):
    assert last_day(term, YEAR, today) == until
    assert last_day(term, None, today) == today


def test_which_register_opens_first():
    assert term_on(YEAR, date(2027, 1, 10)) is Term.FIRST and term_on(YEAR, date(2027, 1, 11)) is Term.SECOND
    assert term_on(None, date(2027, 1, 11)) is Term.YEAR


def test_days_that_make_no_year_are_named():
    assert problem_of(YEAR) == ""
    assert "thứ tự" in problem_of(SchoolYear(YEAR.second, YEAR.first))
    assert "dài quá" in problem_of(SchoolYear(YEAR.first, Stretch(date(2027, 1, 11), date(2028, 5, 1))))
    assert "nghỉ" in problem_of(SchoolYear(YEAR.first, YEAR.second, (Stretch(date(2027, 2, 2), date(2027, 2, 1)),)))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", ()),
        ("01/02/2027 - 14/02/2027", (HOLIDAY,)),
        ("1/2/2027 đến 14/2/2027\n\n30/04/2027", (HOLIDAY, Stretch(date(2027, 4, 30), date(2027, 4, 30)))),
        ("31/02/2027", None),
        ("Tết", None),
        ("01/02/2027 nghỉ Tết", None),
        ("01/02/2027 02/02/2027 03/02/2027", None),
    ],
)
def test_days_off_are_read_line_by_line(text, days):
    assert read_breaks(text) == days


DAYS = st.dates(date(2026, 8, 1), date(2026, 10, 1))


@given(
    start=DAYS,
    terms=st.tuples(st.integers(30, 150), st.integers(30, 150)),
    off=st.tuples(st.integers(0, 200), st.integers(0, 20)),
)
def test_weeks_are_mondays_in_order_each_with_a_school_day(start, terms, off):
    first = Stretch(start, start + timedelta(days=terms[0]))
    second = Stretch(first.until_on + timedelta(days=1), first.until_on + timedelta(days=1 + terms[1]))
    pause = start + timedelta(days=off[0])
    year = SchoolYear(first, second, (Stretch(pause, pause + timedelta(days=off[1])),))
    weeks = weeks_of(year)
    assert weeks == sorted(set(weeks)) and all(one == monday_of(one) for one in weeks)
    assert all(any(year.is_school_day(one + timedelta(days=n)) for n in range(SCHOOL_DAYS)) for one in weeks)
    for number, monday in enumerate(weeks, 1):
        assert week_number(year, monday) == number
        assert day_of_period(year, number, [3], 1) == monday + timedelta(days=3)


def test_the_last_day_belongs_and_sunday_is_off():
    assert YEAR.first.until_on in YEAR.first and HOLIDAY.until_on in HOLIDAY
    assert YEAR.is_school_day(date(2027, 5, 22)) and not YEAR.is_school_day(date(2027, 5, 23))
    assert not YEAR.is_school_day(date(2026, 11, 22)) and not YEAR.is_school_day(HOLIDAY.until_on - timedelta(days=1))


def test_the_last_week_can_still_be_reached():
    torn = SchoolYear(YEAR.first, YEAR.second, (Stretch(date(2027, 5, 10), date(2027, 5, 16)),))
    assert weeks_later(date(2027, 5, 5), 1, torn) == date(2027, 5, 19)


def test_a_week_this_year_does_not_have_falls_a_year_later():
    assert len(weeks_of(THEN)) == 37 and moved(date(2026, 5, 20), THEN, YEAR) == date(2027, 5, 19)
