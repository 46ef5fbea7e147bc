"""What chance may reach, against the published table T1 of assessment.md §3.4 and a count of every outcome."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.quizzes.rules.guessers import at_least, binomial_tail, p_right, passing_chance, right_counts

QUARTER = Fraction(1, 4)
HALF_KNOWER = {4: p_right(Fraction(1, 2), 4), 3: p_right(Fraction(1, 2), 3)}
J = {4: p_right(Fraction(17, 20), 4), 3: p_right(Fraction(17, 20), 3)}
M = p_right(Fraction(19, 20), 4)


def percent(chance: Fraction) -> float:
    return float(100 * chance)


def twice(chance: Fraction) -> Fraction:
    return 1 - (1 - chance) ** 2


def agrees(chance: Fraction, printed: str) -> bool:
    """Equal to the table's last printed place; it was rounded twice (29.46 → 29.5 → 30), hence a little more than a half."""
    places = len(printed.split(".")[1]) if "." in printed else 0
    return abs(percent(chance) - float(printed)) <= 0.55 * 10**-places


def test_the_chance_of_a_blind_guesser() -> None:
    assert f"{float(binomial_tail(15, 12, QUARTER)):.3e}" == "1.236e-05"
    assert round(1 / binomial_tail(15, 12, QUARTER), -3) == 81_000
    assert round(1 / binomial_tail(15, 12, Fraction(1, 3)), -2) == 3_500
    assert f"{float(binomial_tail(15, 12, Fraction(1, 2))):.6f}" == "0.017578"


def test_the_known_shares() -> None:
    assert round(float(HALF_KNOWER[4]), 2) == 0.61 and round(float(J[4]), 2) == 0.86 and round(float(M), 2) == 0.93


T1 = [
    # items, need, G once, G twice, H once, H twice, J fails once, J fails twice, M fails once, M fails twice, 3 options: G, H, J
    (8, 6, ".42", ".84", "34", "56", "8.6", ".7", "1.3", ".02", "2.0", "43", "6.8"),
    (8, 7, ".04", ".08", "12", "22", "31", "9.3", "9.4", ".9", ".26", "17", "27"),
    (10, 8, ".04", ".08", "18", "33", "15", "2.2", "2.4", ".06", ".34", "27", "12"),
    (10, 9, ".003", ".006", "5.3", "10", "41", "17", "14", "1.9", ".04", "8.8", "36"),
    (15, 11, ".01", ".02", "24", "42", "4.5", ".2", ".2", "0", ".18", "36", "3.2"),
    (15, 12, ".0012", ".0025", "10", "20", "14", "2.0", "1.4", ".02", ".03", "18", "11"),
    (15, 13, "0", "0", "3.2", "6.3", "34", "12", "7.2", ".5", ".003", "6.3", "29"),
    (20, 16, "0", "0", "6.1", "12", "13", "1.7", ".8", ".01", ".003", "12", "9.6"),
    (20, 17, "0", "0", "2.0", "3.9", "30", "8.7", "3.9", ".2", "0", "4.6", "24"),
]


@pytest.mark.parametrize("row", T1, ids=[f"{row[0]} need {row[1]}" for row in T1])
def test_table_t1(row: tuple[int, int, *tuple[str, ...]]) -> None:
    items, need, *cells = row
    g, h = binomial_tail(items, need, QUARTER), binomial_tail(items, need, HALF_KNOWER[4])
    j, m = 1 - binomial_tail(items, need, J[4]), 1 - binomial_tail(items, need, M)
    three = [binomial_tail(items, need, p) for p in (Fraction(1, 3), HALF_KNOWER[3])]
    computed = [g, twice(g), h, twice(h), j, j**2, m, m**2, *three, 1 - binomial_tail(items, need, J[3])]
    assert not [(cell, percent(one)) for cell, one in zip(cells, computed, strict=True) if not agrees(one, cell)]


CHANCES = st.lists(st.sampled_from([QUARTER, Fraction(1, 3), Fraction(1, 2), Fraction(1, 6)]), max_size=5)


@settings(max_examples=40)
@given(CHANCES, CHANCES, st.integers(0, 8), st.integers(0, 4))
def test_the_chance_of_passing_is_the_sum_over_every_outcome(
    critical: list[Fraction], others: list[Fraction], needed: int, critical_needed: int
) -> None:
    total = Fraction(0)
    for outcome in product((0, 1), repeat=len(critical) + len(others)):
        chance = Fraction(1)
        for hit, p in zip(outcome, [*critical, *others], strict=True):
            chance *= p if hit else 1 - p
        if sum(outcome) >= needed and sum(outcome[: len(critical)]) >= critical_needed:
            total += chance
    assert passing_chance(critical, others, needed, critical_needed) == total


@given(CHANCES)
def test_chances_add_up_to_certainty(chances: list[Fraction]) -> None:
    assert sum(right_counts(chances)) == 1


def test_unequal_chances_agree_with_the_binomial_when_equal() -> None:
    assert passing_chance([], [QUARTER] * 15, 12, 0) == binomial_tail(15, 12, QUARTER)


@pytest.mark.parametrize(("share", "of", "needed"), [("4/5", 15, 12), ("4/5", 14, 12), ("4/5", 13, 11), ("4/5", 12, 10),
    ("3/4", 4, 3), ("3/4", 3, 3), ("3/4", 2, 2), ("3/4", 0, 0), ("7/8", 7, 7), ("1", 5, 5)])  # fmt: skip
def test_shares_round_up(share: str, of: int, needed: int) -> None:
    assert at_least(Fraction(share), of) == needed
