"""Counts by village and day, and the figures printed with their error.

A tally is a change: plus on a conclusion's first day, minus on the first day it no longer holds. «As at day D» is the
sum up to D, by all facts known now; so an expiry closes a count without anybody doing anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import sqrt
from typing import NamedTuple, Protocol

from lms.places.rules import Span, overlap

RULE_VERSION = "1"
Z95 = 1.959963984540054  # two-sided 95 %
Deltas = Counter[tuple[int, str, date]]  # (unit, kind, day) → change


class Conclusion(Protocol):
    """A household's dated conclusion that the counts do not hold yet: a new one, or one that they held and that no
    longer stands (`superseded_at`), which takes back exactly what it had added."""

    @property
    def unit_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def weight(self) -> int: ...
    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def superseded_at(self) -> datetime | None: ...


class Interval(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """«132/407 = 32,4%»: the two counts, and tenths of a percent rounded half up; None of nothing."""

    count: int
    of: int
    tenths: int | None


class Award(NamedTuple):
    """One of the skill awards behind a golden heart."""

    household_id: str
    skill: str
    witness_role: str
    ruleset_id: str


class EvidenceMix(NamedTuple):
    by_role: tuple[tuple[str, int], ...]  # most awards first
    total: int
    error_row: "ErrorRow"


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A row of the simulated errors of the whole rule (docs/decisions/0014): by how careful the witness is."""

    code: str
    rule: str
    truly_able: tuple[int, int, int]  # of 100 people recorded, so many are able: careful, lenient, rubber stamp
    half_able_recorded: tuple[str, str, str]  # of 100 who know half, so many are recorded all the same
    able_missed: int  # of 100 who know 85 %, so many are not recorded

    @property
    def sentence(self) -> str:
        careful, lenient, stamp = self.truly_able
        half = self.half_able_recorded
        return (
            f"Sai số ước tính (hàng {self.code}, {self.rule}; mô phỏng, chưa phải số đo): cứ 100 người được ghi"
            f" thành thạo thì khoảng {careful} người làm được thật nếu người chứng cẩn thận, {lenient} nếu dễ dãi,"
            f" {stamp} nếu ký cho qua; cứ 100 người mới biết một nửa thì {half[0]}, {half[1]} hoặc {half[2]} người"
            f" vẫn được ghi; cứ 100 người đã vững thì {self.able_missed} người chưa được ghi."
        )


R4 = ErrorRow("R4", "bài kiểm tra và lời người chứng", (98, 85, 68), ("1,3", "9", "24"), 8)
R5 = ErrorRow("R5", "ba chìa, có bài mô phỏng được máy chạy lại", (95, 91, 81), ("3,0", "5,5", "11"), 8)
WITHOUT_REPLAY = frozenset({"r2026.0"})


def deltas_of(rows: Iterable[Conclusion], spans: Mapping[int, Sequence[tuple[int, Span]]]) -> Deltas:
    """What the rows add to the village and to each unit above it, on the days they stand under it."""
    deltas: Deltas = Counter()
    for row in rows:
        sign = -row.weight if row.superseded_at else row.weight
        held = Span(row.from_on, row.until_on)
        for ancestor, span in spans.get(row.unit_id, ()):
            part = overlap(held, span)
            if part is None:
                continue
            deltas[ancestor, row.kind, part.start] += sign
            if part.until is not None:
                deltas[ancestor, row.kind, part.until] -= sign
    return deltas


def wilson(count: int, of: int, z: float = Z95) -> Interval | None:
    """The score interval of a share (Wilson 1927, JASA 22:209); None of nothing."""
    if of == 0:
        return None
    share = count / of
    centre = share + z * z / (2 * of)
    margin = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return Interval(max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale))


def corrected_share(observed: float, sensitivity: float, specificity: float) -> float | None:
    """The true share behind an imperfect test, from re-checks (Rogan & Gladen 1978); None where they tell nothing."""
    informative = sensitivity + specificity - 1
    if informative <= 0:
        return None
    return min(1.0, max(0.0, (observed + specificity - 1) / informative))


def share(count: int, of: int) -> Share:
    if of == 0:
        return Share(count, of, None)
    return Share(count, of, int(Fraction(1000 * count, of) + Fraction(1, 2)))


def error_row(ruleset_ids: Iterable[str]) -> ErrorRow:
    """R4 as soon as one award was granted without replay: a mixed figure is never printed with the better row."""
    return R4 if WITHOUT_REPLAY.intersection(ruleset_ids) else R5


def evidence_mix(awards: Iterable[Award]) -> EvidenceMix:
    """By whom the awards were witnessed; an award given twice (two complete members) is counted for each member."""
    awards = list(awards)
    roles = Counter(award.witness_role for award in awards)
    by_role = tuple(sorted(roles.items(), key=lambda one: (-one[1], one[0])))
    return EvidenceMix(by_role, len(awards), error_row(award.ruleset_id for award in awards))
