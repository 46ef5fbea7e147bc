"""Counts equal a recount, on any day and after any correction; printed figures carry the right error."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.places.rules import Span
from lms.reports.rules import (
    R4,
    R5,
    Award,
    Deltas,
    corrected_share,
    deltas_of,
    error_row,
    evidence_mix,
    share,
    wilson,
)

VILLAGE, COMMUNE, NEXT_COMMUNE = 1, 10, 20
ALWAYS = {VILLAGE: [(VILLAGE, Span(date.min))], 2: [(2, Span(date.min))]}


@dataclass(frozen=True)
class Row:
    """A household's conclusion as it is stored."""

    from_on: date
    until_on: date | None
    unit_id: int = VILLAGE
    kind: str = "strict"
    weight: int = 1
    superseded_at: datetime | None = None


def day(number: int) -> date:
    return date(2026, 9, 1) + timedelta(days=number)


def row(from_on: int, until_on: int | None, **more) -> Row:
    return Row(day(from_on), None if until_on is None else day(until_on), **more)


def gone(one: Row) -> Row:
    return replace(one, superseded_at=datetime(2026, 11, 22, tzinfo=UTC))


def as_at(deltas: Deltas, on: date) -> dict[tuple[int, str], int]:
    counts: Counter[tuple[int, str]] = Counter()
    for (unit, kind, changed), delta in deltas.items():
        counts[unit, kind] += delta if changed <= on else 0
    return {key: count for key, count in counts.items() if count}


def test_one_row_adds_on_its_first_day_and_takes_away_on_the_day_it_no_longer_holds() -> None:
    deltas = deltas_of([row(3, 10)], ALWAYS)
    assert deltas == {(VILLAGE, "strict", day(3)): 1, (VILLAGE, "strict", day(10)): -1}
    assert [as_at(deltas, day(n)).get((VILLAGE, "strict"), 0) for n in (2, 3, 9, 10)] == [0, 1, 1, 0]


def test_a_row_without_an_end_is_never_taken_away() -> None:
    assert deltas_of([row(3, None)], ALWAYS) == {(VILLAGE, "strict", day(3)): 1}


def test_a_superseded_row_takes_back_what_it_had_added() -> None:
    deltas = deltas_of([row(3, 10)], ALWAYS)
    deltas.update(deltas_of([gone(row(3, 10)), row(3, 21)], ALWAYS))
    assert as_at(deltas, day(15)) == as_at(deltas, day(5)) == {(VILLAGE, "strict"): 1}
    deltas.update(deltas_of([gone(row(3, 21))], ALWAYS))
    assert not any(deltas.values())


def test_a_row_of_several_awards_counts_by_its_weight() -> None:
    assert deltas_of([row(3, None, kind="award_teacher", weight=4)], ALWAYS) == {(VILLAGE, "award_teacher", day(3)): 4}


def test_a_unit_above_counts_a_row_only_while_the_village_stands_under_it() -> None:
    spans = {
        VILLAGE: [
            (VILLAGE, Span(date.min)),
            (COMMUNE, Span(date.min, day(5))),
            (NEXT_COMMUNE, Span(day(5))),
        ]
    }
    deltas = deltas_of([row(3, 10)], spans)
    shown = {on: as_at(deltas, day(on)) for on in (2, 4, 5, 9, 10)}
    assert shown[2] == shown[10] == {}
    assert shown[4] == {(VILLAGE, "strict"): 1, (COMMUNE, "strict"): 1}
    assert shown[5] == shown[9] == {(VILLAGE, "strict"): 1, (NEXT_COMMUNE, "strict"): 1}


ROWS = st.lists(
    st.builds(
        lambda village, kind, weight, start, length: row(
            start, None if length is None else start + length, unit_id=village, kind=kind, weight=weight
        ),
        st.sampled_from(sorted(ALWAYS)),
        st.sampled_from(["strict", "award_teacher"]),
        st.integers(1, 3),
        st.integers(0, 30),
        st.none() | st.integers(1, 30),
    ),
    max_size=20,
)


@settings(max_examples=100, deadline=None)
@given(ROWS, ROWS, st.data(), st.integers(0, 40), st.integers(-1, 62).map(day))
def test_the_sum_of_deltas_equals_a_recount(first: list[Row], second: list[Row], data, moved: int, on: date) -> None:
    """Whatever is folded first and taken back later, and wherever a village moves: the sum is what stands on the day."""
    spans = {
        village: [*own, (COMMUNE, Span(date.min, day(moved))), (NEXT_COMMUNE, Span(day(moved)))]
        for village, own in ALWAYS.items()
    }
    lost = {index for index in range(len(first)) if data.draw(st.booleans())}
    deltas = deltas_of(first, spans)
    deltas.update(deltas_of([gone(first[index]) for index in sorted(lost)] + second, spans))
    recount: Counter[tuple[int, str]] = Counter()
    for one in [one for index, one in enumerate(first) if index not in lost] + second:
        if on in Span(one.from_on, one.until_on):
            above = COMMUNE if on < day(moved) else NEXT_COMMUNE
            recount.update({(one.unit_id, one.kind): one.weight})
            recount.update({(above, one.kind): one.weight})
    assert as_at(deltas, on) == recount


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
