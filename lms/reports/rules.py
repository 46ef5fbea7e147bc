"""Counts by village and day, and the figures printed with their error.

A tally row is a change: +1 on a spell's first day, −1 on the day after its last. «As at day D» is the sum up to D, by
all facts known now; so an expiry closes a count without anybody doing anything.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

RULE_VERSION = "1"
Z95 = 1.959963984540054  # two-sided 95 %


class SpellChange(NamedTuple):
    """A household spell the counts must take in: a new row, or a counted row since superseded."""

    village_id: str
    kind: str
    from_on: date
    until_on: date
    superseded: bool = False
    counted: bool = False  # an earlier tally has added it


class Tally(NamedTuple):
    village_id: str
    day: date
    kind: str
    delta: int


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


def tally(changes: Iterable[SpellChange]) -> list[Tally]:
    """What to add to the counts. A superseded spell takes back exactly what it had added; if never counted, nothing."""
    deltas: Counter[tuple[str, date, str]] = Counter()
    for change in changes:
        sign = _sign(change)
        deltas[change.village_id, change.from_on, change.kind] += sign
        deltas[change.village_id, change.until_on + timedelta(days=1), change.kind] -= sign
    return [Tally(*key, delta) for key, delta in sorted(deltas.items()) if delta]


def as_at(tallies: Iterable[Tally], day: date) -> dict[tuple[str, str], int]:
    """Households by (village, kind) on a day; zero counts are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in tallies:
        if row.day <= day:
            counts[row.village_id, row.kind] += row.delta
    return {key: count for key, count in counts.items() if count}


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


def _sign(change: SpellChange) -> int:
    if change.superseded:
        return -1 if change.counted else 0
    return 0 if change.counted else 1
