"""Births as they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.imports.births import read_birth
from lms.imports.sheets import Cell
from lms.vietnamese import format_date
from tests.rules.imports.listing import TODAY, cell


def born(value):
    return read_birth(cell(value), TODAY)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        ("05/09/1965", "1965-09-05"), ("5.9.1965", "1965-09-05"), ("5-9-1965", "1965-09-05"), ("05 / 09 / 1965", "1965-09-05"),
        ("1965-09-05", "1965-09-05"), ("1965-09-05 00:00:00", "1965-09-05"), ("05/09/1965 00:00", "1965-09-05"),
        ("ngày 5 tháng 9 năm 1965", "1965-09-05"), ("1965", "1965"), (1965, "1965"), ("năm 1965", "1965"), ("00/00/1965", "1965"),
        ("__/__/1965", "1965"), ("9/1965", "1965"), ("tháng 9/1965", "1965"), ("~1965", "1965"), ("1965 (?)", "1965"),
        (30286, "1982-12-01"), ("30286", "1982-12-01"), (date(1965, 9, 5), "1965-09-05"), (date(2026, 11, 22), "2026-11-22"),
    ],
)  # fmt: skip
def test_births_that_can_be_used(value, exact):
    assert (born(value).exact, born(value).code) == (exact, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("31/02/1979", "birth-no-such-day"), ("15/13/2013", "birth-no-such-day"), ("1892", "birth-year"), ("2027", "birth-year"),
        ("23/11/2026", "birth-year"), ("05/09/65", "birth-short-year"), ("mùa xuân", "birth-unreadable"), ("196", "birth-unreadable"),
        ("19655", ""), (3, "birth-unreadable"), ("=TODAY()", "formula"), (Cell("#VALUE!", "error"), "birth-unreadable"),
    ],
)  # fmt: skip
def test_births_that_cannot(value, code):
    assert born(value).code == code
    assert bool(born(value).mend) is bool(code)


def test_a_year_typed_into_a_cell_of_days():
    assert born(Cell("18/05/1905", "date", day=date(1905, 5, 18), number=1965.0)).exact == "1965"


def test_american_order_is_asked_about_not_assumed():
    assert "Có phải 25/04/2013?" in born("04/25/2013").mend


def test_nothing_is_an_empty_birth():
    assert (born("").year, born("").code) == (None, "")


@given(st.dates(min_value=date(1920, 1, 1), max_value=TODAY))
def test_every_real_day_reads_back(day):
    assert born(format_date(day)).exact == born(day).exact == day.isoformat()


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text):
    birth = born(text)
    assert birth.code or birth.year is None or 1911 <= birth.year <= 2026
