"""When an offer holds, what is a telephone number, how long an entry is believed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.offers.rules import CONTACT_BELIEVED, Stand, dates_problem, is_stale, may_be_undone, phone, stand

DAY = date(2026, 11, 23)
DAYS = st.integers(-800, 800).map(lambda n: DAY + timedelta(days=n))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0912345678", "0912 345 678"),
        ("+84 912.345.678", "0912 345 678"),
        ("(0237) 3871-234", "0237 387 1234"),
        ("18001091", "1800 1091"),
        ("1900 54 54 15", "1900 545 415"),
        ("1022", "1022"),
        ("113", "113"),
        ("", ""),
        ("  ", ""),
        ("912345678", None),
        ("09123", None),
        ("0912 345 678 90", None),
        ("số mẫu", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
        ("99", None),
    ],
)
def test_a_number_as_people_read_it(text: str, written: str | None) -> None:
    assert phone(text) == written


@given(st.text(max_size=30))
def test_a_written_number_is_written_the_same_again(text: str) -> None:
    once = phone(text)
    assert once is None or phone(once) == once


def test_the_last_day_is_the_offers_and_the_next_is_not() -> None:
    ends = DAY + timedelta(days=1)
    assert [stand(DAY, ends, "", day) for day in (DAY - timedelta(days=1), DAY, ends)] == list(Stand)[:3]


@given(DAYS, DAYS, DAYS)
def test_an_offer_is_current_on_its_days_and_on_no_other(first: date, last: date, today: date) -> None:
    assert (stand(first, last + timedelta(days=1), "", today) is Stand.CURRENT) == (first <= today <= last)


@given(DAYS, DAYS, DAYS, st.sampled_from([Stand.WITHDRAWN, Stand.REPLACED]))
def test_what_was_closed_never_comes_back_by_the_calendar(first: date, until: date, today: date, how: Stand) -> None:
    assert stand(first, until, how, today) is how


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(0, 0, ""), (-9, 0, ""), (5, 40, ""), (1, 0, "backwards"), (-9, -1, "over"), (0, 731, "too-long"), (0, 730, "")],
)
def test_days_of_an_offer(first: int, last: int, code: str) -> None:
    assert dates_problem(DAY + timedelta(days=first), DAY + timedelta(days=last), DAY) == code


def test_an_entry_is_believed_for_half_a_year_and_a_mistake_undone_for_a_month() -> None:
    assert not is_stale(DAY - CONTACT_BELIEVED, DAY, CONTACT_BELIEVED)
    assert is_stale(DAY - CONTACT_BELIEVED - timedelta(days=1), DAY, CONTACT_BELIEVED)
    assert may_be_undone(DAY - timedelta(days=30), DAY) and not may_be_undone(DAY - timedelta(days=31), DAY)
