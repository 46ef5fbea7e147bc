"""What a drive reached: how many households were open at its start, opened since, and no longer are. Pure.

«Open» is strict: one and the same member of the household is proficient in all five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

LONGEST = timedelta(days=366)
WRITTEN_LATE = timedelta(days=7)
"""A drive is written down before it begins, or within a week: nobody picks the starting figure afterwards."""


class Spell(NamedTuple):
    """A household was open from a day up to, and excluding, another; withdrawn when it was concluded and taken back."""

    household: int
    from_on: date
    until_on: date | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """`now` is always `start + opened - lapsed - withdrawn`: what was lost is said beside what was won."""

    households: int = 0
    start: int = 0
    """Open on the eve of the first day, as known today."""
    now: int = 0
    opened: int = 0
    """Counted as open at some time of the drive and not at its start, even if it did not last."""
    lapsed: int = 0
    """No longer open: a skill ran out, or who held it left."""
    withdrawn: int = 0
    """Was counted, and was taken back."""

    @property
    def gone(self) -> int:
        return self.lapsed + self.withdrawn

    @property
    def gained(self) -> int:
        """What is compared with the target: below nothing when more was lost than won."""
        return self.now - self.start

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.households + other.households, self.start + other.start, self.now + other.now,
            self.opened + other.opened, self.lapsed + other.lapsed, self.withdrawn + other.withdrawn,
        )  # fmt: skip


def by_village(homes: Mapping[int, int], spells: Iterable[Spell], first_day: date, day: date) -> dict[int, Progress]:
    """Village → what was reached on a day; `homes`: household → village."""
    eve = first_day - timedelta(days=1)
    start, now, stood, taken_back = set[int](), set[int](), set[int](), set[int]()
    for one in spells:
        if one.household not in homes:
            continue
        if one.is_withdrawn:
            if first_day <= one.from_on <= day:
                taken_back.add(one.household)
            continue
        if _holds(one, eve):
            start.add(one.household)
        if _holds(one, day):
            now.add(one.household)
        if one.from_on <= day and (one.until_on is None or one.until_on > eve):
            stood.add(one.household)
    ever = stood | taken_back
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for name, some in (
        ("households", homes), ("start", start), ("now", now), ("opened", ever - start),
        ("lapsed", stood - now), ("withdrawn", ever - stood),
    ):  # fmt: skip
        counted[name].update(homes[household] for household in some)
    return {
        village: Progress(**{name: counts[village] for name, counts in counted.items()})
        for village in sorted(set(homes.values()))
    }


def problem(first_day: date, last_day: date, today: date, target: int, to_open: int) -> str:
    """Why a drive is not written down so, as a code; empty when it may be. `to_open`: households not open today."""
    if last_day < first_day:
        return "backwards"
    if last_day < today:
        return "over"
    if first_day < today - WRITTEN_LATE:
        return "too-late"
    if last_day - first_day >= LONGEST:
        return "too-long"
    return "" if 1 <= target <= to_open else "target"


def _holds(one: Spell, day: date) -> bool:
    return one.from_on <= day and (one.until_on is None or one.until_on > day)
