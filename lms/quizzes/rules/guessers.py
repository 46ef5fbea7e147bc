"""What chance alone may reach: exact, in fractions, because a float cannot say whether 0.1 % was passed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb, perm

NOBODY_GUESSES = Fraction(1, 1000)
"""A form a blind guesser passes more often is refused at publication (assessment.md §5)."""

TYPED = Fraction(1, 20)
"""A typed word or number hit by chance: an assumption, high on purpose, since stems and habits help a guesser."""


def one_of(options: int) -> Fraction:
    """single, truefalse."""
    return Fraction(1, options)


def set_of(size: int, keys: int) -> Fraction:
    """multiple and hotspot where the count is told: 3 of 8 → 1/56."""
    return Fraction(1, comb(size, keys))


def any_set(size: int, fewest: int) -> Fraction:
    """multiple and hotspot where the count is hidden: any number of ticks from `fewest` up to all but one."""
    return Fraction(1, sum(comb(size, keys) for keys in range(fewest, size)))


def pairing(lefts: int, rights: int) -> Fraction:
    """matching: the guesser knows that each right-hand text belongs to one left at most."""
    return Fraction(1, perm(rights, lefts) if rights >= lefts else rights**lefts)


def line_up(entries: Sequence[str], before: Iterable[tuple[str, str]] = ()) -> Fraction:
    """ordering: the share of all orders that is right; with `before` pairs, all that keep every pair."""
    pairs = tuple(before)
    if not pairs:
        return Fraction(1, perm(len(entries)))
    after = {one: {first for first, later in pairs if later == one} for one in entries}
    ways = {frozenset[str](): 1}
    for _place in entries:
        longer: dict[frozenset[str], int] = {}
        for placed, count in ways.items():
            for one in entries:
                if one not in placed and after[one] <= placed:
                    longer[placed | {one}] = longer.get(placed | {one}, 0) + count
        ways = longer
    return Fraction(sum(ways.values()), perm(len(entries)))


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
