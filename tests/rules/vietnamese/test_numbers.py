"""Days, sums and numbers as people here write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.vietnamese import (
    format_date,
    format_money,
    format_number,
    format_percent,
    format_school_year,
    parse_date,
    parse_money,
    parse_number,
)


def test_days():
    assert parse_date("05/09/2026") == parse_date("5.9.2026") == parse_date(" 5-9-2026 ") == date(2026, 9, 5)
    assert format_date(date(2026, 9, 5)) == "05/09/2026"


@pytest.mark.parametrize("text", ["31/02/1979", "15/13/2013", "2026-09-05", "5/9/26", "5/9", "", "mồng 5", "0/1/2000"])
def test_what_is_no_day_is_refused(text):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_written_day_reads_back(day):
    assert parse_date(format_date(day)) == day


def test_numbers_and_sums():
    assert format_number(1234567.891, 2) == "1.234.567,89"
    assert format_number(-0.001, 1) == "0,0"
    assert format_percent(0.6985, 2) == "69,85%"
    assert format_money(120000) == "120.000đ"
    assert parse_money("120.000đ") == parse_money("120.000 đồng") == parse_money("120000") == 120000
    assert parse_money("12,5đ") is None and parse_money("mười đồng") is None
    assert parse_number("1.234,5") == Decimal("1234.5")
    assert parse_number("1,234.5") is None
    assert format_school_year(2026) == "2026–2027"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_written_sum_reads_back(dong):
    assert parse_money(format_money(dong)) == dong
