"""Placement: «biết rồi thì không phải học lại» (assessment.md §4, algorithm E).

Per competency one question, in an order of chance. Wrong: its lesson stays. Right: one different question; both right:
the lesson may be skipped. The first four all wrong: stop kindly, begin with lesson one. Safety keeps its lesson whatever
was answered. It says where to begin and never that somebody is proficient.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from lms.quizzes.rules.dice import Dice

EARLY_STOP = 4
LEVEL = 2
QUESTIONS_EACH = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A practice question that placement may ask."""

    item: str
    competency: str
    level: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What one competency is asked: the second only where the first was right."""

    competency: str
    first: str
    second: str


class Key(StrEnum):
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Question:
    competency: str
    key: Key
    item: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where somebody stands in it. `held` and `open` say nothing before it is over."""

    next: Question | None
    stopped_early: bool
    asked: int
    held: tuple[str, ...]
    """Both keys right."""
    open: tuple[str, ...]
    """To be learnt."""

    @property
    def is_over(self) -> bool:
        return self.next is None


def plan(candidates: Sequence[Candidate], dice: Dice) -> tuple[Pair, ...]:
    """Two different questions a competency, nearest to the level asked for, in an order of chance.

    A competency with fewer than two is not asked: one right answer is too often luck, so its lesson stays.
    """
    found: dict[str, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda one: one.item):
        found.setdefault(one.competency, []).append(one)
    pairs = []
    for competency, own in sorted(found.items()):
        nearest = sorted(dice.shuffled(own), key=lambda one: abs(one.level - LEVEL))
        if len(own) >= QUESTIONS_EACH:
            pairs.append(Pair(competency, nearest[0].item, nearest[1].item))
    return tuple(dice.shuffled(pairs))


def outcome(pairs: Sequence[Pair], answers: Mapping[str, bool]) -> Outcome:
    """Folded from what was answered (item → right), whatever order it came in."""
    first = [answers.get(pair.first) for pair in pairs]
    early = first[:EARLY_STOP]
    if len(early) == EARLY_STOP and all(one is False for one in early):
        return _over(pairs, answers, stopped_early=True)
    for pair in pairs:
        if pair.first not in answers:
            return _asking(pairs, answers, Question(pair.competency, Key.FIRST, pair.first))
    for pair in pairs:
        if answers[pair.first] and pair.second not in answers:
            return _asking(pairs, answers, Question(pair.competency, Key.SECOND, pair.second))
    return _over(pairs, answers, stopped_early=False)


def form_code(seed: str, pairs: Sequence[Pair]) -> str:
    """What a printed form carries: its seed, and a mark of its questions, so that answers are never keyed to others."""
    asked = "|".join(f"{pair.first}/{pair.second}" for pair in pairs)
    return f"{seed}-{sha256(asked.encode()).hexdigest()[:4]}"


def seed_of(code: str) -> str:
    return code.partition("-")[0]


def parts_to_skip(
    taught: Mapping[str, Collection[str]], held: Collection[str], critical: Collection[str]
) -> frozenset[str]:
    """Steps of lessons (id → competencies it treats) of which everything is held; never one that treats safety."""
    known = set(held) - set(critical)
    return frozenset(part for part, treats in taught.items() if treats and known.issuperset(treats))


def most_questions(pairs: Sequence[Pair]) -> int:
    return QUESTIONS_EACH * len(pairs)


def _asking(pairs: Sequence[Pair], answers: Mapping[str, bool], question: Question) -> Outcome:
    return Outcome(question, False, _asked(pairs, answers), (), ())


def _over(pairs: Sequence[Pair], answers: Mapping[str, bool], stopped_early: bool) -> Outcome:
    held = {
        pair.competency for pair in pairs if not stopped_early and answers.get(pair.first) and answers.get(pair.second)
    }
    left = tuple(sorted(pair.competency for pair in pairs if pair.competency not in held))
    return Outcome(None, stopped_early, _asked(pairs, answers), tuple(sorted(held)), left)


def _asked(pairs: Sequence[Pair], answers: Mapping[str, bool]) -> int:
    return sum(item in answers for pair in pairs for item in (pair.first, pair.second))
