"""One question: how easy, how well it tells those who know from those who do not, and what each option does."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from lms.quizzes.rules.statistics.basics import NOTHING, Interval, correlation, covariance, fisher, mean, median, wilson

TAIL = 0.27
"""The share of people in the upper and in the lower group (Kelley)."""
RAPID_SHARE, RAPID_FLOOR = 0.10, 2.0
"""Quicker than a tenth of the median, and never above two seconds' floor, is no reading (Wise)."""
UNUSED = 0.05
"""A wrong option chosen by fewer than this does nothing (Tarrant et al. 2009)."""


@dataclass(frozen=True, slots=True)
class Distractor:
    """An option, key or not, and who chose it."""

    option: str
    is_key: bool
    share: float
    with_rest: float | None
    """r of «chosen» with the rest score; a wrong option that draws those who know is above 0."""
    interval: Interval | None
    passers: float | None
    """Share of those who passed that chose it."""

    @property
    def is_broken(self) -> bool:
        return not self.is_key and (self.share < UNUSED or (self.with_rest or 0.0) > 0)


def facility(scores: Sequence[float], most: float = 1.0) -> float | None:
    """mean / max; a question worth nothing has none."""
    return None if most == 0 else mean(scores) / most


def facility_interval(scores: Sequence[float]) -> Interval:
    return wilson(mean(scores), len(scores))


def discrimination(scores: Sequence[float], rest: Sequence[float]) -> float | None:
    """Item–rest correlation: the question against everything else, not against itself."""
    return correlation(scores, rest)


def discrimination_interval(r: float, n: int) -> Interval | None:
    return fisher(r, n)


def efficiency(scores: Sequence[float], rest: Sequence[float]) -> float | None:
    """Covariance with the rest, of the most these scores could have (both sorted)."""
    most = covariance(sorted(scores), sorted(rest))
    return None if abs(most) <= NOTHING else covariance(scores, rest) / most


def effective_weights(columns: Sequence[Sequence[float]]) -> list[float | None]:
    """Each question's part in the spread of the totals; None where it goes against them."""
    totals = [sum(row) for row in zip(*columns, strict=True)]
    parts = [covariance(column, totals) for column in columns]
    whole = sum(sqrt(part) for part in parts if part > 0)
    return [sqrt(part) / whole if part >= 0 and whole > NOTHING else None for part in parts]


def b_index(scores: Sequence[float], passed: Sequence[bool]) -> float | None:
    """Facility among those who pass less facility among those who do not (Brown & Hudson 2002)."""
    above = [score for score, one in zip(scores, passed, strict=True) if one]
    below = [score for score, one in zip(scores, passed, strict=True) if not one]
    return mean(above) - mean(below) if above and below else None


def upper_lower(scores: Sequence[float], totals: Sequence[float], tail: float = TAIL) -> float | None:
    """p of the best group less p of the weakest. Those who stand equal at the edge count in part, so order cannot matter."""
    size = min(ceil(len(scores) * tail - NOTHING), len(scores) // 2)
    if size == 0:
        return None
    return _edge(scores, totals, size, 1) - _edge(scores, totals, size, -1)


def most_upper_lower(p: float, tail: float = TAIL) -> float:
    """The most D can be at this facility: p/.27, 1 or (1−p)/.27."""
    return min(1.0, p / tail, (1 - p) / tail)


def gain(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Pre–post index of the same people."""
    return mean(after) - mean(before) if before and after else None


def distractors(
    keys: Sequence[str],
    options: Sequence[str],
    chosen: Sequence[frozenset[str]],
    rest: Sequence[float],
    passed: Sequence[bool] | None = None,
) -> list[Distractor]:
    """Each option in the order given."""
    found = []
    for option in options:
        took = [float(option in one) for one in chosen]
        r = correlation(took, rest)
        of_passers = [one for one, ok in zip(took, passed or (), strict=False) if ok]
        found.append(
            Distractor(
                option,
                option in keys,
                mean(took),
                r,
                fisher(r, len(took)) if r is not None else None,
                mean(of_passers) if of_passers else None,
            )
        )
    return found


def rapid_below(seconds: Sequence[float]) -> float:
    """Answers quicker than this were not read: a tenth of the median, never under two seconds."""
    return max(RAPID_FLOOR, RAPID_SHARE * median(seconds))


def rapid_share(seconds: Sequence[float]) -> float:
    limit = rapid_below(seconds)
    return sum(one < limit for one in seconds) / len(seconds)


def _edge(scores: Sequence[float], totals: Sequence[float], size: int, side: int) -> float:
    ordered = sorted(totals, reverse=side > 0)
    limit = ordered[size - 1]
    inside = [s for s, t in zip(scores, totals, strict=True) if (t - limit) * side > 0]
    equal = [s for s, t in zip(scores, totals, strict=True) if t == limit]
    return (sum(inside) + mean(equal) * (size - len(inside))) / size
