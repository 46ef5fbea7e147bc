"""«Results after closing»: which tests it covers, and from which day they are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.classes.rules.waiting import Waiting, told_from

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
CHOSEN = datetime(2026, 11, 23, 1, tzinfo=UTC)
WEEK = Waiting(MONDAY, FRIDAY, CHOSEN)


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("handed_in_at", "today", "told"),
    [
        (at(24), date(2026, 11, 24), SATURDAY),
        (at(24), FRIDAY, SATURDAY),  # the last day itself still waits
        (at(24), SATURDAY, None),
        (at(27, 16), FRIDAY, SATURDAY),  # 23:00 in Vietnam
        (at(27, 18), SATURDAY, None),  # 01:00 of the next day there: late, so told at once
        (at(23, 0), MONDAY, None),  # before the teacher chose so: it was read already
        (at(23, 1), MONDAY, SATURDAY),
    ],
)
def test_told_after_the_last_day(handed_in_at: datetime, today: date, told: date | None) -> None:
    assert told_from(handed_in_at, [WEEK], today) == told


def test_before_the_opening_day_nothing_waits() -> None:
    later = Waiting(date(2026, 11, 25), FRIDAY, CHOSEN)
    assert told_from(at(24), [later], date(2026, 11, 26)) is None
    assert told_from(at(25), [later], date(2026, 11, 26)) == SATURDAY


def test_of_several_the_last_counts_and_without_any_it_is_told_at_once() -> None:
    longer = Waiting(MONDAY, date(2026, 12, 4), CHOSEN)
    assert told_from(at(24), [longer, WEEK], FRIDAY) == date(2026, 12, 5)
    assert told_from(at(24), [WEEK, longer], date(2026, 12, 1)) == date(2026, 12, 5)
    assert told_from(at(24), [], FRIDAY) is None


days = st.dates(date(2026, 9, 1), date(2027, 5, 31))
works = st.builds(
    lambda opens, lasts, hours: Waiting(
        opens, opens + timedelta(days=lasts), datetime(opens.year, opens.month, opens.day, tzinfo=UTC) - hours
    ),
    days,
    st.integers(0, 60),
    st.timedeltas(timedelta(0), timedelta(days=3)),
)


@given(days, st.lists(works, max_size=4), st.integers(0, 100))
def test_what_was_told_once_stays_told_and_every_result_is_told_in_the_end(day, some, passed) -> None:
    handed_in_at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    today = day + timedelta(days=passed)
    told = told_from(handed_in_at, some, today)
    if told is None:
        assert told_from(handed_in_at, some, today + timedelta(days=1)) is None
    else:
        assert told > today
        assert told_from(handed_in_at, some, told) is None
        assert told_from(handed_in_at, some, told - timedelta(days=1)) == told
