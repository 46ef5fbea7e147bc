"""Whether a question is harder for one group than for another of equal knowledge (Mantel & Haenszel 1959; Holland & Thayer
1988), and how far people came between placement and test."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from lms.quizzes.rules.statistics.basics import NOTHING, Z95, Interval, mean

ETS = -2.35
"""Turns a log odds ratio into the delta of item difficulty."""
SERIOUS_DELTA = 1.0
"""Below it a difference, however sure, is too small to matter (ETS class A)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Of people with one and the same total: right and wrong in the group looked at, right and wrong in the other."""

    right: int
    wrong: int
    other_right: int
    other_wrong: int

    @property
    def n(self) -> int:
        return self.right + self.wrong + self.other_right + self.other_wrong


@dataclass(frozen=True, slots=True)
class Difference:
    odds: float
    """Of a right answer in the group, against the other group at equal total; 1: no difference."""
    interval: Interval

    @property
    def delta(self) -> float:
        return abs(ETS * log(self.odds))

    @property
    def is_harder(self) -> bool:
        """For the group: surely, and by enough to matter."""
        return self.interval.high < 1 and self.delta >= SERIOUS_DELTA


def mantel_haenszel(tables: Iterable[Table]) -> Difference | None:
    """The common odds ratio with the interval of Robins, Breslow and Greenland; None where a side never varies."""
    for_group = against = both = cross = other = 0.0
    for one in tables:
        if not one.n:
            continue
        r, s = one.right * one.other_wrong / one.n, one.wrong * one.other_right / one.n
        p, q = (one.right + one.other_wrong) / one.n, (one.wrong + one.other_right) / one.n
        for_group, against = for_group + r, against + s
        both, cross, other = both + p * r, cross + p * s + q * r, other + q * s
    if for_group <= NOTHING or against <= NOTHING:
        return None
    odds = for_group / against
    spread = sqrt(both / (2 * for_group**2) + cross / (2 * for_group * against) + other / (2 * against**2))
    return Difference(odds, Interval(exp(log(odds) - Z95 * spread), exp(log(odds) + Z95 * spread)))


def chi_square(tables: Sequence[Table], corrected: bool = True) -> float | None:
    """Of no difference at all, one degree of freedom; with the correction for continuity unless said otherwise."""
    off = spread = 0.0
    for one in tables:
        if one.n < 2:
            continue
        group, right = one.right + one.wrong, one.right + one.other_right
        off += one.right - group * right / one.n
        spread += group * (one.n - group) * right * (one.n - right) / (one.n**2 * (one.n - 1))
    if spread <= NOTHING:
        return None
    return max(abs(off) - (0.5 if corrected else 0.0), 0.0) ** 2 / spread


def tables_of(people: Iterable[tuple[bool, bool, int]]) -> list[Table]:
    """(in the group, right, total) of each, laid out by total."""
    found: dict[int, list[int]] = {}
    for in_group, right, total in people:
        found.setdefault(total, [0, 0, 0, 0])[(0 if in_group else 2) + (0 if right else 1)] += 1
    return [Table(*counts) for _total, counts in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Gain:
    """The same people before they learned and after; the questions differ, the competency does not."""

    competency: str
    n: int
    before: float
    after: float


def gains(pairs: Sequence[tuple[Mapping[str, float], Mapping[str, float]]], least: int) -> list[Gain]:
    """By competency, of those who have both; nothing from fewer than `least` pairs."""
    met: dict[str, list[tuple[float, float]]] = {}
    for before, after in pairs:
        for competency in before.keys() & after.keys():
            met.setdefault(competency, []).append((before[competency], after[competency]))
    return [
        Gain(competency, len(own), mean([one for one, _ in own]), mean([other for _, other in own]))
        for competency, own in sorted(met.items())
        if len(own) >= least
    ]
