"""What looks odd: exact chances, who is a neighbour, and the counts below which nothing is said."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exams.rules.suspicion import (
    EVEN_CHANCE,
    FALSE_ALARM,
    FEWEST_CHOSEN,
    FEWEST_COMMON_WRONG,
    FEWEST_TIMED,
    Sheet,
    alike_by_chance,
    at_least,
    neighbours,
    speed,
    twins,
)

KEYS = [(f"q{n:02}", "v1") for n in range(15)]
THIRD = dict.fromkeys(KEYS, 1 / 3)
A, B = frozenset("a"), frozenset("b")


def sheet(person: int, wrong: int, place: int | None = None, chosen: frozenset[str] = A) -> Sheet:
    return Sheet(person, place, dict.fromkeys(KEYS[:wrong], chosen))


def test_eighteen_of_twenty_by_the_binomial() -> None:
    """N = 20 errors in common, k = 18 the same, P = 1/3: the sum of three terms, 18 to 20."""
    by_hand = sum(comb(20, k) * (1 / 3) ** k * (2 / 3) ** (20 - k) for k in (18, 19, 20))
    assert at_least([1 / 3] * 20, 18) == pytest.approx(by_hand, rel=1e-12) == pytest.approx(2.299e-7, rel=1e-3)


@given(st.lists(st.floats(0, 1), max_size=12), st.integers(0, 13))
def test_a_chance_is_a_chance_and_falls_with_k(chances: list[float], k: int) -> None:
    assert at_least(chances, 0) == pytest.approx(1.0)
    assert 0 <= at_least(chances, k + 1) <= at_least(chances, k) + 1e-12
    assert at_least(chances, len(chances) + 1) == 0


@given(st.permutations([0.1, 0.3, 0.5, 0.9]), st.integers(0, 4))
def test_the_order_of_questions_does_not_matter(chances: list[float], k: int) -> None:
    assert at_least(chances, k) == pytest.approx(at_least(sorted(chances), k))


def test_neighbours_by_seats_else_everybody() -> None:
    seated = [sheet(1, 1, 7), sheet(2, 1, 8), sheet(3, 1, 10), sheet(4, 1)]
    assert [(one.person, other.person) for one, other in neighbours(seated)] == [(1, 2)]
    assert len(neighbours([sheet(n, 1) for n in range(5)])) == 10


def test_equal_wrong_answers_of_neighbours_are_shown() -> None:
    found = twins([sheet(1, 10, 1), sheet(2, 10, 2), sheet(3, 10, 9)], THIRD)
    assert [(one.one, one.other, one.common, one.same, one.pairs) for one in found] == [(1, 2, 10, 10, 1)]
    assert found[0].name == "twins:1:2"


def test_other_wrong_answers_are_not() -> None:
    assert not twins([sheet(1, 10, 1), sheet(2, 10, 2, B)], THIRD)


def test_who_sits_apart_is_not_compared() -> None:
    assert not twins([sheet(1, 10, 1), sheet(2, 10, 3)], THIRD)


@pytest.mark.parametrize("common", range(FEWEST_COMMON_WRONG))
def test_below_six_in_common_nothing_is_said(common: int) -> None:
    certain = dict.fromkeys(KEYS, 1e-9)
    assert not twins([sheet(1, common, 1), sheet(2, common, 2)], certain)


def test_the_bar_is_shared_among_all_pairs() -> None:
    """Nine alike of nine by thirds: 5·10⁻⁵; enough for one pair, not for the 780 of forty people without seats."""
    assert twins([sheet(1, 9, 1), sheet(2, 9, 2)], THIRD)
    room = [sheet(1, 9), sheet(2, 9), *(sheet(n, 0) for n in range(3, 41))]
    assert not twins(room, THIRD)
    assert FALSE_ALARM / 780 < (1 / 3) ** 9


def test_questions_nobody_knows_count_for_little() -> None:
    assert not twins([sheet(1, 6, 1), sheet(2, 6, 2)], {}), "an even chance each: 1 in 64"


def test_shares_are_believed_from_twenty_wrong_answers() -> None:
    assert alike_by_chance([A, B] * 9, 3) == EVEN_CHANCE
    popular = [A] * 18 + [B] * 2
    assert len(popular) == FEWEST_CHOSEN
    assert alike_by_chance(popular, 3) == pytest.approx((18 * 17 + 2) / (20 * 19))
    spread = [frozenset(letter) for letter in "abc" for _n in range(10)]
    assert alike_by_chance(spread, 3) == pytest.approx(1 / 3), "never under an even spread"


def test_of_true_and_false_one_wrong_answer_says_nothing() -> None:
    assert alike_by_chance([], 1) == alike_by_chance([A] * 30, 1) == 1


def timed(*seconds: float) -> Sheet:
    return Sheet(7, None, {}, dict(zip(KEYS, seconds, strict=False)))


def test_faster_than_one_can_read() -> None:
    found = speed(timed(*[1.0] * 3, *[20.0] * 12), {})
    assert found and (found.timed, found.rapid, found.fastest, found.name) == (15, 3, 1.0, "speed:7")


@pytest.mark.parametrize("seconds", [[20.0] * 15, [1.0, *[20.0] * 14], [2.0] * 15, [1.0] * (FEWEST_TIMED - 1)], ids=str)
def test_what_is_not_shown(seconds: list[float]) -> None:
    assert speed(timed(*seconds), {}) is None


def test_a_tenth_of_the_median_once_enough_people_were_timed() -> None:
    slow = dict.fromkeys(KEYS, [60.0] * 30)
    few = dict.fromkeys(KEYS, [60.0] * 29)
    assert speed(timed(*[5.0] * 15), slow) and not speed(timed(*[5.0] * 15), few)


def test_paper_has_no_times() -> None:
    assert speed(Sheet(7), {}) is None
