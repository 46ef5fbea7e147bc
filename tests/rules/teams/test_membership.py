"""What a membership may be, when it may end, what passes on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.teams.rules import kind_problem, leaving_problem, passing_on

DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
UNITS = st.lists(st.integers(1, 30))


@pytest.mark.parametrize(
    ("kind", "organisation", "problem"),
    [
        ("cong-dong", "", ""),
        ("doan-vien", "", ""),
        ("doanh-nghiep", "", "no-organisation"),
        ("doanh-nghiep", "Doanh nghiệp mẫu", ""),
        ("khac", "", "kind"),
    ],
)
def test_where_a_member_comes_from(kind: str, organisation: str, problem: str) -> None:
    assert kind_problem(kind, organisation) == problem


@given(DAYS, DAYS, DAYS)
def test_one_leaves_between_the_first_day_and_today(began: date, on_day: date, today: date) -> None:
    assert (leaving_problem(began, on_day, today) == "") is (began <= on_day <= today)


@given(UNITS, UNITS)
def test_nothing_is_lost_and_nothing_doubled(held: list[int], already: list[int]) -> None:
    fresh = passing_on(held, already)
    assert set(fresh) | set(already) == set(held) | set(already)
    assert not set(fresh) & set(already) and len(fresh) == len(set(fresh))
