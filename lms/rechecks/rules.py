"""Which awards of a month are seen again by somebody else, and what the re-checks say about the rest.

Only awards are re-checked, so only the false share among awards can be learnt (docs/decisions/0037-rechecks.md).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

ONE_IN = 20
"""5 %."""
AT_LEAST = 3
"""Of each witness and month; all where there are fewer."""
DUE_AFTER = timedelta(days=60)
ENOUGH = 20
"""Re-checks done, below which nothing is said about the whole commune."""
Z = 1.96


@dataclass(frozen=True, slots=True)
class Award:
    id: str
    witness: int
    factor: int = 1
    """2 where further kin or a reader stands, 4 where both: decided when the observation was accepted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    award: Award
    out_of: int
    """Awards of the same witness and factor in the month: what this line stands for."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Awards of one draw, witness and factor, as far as they were seen again."""

    awards: int
    checked: int
    differing: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The false share among awards: a point and an interval, all between 0 and 1."""

    share: float
    low: float
    high: float

    def right(self, awards: int) -> tuple[int, int, int]:
        """Of so many awards, how many a second look would confirm: the point, at least, at most."""
        return (
            round(awards * (1 - self.share)),
            math.floor(awards * (1 - self.high)),
            math.ceil(awards * (1 - self.low)),
        )


def month_of(day: date) -> date:
    """The first day of the month before: a month is drawn from when it is over."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def draw(awards: Iterable[Award], seed: str) -> list[Drawn]:
    """The month's sample. The same awards and seed give the same sample, in whatever order they come."""
    strata: dict[int, dict[int, list[Award]]] = {}
    for award in awards:
        strata.setdefault(award.witness, {}).setdefault(award.factor, []).append(award)
    found = []
    for witness in sorted(strata):
        sizes = planned({factor: len(rows) for factor, rows in strata[witness].items()})
        for factor, size in sorted(sizes.items()):
            rows = sorted(strata[witness][factor], key=lambda award: _lot(seed, award))
            found += [Drawn(award, len(rows)) for award in rows[:size]]
    return found


def planned(awards: dict[int, int]) -> dict[int, int]:
    """Factor → how many of a witness's awards are drawn: 5 % times the factor, at least three of the witness in all."""
    sizes = {factor: min(count, math.ceil(count * factor / ONE_IN)) for factor, count in awards.items()}
    wanted = min(AT_LEAST, sum(awards.values()))
    while sum(sizes.values()) < wanted:
        most_left = max(sizes, key=lambda factor: (awards[factor] - sizes[factor], factor))
        sizes[most_left] += 1
    return sizes


def estimate(strata: Sequence[Stratum]) -> Estimate | None:
    """The false share among awards with its 95 % interval; None while there is too little to say.

    Each stratum weighs as many awards as it stands for; one in which nothing was checked yet is left out. The interval is
    Agresti and Coull's at the effective number of checks (Kish), so it does not shrink to nothing when none differs.
    """
    seen = [one for one in strata if one.checked]
    if sum(one.checked for one in seen) < ENOUGH:
        return None
    total = sum(one.awards for one in seen)
    share = sum(one.awards / total * one.differing / one.checked for one in seen)
    effective = 1 / sum((one.awards / total) ** 2 / one.checked for one in seen)
    middle = (share * effective + Z * Z / 2) / (effective + Z * Z)
    half = Z * math.sqrt(middle * (1 - middle) / (effective + Z * Z))
    return Estimate(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def _lot(seed: str, award: Award) -> str:
    return sha256(f"{seed}:{award.id}".encode()).hexdigest()
