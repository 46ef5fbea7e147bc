"""Counts equal a recount, on any day and after any correction; printed figures carry the right error."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.reports.rules import (
    R4,
    R5,
    Award,
    SpellChange,
    Tally,
    as_at,
    corrected_share,
    error_row,
    evidence_mix,
    share,
    tally,
    wilson,
)


def day(number: int) -> date:
    return date(2026, 9, 1) + timedelta(days=number)


def spell(from_on: int, until_on: int, village: str = "v1", kind: str = "strict", **more: bool) -> SpellChange:
    return SpellChange(village, kind, day(from_on), day(until_on), **more)


def test_one_spell_adds_on_its_first_day_and_takes_away_after_its_last() -> None:
    rows = tally([spell(3, 9)])
    assert rows == [Tally("v1", day(3), "strict", 1), Tally("v1", day(10), "strict", -1)]
    counts = [as_at(rows, day(n)).get(("v1", "strict"), 0) for n in (2, 3, 9, 10)]
    assert counts == [0, 1, 1, 0]


def test_a_superseded_spell_takes_back_what_it_had_added() -> None:
    first = tally([spell(3, 9)])
    second = tally([spell(3, 9, superseded=True, counted=True), spell(3, 20)])
    assert as_at(first + second, day(15)) == {("v1", "strict"): 1}
    assert as_at(first + second, day(5)) == {("v1", "strict"): 1}
    assert tally([spell(3, 9, superseded=True)]) == []  # never counted, nothing to take back
    assert tally([spell(3, 9, counted=True)]) == []  # counted already


def test_one_that_ends_as_another_begins_leaves_no_row_of_zero() -> None:
    assert [row.delta for row in tally([spell(0, 4), spell(5, 9)])] == [1, -1]


SPELLS = st.lists(
    st.builds(
        lambda village, kind, start, length: spell(start, start + length, village, kind),
        st.sampled_from(["v1", "v2"]),
        st.sampled_from(["strict", "union"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=20,
)


@settings(max_examples=100, deadline=None)
@given(SPELLS, SPELLS, st.data(), st.integers(-1, 62).map(day))
def test_the_sum_of_tallies_equals_a_recount(
    first: list[SpellChange], second: list[SpellChange], data, on: date
) -> None:
    gone = {index for index in range(len(first)) if data.draw(st.booleans())}
    rows = tally(first)
    rows += tally(
        [one._replace(counted=True, superseded=True) for index, one in enumerate(first) if index in gone]
        + [one._replace(counted=True) for index, one in enumerate(first) if index not in gone]
        + second
    )
    standing = [one for index, one in enumerate(first) if index not in gone] + second
    recount = Counter((one.village_id, one.kind) for one in standing if one.from_on <= on <= one.until_on)
    assert as_at(rows, on) == recount


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(count: int, of: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 3."""
    interval = wilson(count, of)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_nothing_of_nothing_has_no_share() -> None:
    assert wilson(0, 0) is None
    assert share(0, 0).tenths is None


@pytest.mark.parametrize(("count", "of", "tenths"), [(1, 3, 333), (2, 3, 667), (1, 8, 125), (1, 16, 63), (5, 5, 1000)])
def test_shares_are_tenths_of_a_percent_rounded_half_up(count: int, of: int, tenths: int) -> None:
    assert share(count, of).tenths == tenths


def test_a_rate_corrected_by_rechecks() -> None:
    assert corrected_share(0.5, 0.9, 0.8) == pytest.approx(3 / 7)
    assert corrected_share(0.1, 0.9, 0.8) == 0
    assert corrected_share(0.5, 0.5, 0.5) is None


def test_figures_of_the_launch_ruleset_never_print_the_better_row() -> None:
    assert error_row(["r2026.0"]) is R4
    assert error_row(["r2026.1"]) is R5
    assert error_row(["r2026.1", "r2026.0"]) is R4
    assert "98 người làm được thật" in R4.sentence
    assert "85 nếu dễ dãi, 68 nếu ký cho qua" in R4.sentence
    assert "95 người làm được thật" in R5.sentence


def test_evidence_mix_counts_awards_by_who_saw_them() -> None:
    roles = ["teacher", "teacher", "team_member", "teacher", "commune_officer"]
    awards = [Award("h1", f"s{n}", role, "r2026.0") for n, role in enumerate(roles, 1)]
    mix = evidence_mix(awards)
    assert mix.by_role == (("teacher", 3), ("commune_officer", 1), ("team_member", 1))
    assert (mix.total, mix.error_row) == (5, R4)
