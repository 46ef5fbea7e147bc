"""A whole test: reliability, error, and how surely the same people would be decided the same way again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt

from lms.quizzes.rules.statistics.basics import NOTHING, deviation, mean, variance


@dataclass(frozen=True, slots=True)
class Consistency:
    p0: float
    """Share of people who would get the same decision from a second form like this one."""
    kappa: float | None
    """The same beyond chance; None where everybody is decided alike."""


def kr20(rows: Sequence[Sequence[int]]) -> float | None:
    """Rows of 0 and 1. Σpq goes with the variance by n; with n−1 it is another figure, and wrong."""
    k, spread = len(rows[0]), variance([sum(row) for row in rows], 0)
    if k < 2 or spread <= NOTHING:
        return None
    shares = [mean(column) for column in zip(*rows, strict=True)]
    return k / (k - 1) * (1 - sum(p * (1 - p) for p in shares) / spread)


def kr20_of_forms(forms: Sequence[Mapping[str, int]]) -> float | None:
    """The same where everybody had a form of their own: Σpq is that of the forms asked, on average.

    A question's p is taken over everybody who met it. Where all had one form this is `kr20`.
    """
    if not forms or len(forms[0]) < 2:
        return None
    met: dict[str, list[int]] = {}
    for form in forms:
        for item, score in form.items():
            met.setdefault(item, []).append(score)
    spread_of = {item: variance(scores, 0) for item, scores in met.items()}
    spread = variance([sum(form.values()) for form in forms], 0)
    if spread <= NOTHING:
        return None
    asked = mean([sum(spread_of[item] for item in form) for form in forms])
    k = mean([len(form) for form in forms])
    return k / (k - 1) * (1 - asked / spread)


def kr21(totals: Sequence[float], items: int) -> float | None:
    """As though all questions were equally hard."""
    spread, middle = variance(totals, 0), mean(totals)
    if items < 2 or spread <= NOTHING:
        return None
    return items / (items - 1) * (1 - middle * (items - middle) / (items * spread))


def alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's α (Moodle's coefficient of internal consistency). It may well be below 0: random answers are."""
    k, spread = len(rows[0]), variance([sum(row) for row in rows])
    if k < 2 or spread <= NOTHING:
        return None
    return k / (k - 1) * (1 - sum(variance(column) for column in zip(*rows, strict=True)) / spread)


def alpha_of_covariances(matrix: Sequence[Sequence[float]]) -> float | None:
    k, whole = len(matrix), sum(map(sum, matrix))
    if k < 2 or whole <= NOTHING:
        return None
    return k / (k - 1) * (1 - sum(matrix[i][i] for i in range(k)) / whole)


def standardised_alpha(matrix: Sequence[Sequence[float]]) -> float | None:
    """α of the correlations: every question with the same spread."""
    roots = [sqrt(matrix[i][i]) for i in range(len(matrix))]
    if min(roots) <= NOTHING:
        return None
    return alpha_of_covariances([[cell / (a * b) for cell, b in zip(row, roots, strict=True)]
                                 for row, a in zip(matrix, roots, strict=True)])  # fmt: skip


def corrected_item_total(matrix: Sequence[Sequence[float]], item: int) -> float | None:
    """r of one question with the sum of the others, from covariances alone."""
    others = [i for i in range(len(matrix)) if i != item]
    rest = sum(matrix[i][j] for i in others for j in others)
    spread = matrix[item][item] * rest
    return None if spread <= NOTHING else sum(matrix[item][i] for i in others) / sqrt(spread)


def error_ratio(reliability: float) -> float:
    """√(1−α): the part of the spread that is error."""
    return sqrt(max(0.0, 1 - reliability))


def standard_error(totals: Sequence[float], reliability: float) -> float:
    """SEM = s√(1−α), in marks."""
    return deviation(totals) * error_ratio(reliability)


def at_least(need: int, n: int, p: float) -> float:
    """P(X ≥ need) of n questions each right with chance p."""
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(need, n + 1))


def consistency(totals: Sequence[int], items: int, need: int, reliability: float) -> Consistency:
    """Subkoviak's p₀ and κ: each person's share is drawn to the mean as far as the test is unsure, then sits twice.

    A reliability outside 0–1 is taken at the edge: it is a weight here.
    """
    weight = min(1.0, max(0.0, reliability))
    middle = mean(totals) / items
    passing = [at_least(need, items, weight * total / items + (1 - weight) * middle) for total in totals]
    p0 = mean([p * p + (1 - p) * (1 - p) for p in passing])
    overall = mean(passing)
    chance = overall * overall + (1 - overall) * (1 - overall)
    return Consistency(p0, (p0 - chance) / (1 - chance) if chance < 1 - NOTHING else None)
