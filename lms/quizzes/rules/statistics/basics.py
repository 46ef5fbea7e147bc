"""Means, spreads, correlations and their intervals. Nothing here knows what a question is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

Z95 = 1.959963984540054
"""The normal quantile of a two-sided interval of 95 %."""
NOTHING = 1e-12
"""A spread below this is rounding, not spread."""


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def variance(values: Sequence[float], ddof: int = 1) -> float:
    """Of a sample (n−1) unless told otherwise; fewer values than it takes have no spread."""
    if len(values) <= ddof:
        return 0.0
    middle = mean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - ddof)


def deviation(values: Sequence[float]) -> float:
    return sqrt(variance(values))


def covariance(first: Sequence[float], second: Sequence[float]) -> float:
    if len(first) < 2:
        return 0.0
    a, b = mean(first), mean(second)
    return sum((x - a) * (y - b) for x, y in zip(first, second, strict=True)) / (len(first) - 1)


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's r; None where one of the two does not vary."""
    spread = variance(first) * variance(second)
    return None if spread <= NOTHING else covariance(first, second) / sqrt(spread)


def median(values: Sequence[float]) -> float:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def skewness(values: Sequence[float]) -> float | None:
    """From k-statistics: k3 / k2^1.5."""
    n, k2 = len(values), variance(values)
    if n < 3 or k2 <= NOTHING:
        return None
    return float(n * n / ((n - 1) * (n - 2)) * _moment(values, 3) / k2**1.5)


def kurtosis(values: Sequence[float]) -> float | None:
    """From k-statistics: k4 / k2²; a normal spread gives 0."""
    n, k2 = len(values), variance(values)
    if n < 4 or k2 <= NOTHING:
        return None
    m2, m4 = _moment(values, 2), _moment(values, 4)
    k4 = n * n / ((n - 1) * (n - 2) * (n - 3)) * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)
    return k4 / k2**2


def wilson(share: float, n: int) -> Interval:
    """The 95 % interval of a share; it stays within 0 and 1 where the usual one does not."""
    z2 = Z95 * Z95 / n
    middle = (share + z2 / 2) / (1 + z2)
    half = Z95 / (1 + z2) * sqrt(max(0.0, share * (1 - share) / n + z2 / (4 * n)))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def fisher(r: float, n: int) -> Interval | None:
    """The 95 % interval of a correlation; with three people or fewer there is none."""
    if n <= 3:
        return None
    if abs(r) >= 1 - NOTHING:
        return Interval(r, r)
    half = Z95 / sqrt(n - 3)
    return Interval(tanh(atanh(r) - half), tanh(atanh(r) + half))


def _moment(values: Sequence[float], power: int) -> float:
    middle = mean(values)
    return sum((value - middle) ** power for value in values) / len(values)
