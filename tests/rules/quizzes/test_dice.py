"""Dice that fall alike everywhere. The numbers below may never change: stored seeds must redraw stored forms."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.dice import Dice


def test_the_same_seed_falls_the_same_for_ever() -> None:
    dice = Dice("nam-canh")
    assert [dice.below(6) for _ in range(12)] == [0, 5, 1, 5, 2, 0, 2, 4, 0, 1, 5, 5]
    assert Dice("nam-canh", "order").shuffled("abcdef") == list("febdac")


def test_uses_of_one_seed_are_streams_apart() -> None:
    throws = {use: tuple(Dice("7", use).below(1000) for _ in range(4)) for use in ("", "choice", "order")}
    assert len(set(throws.values())) == 3
    assert Dice("7", "1").below(10**9) != Dice("71").below(10**9)


@given(st.text(max_size=20), st.integers(1, 50))
def test_a_throw_stays_on_the_dice(seed: str, sides: int) -> None:
    dice = Dice(seed)
    assert all(0 <= dice.below(sides) < sides for _ in range(20))


def test_every_side_falls_about_as_often() -> None:
    dice = Dice("fair")
    counts = Counter(dice.below(5) for _ in range(5000))
    assert all(880 <= counts[side] <= 1120 for side in range(5))


def test_no_side_is_favoured_by_the_remainder() -> None:
    """On dice with 3 × 2⁶² sides, cutting 2⁶⁴ throws without leaving any out would favour the first third two to one."""
    dice = Dice("large")
    low = sum(dice.below(3 << 62) < 1 << 62 for _ in range(1500))
    assert 430 <= low <= 570


def test_every_order_falls_about_as_often() -> None:
    counts = Counter("".join(Dice(str(seed)).shuffled("abc")) for seed in range(3000))
    assert len(counts) == 6 and all(420 <= count <= 580 for count in counts.values())


@given(st.text(max_size=20), st.lists(st.integers()))
def test_shuffling_loses_and_adds_nothing(seed: str, things: list[int]) -> None:
    assert sorted(Dice(seed).shuffled(things)) == sorted(things)


def test_dice_need_a_side() -> None:
    with pytest.raises(ValueError, match="side"):
        Dice("x").below(0)
