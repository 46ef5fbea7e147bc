"""When a visit that was watched is good enough, and what cannot be signed."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.rules import PARTS
from lms.roads.rules.readiness import Part
from lms.roads.rules.watching import LIMITS, LINES, NEEDED, Watched, passes, problem

DAY = date(2026, 11, 23)
GOOD = dict.fromkeys(LINES, True)


def without(*lines: str) -> Watched:
    return Watched({line: line not in lines for line in LINES}, not_kin=True)


def test_one_line_may_be_missing_but_none_of_the_needed() -> None:
    assert passes(without())
    for line in LINES:
        assert passes(without(line)) == (line not in NEEDED)
    for two in combinations(sorted(LINES), 2):
        assert not passes(without(*two))


@given(st.sets(st.sampled_from(sorted(LINES))), st.sets(st.sampled_from(sorted(LIMITS)), min_size=1))
def test_an_overstepped_limit_is_never_made_good(missing, failed) -> None:
    assert not passes(Watched({line: line not in missing for line in LINES}, frozenset(failed), True))


@given(st.dictionaries(st.sampled_from(sorted(LINES)), st.booleans()))
def test_what_was_not_answered_counts_as_not_seen(lines) -> None:
    assert passes(Watched(lines)) == passes(Watched({line: lines.get(line, False) for line in LINES}))


@pytest.mark.parametrize(
    ("watched", "days", "code"),
    [
        (Watched(GOOD, not_kin=True), 0, ""),
        (Watched(GOOD, not_kin=True), 14, ""),
        (Watched(GOOD, not_kin=True), 15, "too-old"),
        (Watched(GOOD, not_kin=True), -1, "too-old"),
        (Watched({"asked": True}, not_kin=True), 0, "lines"),
        (Watched(GOOD, frozenset({"other"}), True), 0, "limits"),
        (Watched(GOOD), 0, "not-declared"),
        (Watched(GOOD, not_kin=True, note="a" * 301), 0, "long"),
        (Watched(GOOD, not_kin=True, note="Gọi 0912 345 678"), 0, "numbers"),
    ],
)
def test_what_cannot_be_signed(watched: Watched, days: int, code: str) -> None:
    assert problem(watched, DAY - timedelta(days=days), DAY) == code


def test_the_parts_are_those_a_members_certificate_asks_for() -> None:
    assert {str(part) for part in Part} - {"skills", "certificate"} == set(PARTS)
