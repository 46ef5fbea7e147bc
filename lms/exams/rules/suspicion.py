"""What looks odd enough for a person to look at. Nothing follows from it by itself: it is a reason to ask, never a proof.

*Equal wrong answers of neighbours* is error-similarity analysis (Bellezza & Bellezza 1989, Teaching of Psychology 16(3),
151–155): of the questions both got wrong, how many they got wrong alike, against the chance of so many or more. Each
question has its own chance, from what people chose wrongly; where too few did, an even chance is assumed, which is high.
The bar is shared among all pairs looked at, so that of a hundred honest rooms about one shows a pair.

*Too fast to have read*: an answer under a tenth of the question's median time, never under two seconds; a sheet is shown
when more than a tenth of its answers are (Wise & Kong 2005, response time effort below .90).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from lms.quizzes.rules.statistics.flags import SHOW_TIME
from lms.quizzes.rules.statistics.questions import RAPID_FLOOR, rapid_below

FEWEST_COMMON_WRONG = 6
"""Below so many questions wrong in both, nothing is said."""
FEWEST_CHOSEN = 20
"""Wrong answers to a question before their shares are believed."""
EVEN_CHANCE = 0.5
FALSE_ALARM = 0.01
"""For a whole room."""
FEWEST_TIMED = 10
EFFORT = 0.90
SOURCES = {
    "twins": "Bellezza & Bellezza (1989), Teaching of Psychology 16(3), 151–155",
    "speed": "Wise & Kong (2005), Applied Measurement in Education 18(2), 163–183",
}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person handed in."""

    person: int
    place: int | None = None
    wrong: Mapping[Key, frozenset[str]] = field(default_factory=dict)
    """Question → what was chosen, of those answered wrongly."""
    seconds: Mapping[Key, float] = field(default_factory=dict)
    """Empty for paper: nobody knows how long each took."""


@dataclass(frozen=True, slots=True)
class Twins:
    one: int
    other: int
    common: int
    """Questions both got wrong."""
    same: int
    chance: float
    pairs: int
    """Looked at in this room."""

    @property
    def name(self) -> str:
        return f"twins:{min(self.one, self.other)}:{max(self.one, self.other)}"


@dataclass(frozen=True, slots=True)
class Speed:
    person: int
    timed: int
    rapid: int
    fastest: float

    @property
    def name(self) -> str:
        return f"speed:{self.person}"


def neighbours(sheets: Sequence[Sheet]) -> list[tuple[Sheet, Sheet]]:
    """Who sat side by side, where places were written down; else anybody may have sat beside anybody."""
    if any(one.place is not None for one in sheets):
        seated = {one.place: one for one in sheets if one.place is not None}
        return [(seated[place], seated[place + 1]) for place in sorted(seated) if place + 1 in seated]
    return list(combinations(sorted(sheets, key=lambda one: one.person), 2))


def alike_by_chance(wrong: Iterable[frozenset[str]], distractors: int) -> float:
    """That two people who both got it wrong chose the same: by pairs of the wrong answers seen, never under an even spread.

    Of true and false there is one wrong answer: it is always the same and says nothing.
    """
    seen = Counter(wrong)
    n = seen.total()
    least = 1 / max(distractors, 1)
    if n < FEWEST_CHOSEN:
        return max(EVEN_CHANCE, least)
    pairs = sum(count * (count - 1) for count in seen.values()) / (n * (n - 1))
    return min(1.0, max(pairs, least))


def at_least(chances: Sequence[float], k: int) -> float:
    """The chance that k or more of these come true, each with its own; exact, by adding them one after another."""
    spread = [1.0]
    for chance in chances:
        spread = [
            (spread[n] * (1 - chance) if n < len(spread) else 0.0) + (spread[n - 1] * chance if n else 0.0)
            for n in range(len(spread) + 1)
        ]
    return min(1.0, sum(spread[k:]))


def twins(sheets: Sequence[Sheet], chances: Mapping[Key, float]) -> list[Twins]:
    """Neighbours with more equal wrong answers than chance explains, the least likely first."""
    pairs = neighbours(sheets)
    found = [pair for one, other in pairs if (pair := _twins(one, other, chances, len(pairs)))]
    return sorted(found, key=lambda pair: (pair.chance, pair.name))


def speed(sheet: Sheet, times: Mapping[Key, Sequence[float]]) -> Speed | None:
    """Whether somebody answered faster than one can read; `times` are everybody's on each question."""
    if len(sheet.seconds) < FEWEST_TIMED:
        return None
    rapid = [spent for key, spent in sheet.seconds.items() if spent < _limit(times.get(key, ()))]
    if 1 - len(rapid) / len(sheet.seconds) >= EFFORT:
        return None
    return Speed(sheet.person, len(sheet.seconds), len(rapid), min(rapid))


def _twins(one: Sheet, other: Sheet, chances: Mapping[Key, float], pairs: int) -> Twins | None:
    common = sorted(one.wrong.keys() & other.wrong.keys())
    same = sum(one.wrong[key] == other.wrong[key] for key in common)
    if len(common) < FEWEST_COMMON_WRONG:
        return None
    chance = at_least([chances.get(key, EVEN_CHANCE) for key in common], same)
    return Twins(one.person, other.person, len(common), same, chance, pairs) if chance < FALSE_ALARM / pairs else None


def _limit(times: Sequence[float]) -> float:
    return rapid_below(times) if len(times) >= SHOW_TIME else RAPID_FLOOR
