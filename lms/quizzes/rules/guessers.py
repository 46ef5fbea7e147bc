"""What chance alone may reach: exact, in fractions, because a float cannot say whether 0.1 % was passed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb

NOBODY_GUESSES = Fraction(1, 1000)
"""A form a blind guesser passes more often is refused at publication (assessment.md §5)."""


def at_least(share: Fraction, of: int) -> int:
    """⌈share × of⌉ in whole numbers."""
    return -(-share.numerator * of // share.denominator)


def p_right(known: Fraction, options: int, slip: Fraction = Fraction(3, 100)) -> Fraction:
    """The chance of a right answer of somebody who knows a share of the field and guesses the rest (§3.4)."""
    return known * (1 - slip) + (1 - known) / options


def binomial_tail(items: int, needed: int, p: Fraction) -> Fraction:
    """P(X ≥ needed) of `items` answers, each right with chance p."""
    return sum((comb(items, k) * p**k * (1 - p) ** (items - k) for k in range(needed, items + 1)), Fraction(0))


def right_counts(chances: Iterable[Fraction]) -> list[Fraction]:
    """P(exactly k right) for k = 0, 1, …, each answer with its own chance."""
    counts = [Fraction(1)]
    for p in chances:
        missed = [*(share * (1 - p) for share in counts), Fraction(0)]
        hit = [Fraction(0), *(share * p for share in counts)]
        counts = [a + b for a, b in zip(missed, hit, strict=True)]
    return counts


def passing_chance(
    critical: Sequence[Fraction], others: Sequence[Fraction], needed: int, critical_needed: int
) -> Fraction:
    """P(right ≥ needed and critical right ≥ critical_needed), each answer with its own chance."""
    of_critical, of_others = right_counts(critical), right_counts(others)
    reached = [sum(of_others[max(0, needed - k) :], Fraction(0)) for k in range(len(of_critical))]
    return sum((of_critical[k] * reached[k] for k in range(critical_needed, len(of_critical))), Fraction(0))
