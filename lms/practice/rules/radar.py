"""The scam radar: scams caught and genuine things taken for scams, apart; «everything is a scam» is no skill.

Whoever cries scam always catches all, whoever trusts always alarms nobody; only telling the two apart counts. How well is
d′ of signal detection, z(hits) − z(false alarms), with the log-linear correction (half a case added to each count, so
that few cases give no infinity). Practice only: nobody passes or fails by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from lms.practice.rules.conditions import Scene, holds
from lms.practice.rules.reducer import State, beginning

FEWEST_SCAMS = 4
FEWEST_REAL = 2
"""Below these (one run of the inbox) nothing is said about a person."""
SHARP = 2.0
GUESSING = 0.7
LEANING = 0.7
"""How far the willingness to cry scam may lie from the middle before it is the thing to speak of."""
SIGNALS = ("scam", "says_scam", "says_real")
Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Radar:
    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    rightly_trusted: int = 0

    def __add__(self, other: "Radar") -> "Radar":
        return Radar(
            self.hits + other.hits,
            self.misses + other.misses,
            self.false_alarms + other.false_alarms,
            self.rightly_trusted + other.rightly_trusted,
        )

    @property
    def scams(self) -> int:
        return self.hits + self.misses

    @property
    def real(self) -> int:
        return self.false_alarms + self.rightly_trusted

    @property
    def hit_share(self) -> float:
        """Of the scams, how many were caught."""
        return self.hits / self.scams if self.scams else 0.0

    @property
    def alarm_share(self) -> float:
        """Of the genuine things, how many were taken for scams."""
        return self.false_alarms / self.real if self.real else 0.0

    @property
    def counts(self) -> list[int]:
        """As it is kept with a run."""
        return [self.hits, self.misses, self.false_alarms, self.rightly_trusted]

    @property
    def sensitivity(self) -> float:
        """d′: 0 is guessing, about 2 hardly ever mistakes one for the other; below 0 takes them the wrong way round."""
        return _z(self.hits, self.scams) - _z(self.false_alarms, self.real)

    @property
    def leaning(self) -> float:
        """Above 0 trusts too readily, below 0 suspects too readily (the criterion c)."""
        return -(_z(self.hits, self.scams) + _z(self.false_alarms, self.real)) / 2

    @property
    def reading(self) -> str:
        """Which sentence to say: too-few, sharp, suspecting, trusting, guessing or learning."""
        if self.scams < FEWEST_SCAMS or self.real < FEWEST_REAL:
            return "too-few"
        if self.sensitivity >= SHARP:
            return "sharp"
        if abs(self.leaning) >= LEANING:
            return "trusting" if self.leaning > 0 else "suspecting"
        return "guessing" if self.sensitivity < GUESSING else "learning"


def radar_of(spec: Spec, values: Mapping[str, Any], taken: Iterable[tuple[list[Any], State]]) -> Radar | None:
    """What a run shows, from every action with the state after it; None where the practice has no signals.

    `scam`, `says_scam` and `says_real` are judged on the state in which the action was taken.
    """
    if not has_radar(spec):
        return None
    signals = spec["signals"]
    seen, before = Radar(), beginning(spec)
    for action, after in taken:
        seen += _judged(signals, Scene(values, before, action))
        before = after
    return seen


def has_radar(spec: Spec) -> bool:
    return set(SIGNALS) <= set(spec["signals"])


def together(radars: Iterable[Radar]) -> Radar:
    """What several runs show; each message and each call counts once."""
    return sum(radars, Radar())


def _judged(signals: Mapping[str, Any], scene: Scene) -> Radar:
    says_scam, says_real = holds(signals["says_scam"], scene), holds(signals["says_real"], scene)
    if says_scam == says_real:
        return Radar()
    if holds(signals["scam"], scene):
        return Radar(hits=int(says_scam), misses=int(says_real))
    return Radar(false_alarms=int(says_scam), rightly_trusted=int(says_real))


def _z(count: int, of: int) -> float:
    return NormalDist().inv_cdf((count + 0.5) / (of + 1))
