"""Everything a page says about a test and its questions, from first sittings without names; nothing below its count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lms.quizzes.rules.attempts import Step, StepKind
from lms.quizzes.rules.statistics import flags as rules
from lms.quizzes.rules.statistics import groups, questions
from lms.quizzes.rules.statistics import tests as whole
from lms.quizzes.rules.statistics.basics import Interval, mean, median
from lms.quizzes.rules.statistics.flags import Flag, Seen
from lms.quizzes.rules.statistics.groups import Difference

Key = tuple[str, str]
"""A question and its version: figures of two wordings are never mixed."""


@dataclass(frozen=True, slots=True)
class Sat:
    """Somebody's first sitting, in the order of time; who it was is not here."""

    scores: Mapping[Key, int]
    chosen: Mapping[Key, frozenset[str]]
    seconds: Mapping[Key, float]
    passed: bool
    is_read_to: bool = False
    """Somebody read the questions aloud."""
    before: Mapping[str, float] = field(default_factory=dict)
    """Competency → whether its first question was right at a placement before."""

    @property
    def total(self) -> int:
        return sum(self.scores.values())


@dataclass(frozen=True, slots=True)
class About:
    """What the figures must know of a question."""

    p_guess: float
    keys: tuple[str, ...]
    options: tuple[str, ...]
    is_critical: bool
    competency: str = ""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """None: fewer answers than it takes to say."""

    key: Key
    n: int
    facility: float | None = None
    interval: Interval | None = None
    relation: float | None = None
    relation_interval: Interval | None = None
    efficiency: float | None = None
    upper_lower: float | None = None
    most_upper_lower: float | None = None
    """What D can be at most of a question this easy."""
    b_index: float | None = None
    options: tuple[questions.Distractor, ...] = ()
    median_seconds: float | None = None
    rapid: float | None = None
    readers: Difference | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def is_inefficient(self) -> bool:
        return self.efficiency is not None and self.efficiency < rules.LOW_EFFICIENCY


@dataclass(frozen=True, slots=True)
class TestFigures:
    n: int
    items: int
    mean: float | None = None
    passing: float | None = None
    histogram: tuple[int, ...] = ()
    """How many people by right answers, from 0 up."""
    reliability: float | None = None
    error: float | None = None
    consistency: whole.Consistency | None = None
    is_doubtful: bool = False
    """Decisions would too often fall otherwise (p₀ below its target), known of enough people."""


def test_figures(sat: Sequence[Sat], need: int) -> TestFigures:
    """The test as a whole; `need` right answers pass."""
    n, items = len(sat), max((len(one.scores) for one in sat), default=0)
    if n < rules.SHOW_FACILITY:
        return TestFigures(n, items)
    totals = [one.total for one in sat]
    histogram = tuple(totals.count(k) for k in range(items + 1)) if n >= rules.SHOW_RELATION else ()
    reliability = error = found = None
    if n >= rules.SHOW_TEST:
        reliability = whole.kr20_of_forms([{f"{k[0]} {k[1]}": s for k, s in one.scores.items()} for one in sat])
    if reliability is not None:
        error = whole.standard_error(totals, reliability)
        found = whole.consistency(totals, items, need, reliability)
    doubtful = n >= rules.FLAG_TEST and found is not None and found.p0 < rules.P0_TARGET
    passing = mean([float(one.passed) for one in sat])
    return TestFigures(n, items, mean(totals), passing, histogram, reliability, error, found, doubtful)


def question_figures(sat: Sequence[Sat], about: Mapping[Key, About]) -> list[QuestionFigures]:
    """Each question met, those with a flag first and among them the strongest, then by id."""
    met: dict[Key, list[Sat]] = {}
    for one in sat:
        for key in one.scores:
            met.setdefault(key, []).append(one)
    medians = [median(times) for key in met if (times := _times(met[key], key))]
    usual = median(medians) if medians else None
    fair = mean([len(one.scores) for one in sat]) / len(met) if met else 1.0
    found = [
        _question(key, own, about[key], usual, len(own) / len(sat) if fair <= rules.LEAK_EXPOSURE else None)
        for key, own in met.items()
    ]
    strength = {flag: n for n, flag in enumerate(Flag)}
    return sorted(found, key=lambda one: (min((strength[f] for f in one.flags), default=len(strength)), one.key))


def seconds_on(steps: Sequence[Step]) -> dict[str, float]:
    """Question → seconds before its first answer, from the step before it; what a rest held is left out."""
    found: dict[str, float] = {}
    before: tuple[StepKind, datetime] | None = None
    for step in sorted(steps, key=lambda one: one.n):
        if step.kind is StepKind.ANSWER and step.item_id and before and before[0] is not StepKind.PAUSE:
            found.setdefault(step.item_id, (step.at - before[1]).total_seconds())
        before = (step.kind, step.at)
    return found


def _question(
    key: Key, own: Sequence[Sat], about: About, usual: float | None, exposure: float | None
) -> QuestionFigures:
    n = len(own)
    if n < rules.SHOW_FACILITY:
        return QuestionFigures(key, n)
    scores = [float(one.scores[key]) for one in own]
    rest = [float(one.total - one.scores[key]) for one in own]
    passed = [one.passed for one in own]
    times = _times(own, key)
    enough = n >= rules.SHOW_RELATION
    relation = questions.discrimination(scores, rest) if enough else None
    chosen = [one.chosen.get(key, frozenset()) for one in own]
    options = questions.distractors(about.keys, about.options, chosen, rest, passed) if enough else []
    slowness = median(times) if len(times) >= rules.SHOW_TIME else None
    between = questions.discrimination_interval(relation, n) if relation is not None else None
    passers = sum(passed)
    seen = Seen(
        n, mean(scores), questions.facility_interval(scores), about.p_guess, between, options, passers, _rise(scores),
        exposure, slowness / usual if slowness is not None and usual else None, about.is_critical, _readers(key, own),
    )  # fmt: skip
    return QuestionFigures(
        key, n, seen.facility, seen.facility_interval, relation, between,
        questions.efficiency(scores, rest) if n >= rules.FLAG_RELATION else None,
        questions.upper_lower(scores, rest) if n >= rules.SHOW_GROUPS else None,
        questions.most_upper_lower(seen.facility) if n >= rules.SHOW_GROUPS else None,
        questions.b_index(scores, passed) if min(passers, n - passers) >= rules.SHOW_B else None,
        tuple(options), slowness,
        questions.rapid_share(times) if slowness is not None else None,
        seen.readers, tuple(rules.flags(seen)),
    )  # fmt: skip


def learned(sat: Sequence[Sat], about: Mapping[Key, About]) -> list[groups.Gain]:
    """Before and after, by competency, of those who were placed before they sat the test."""
    pairs = []
    for one in sat:
        scores: dict[str, list[float]] = {}
        for key, score in one.scores.items():
            scores.setdefault(about[key].competency, []).append(float(score))
        if one.before:
            pairs.append((one.before, {competency: mean(own) for competency, own in scores.items()}))
    return groups.gains(pairs, rules.SHOW_PAIRS)


def _readers(key: Key, own: Sequence[Sat]) -> Difference | None:
    read_to = sum(one.is_read_to for one in own)
    if min(read_to, len(own) - read_to) < rules.SHOW_READERS:
        return None
    people = ((one.is_read_to, bool(one.scores[key]), one.total) for one in own)
    return groups.mantel_haenszel(groups.tables_of(people))


def _times(own: Sequence[Sat], key: Key) -> list[float]:
    return [one.seconds[key] for one in own if key in one.seconds]


def _rise(scores: Sequence[float]) -> float | None:
    third = len(scores) // 3
    return mean(scores[-third:]) - mean(scores[:third]) if len(scores) >= rules.LEAK_FROM else None
