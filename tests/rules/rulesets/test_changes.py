"""What a new ruleset changes for somebody, and from which day it may be in force."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.rulesets.rules import Change, change_of, overlap_until, why_not_on
from lms.skills.rules.progress import Keys
from lms.skills.rules.standing import Standing
from lms.skills.rules.words import Status

TODAY = date(2026, 11, 20)
ALL = Keys("q", ("a", "b"), "w", 2)


def standing(keys: Keys = Keys(), status: Status = Status.LEARNING) -> Standing:  # noqa: B008 it is frozen
    return Standing("s3", status, (), None, None, None, keys, (), ())


FULL = standing(ALL, Status.PROFICIENT)
KNOWS = standing(Keys("q"))
CARDS = standing(Keys("q", ("a", "b"), None, 2))
ONE_CARD = standing(Keys("q", None, None, 1))
THREE = standing(ALL)


@pytest.mark.parametrize(
    ("before", "after", "alone", "expected"),
    [
        (KNOWS, FULL, FULL, Change.GAINS),
        (FULL, KNOWS, KNOWS, Change.LOSES),
        (FULL, FULL, KNOWS, None),
        (KNOWS, KNOWS, KNOWS, None),
        (CARDS, CARDS, KNOWS, Change.REDO),
        (ONE_CARD, ONE_CARD, KNOWS, Change.REDO),
        (KNOWS, CARDS, CARDS, Change.CLOSER),
        (KNOWS, ONE_CARD, ONE_CARD, Change.CLOSER),
        (KNOWS, THREE, THREE, Change.ONE_MORE),
        (THREE, THREE, THREE, Change.ONE_MORE),
    ],
)
def test_what_changes(before: Standing, after: Standing, alone: Standing, expected: Change | None) -> None:
    assert change_of(before, after, alone) is expected


some_keys = st.builds(
    lambda know, do, seen: Keys("q" if know else None, ("a", "b") if do == 2 else None, "w" if seen else None, do),
    st.booleans(), st.integers(0, 2), st.booleans(),
)  # fmt: skip


@given(some_keys)
def test_the_same_rules_change_nobody_who_lacks_a_key(keys: Keys) -> None:
    one = standing(keys)
    assert change_of(one, one, one) is (Change.ONE_MORE if keys.held == 3 else None)
    full = replace(one, status=Status.PROFICIENT)
    assert change_of(full, full, one) is None


def test_six_months_side_by_side() -> None:
    assert overlap_until(date(2026, 8, 31)) == date(2027, 2, 28)


@given(st.integers(-400, 800), st.one_of(st.none(), st.integers(-400, 400)))
def test_from_which_day(days: int, last: int | None) -> None:
    last_on = None if last is None else TODAY + timedelta(days=last)
    on_day = TODAY + timedelta(days=days)
    allowed = 0 <= days <= 366 and (last is None or days >= last)
    assert (why_not_on(on_day, TODAY, last_on) == "") == allowed
