"""Points 3–5: which quiz, which two passes and which observation make a triple, and on which days one was completed.

A triple whose last key lies on day D is coherent when all its keys lie within the 180 days up to D. So for each day on
which some key was made it is enough to look back once; and since *Biết* is independent of the rest, the smallest quiz
and the smallest pair of passes can be found apart: no enumeration of triples.

A failed re-check opens a new **epoch**: *Làm* and *Chứng* must then both be made anew, *Biết* may stand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from lms.skills.rules.days import months_after
from lms.skills.rules.events import EventType, RecheckResult
from lms.skills.rules.keys import Outcome, Try, Why, try_of, why_not_know, why_not_renewal, why_not_witness
from lms.skills.rules.rulesets import Ruleset
from lms.skills.rules.sifting import Fact, Voided


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One event that can serve as *Biết* or *Chứng*."""

    id: str
    day: date
    session: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """A success of *Làm*; passes of one run have no failed try between them."""

    id: str
    day: date
    run: int
    variant: str
    covers: frozenset[str]
    replayed: bool
    session: str


@dataclass(frozen=True, slots=True)
class Doing:
    """Two passes that go together, and the observation of one of them."""

    passes: tuple[str, str]  # smallest id first
    witness: str


@dataclass(frozen=True, slots=True)
class Grant:
    """Proof that the skill was proficient from `day`, under one ruleset, until `expires`."""

    day: date
    expires: date
    ruleset_id: str
    know: str
    do: tuple[str, ...]
    witness: str

    @property
    def in_order(self) -> tuple[str, tuple[str, ...], str]:
        """What ties are broken by."""
        return self.know, self.do, self.witness

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The events that prove it, each once: a signed card may be both do and witness."""
        return tuple(dict.fromkeys((self.know, *self.do, self.witness)))


@dataclass(slots=True)
class Epoch:
    """The keys made between two failed re-checks, under one ruleset; quizzes are carried over from earlier epochs."""

    quizzes: list[Key] = field(default_factory=list)
    renewals: list[Key] = field(default_factory=list)
    runs: list[list[Pass]] = field(default_factory=lambda: [[]])
    covered: list[frozenset[str]] = field(default_factory=list)  # by all passes of each run together
    seen: dict[str, list[Key]] = field(default_factory=dict)  # observations by session
    key_days: set[date] = field(default_factory=set)
    passes_on: dict[date, list[Pass]] = field(default_factory=dict)
    seen_on: dict[date, list[Key]] = field(default_factory=dict)
    passes_in: dict[str, list[Pass]] = field(default_factory=dict)  # by session
    assisted: list[Try] = field(default_factory=list)
    refused: list[tuple[EventType, date, Why]] = field(default_factory=list)


def gather(
    facts: Sequence[Fact], ruleset: Ruleset, core: frozenset[str], voided: Voided, without: str | None = None
) -> list[Epoch]:
    """Sort one skill's events into keys, epoch by epoch; `without` sets the passes on one variant aside."""
    epochs = [Epoch()]
    for fact in facts:
        epoch, result = epochs[-1], fact.event.result
        match fact.event.type:
            case EventType.QUIZ:
                _take_quiz(epoch, fact, why_not_know(fact.event, ruleset, voided), epoch.quizzes)
            case EventType.RENEWAL:
                _take_quiz(epoch, fact, why_not_renewal(fact.event, ruleset, voided), epoch.renewals)
            case EventType.PRACTICE:
                _take_try(epoch, fact, ruleset, core, without)
            case EventType.OBSERVATION:
                _take_try(epoch, fact, ruleset, core, without)
                _take_observation(epoch, fact, ruleset)
            case EventType.RECHECK if isinstance(result, RecheckResult) and not result.confirmed:
                epochs.append(Epoch(quizzes=list(epoch.quizzes), renewals=list(epoch.renewals)))
    for epoch in epochs:
        for run in epoch.runs:
            run.sort(key=lambda one: one.id)
        epoch.covered = [frozenset().union(*(one.covers for one in run)) for run in epoch.runs]
    return epochs


def grants_in(
    epoch: Epoch, ruleset: Ruleset, core: frozenset[str], skill: str, is_in_force: Callable[[date], bool]
) -> Iterator[Grant]:
    """The triples completed in an epoch while the ruleset was in force, one per day, earliest first."""
    months = ruleset.validity_months.get(skill)
    if months is None or not epoch.quizzes or not epoch.seen:
        return
    for day in sorted(epoch.key_days):
        if is_in_force(day):
            grant = _triple_completed_on(day, epoch, ruleset, core, months)
            if grant is not None:
                yield grant


def go_together(first: Pass, second: Pass, ruleset: Ruleset, core: frozenset[str]) -> bool:
    """Point 3: same run, different variants, one verified by replay, together every K competency of the skill."""
    do = ruleset.do
    return (
        first.run == second.run
        and (first.variant != second.variant or not do.distinct_variants)
        and (first.replayed or second.replayed or not do.at_least_one_replayed)
        and core <= first.covers | second.covers
    )


def partners(
    first: Pass, epoch: Epoch, ruleset: Ruleset, core: frozenset[str], since: date, until: date
) -> Iterator[Pass]:
    """The passes that go together with this one, smallest id first."""
    if not core <= epoch.covered[first.run]:
        return
    for second in epoch.runs[first.run]:
        if since <= second.day <= until and second is not first and go_together(first, second, ruleset, core):
            yield second


def passes_by_id(epoch: Epoch) -> list[Pass]:
    return sorted((one for run in epoch.runs for one in run), key=lambda one: one.id)


def smallest_doing(epoch: Epoch, ruleset: Ruleset, core: frozenset[str], since: date, until: date) -> Doing | None:
    """The pair with the smallest ids, both passes and the observation lying within these days."""
    for first in passes_by_id(epoch):
        if since <= first.day <= until:
            for second in partners(first, epoch, ruleset, core, since, until):
                if witness := _smallest_witness(first, second, epoch, since, until):
                    return _doing(first, second, witness)
    return None


def _take_quiz(epoch: Epoch, fact: Fact, refusal: Why | None, taken: list[Key]) -> None:
    if refusal is None:
        taken.append(Key(fact.id, fact.day))
        epoch.key_days.add(fact.day)
    else:
        epoch.refused.append((fact.event.type, fact.day, refusal))


def _take_try(epoch: Epoch, fact: Fact, ruleset: Ruleset, core: frozenset[str], without: str | None) -> None:
    made = try_of(fact, ruleset)
    if made is None:
        return
    if made.outcome is Outcome.FAILED:
        if ruleset.do.consecutive and epoch.runs[-1]:
            epoch.runs.append([])
    elif made.outcome is Outcome.ASSISTED:
        epoch.assisted.append(made)
    elif made.source is ruleset.do.success and made.variant != without:
        run = len(epoch.runs) - 1
        one = Pass(made.id, made.day, run, made.variant, made.covers & core, made.replayed, made.session)
        epoch.runs[run].append(one)
        epoch.passes_on.setdefault(made.day, []).append(one)
        epoch.passes_in.setdefault(made.session, []).append(one)
        epoch.key_days.add(made.day)


def _take_observation(epoch: Epoch, fact: Fact, ruleset: Ruleset) -> None:
    refusal = why_not_witness(fact.event, ruleset)
    if refusal is not None:
        epoch.refused.append((fact.event.type, fact.day, refusal))
        return
    key = Key(fact.id, fact.day, fact.event.session or fact.id)
    epoch.seen.setdefault(key.session, []).append(key)
    epoch.seen_on.setdefault(key.day, []).append(key)
    epoch.key_days.add(fact.day)


def _triple_completed_on(day: date, epoch: Epoch, ruleset: Ruleset, core: frozenset[str], months: int) -> Grant | None:
    """Of the coherent triples whose last key lies on this day, the one with the smallest event ids."""
    since = day - timedelta(days=ruleset.coherence_days)
    quizzes = [quiz for quiz in epoch.quizzes if since <= quiz.day <= day]
    found: list[tuple[str, tuple[str, str], str]] = []
    if quizzes and (doing := _smallest_doing_completed_on(day, epoch, ruleset, core, since)):
        found.append((min(quiz.id for quiz in quizzes), doing.passes, doing.witness))
    quizzes_today = [quiz.id for quiz in quizzes if quiz.day == day]
    if quizzes_today and (doing := smallest_doing(epoch, ruleset, core, since, day)):
        found.append((min(quizzes_today), doing.passes, doing.witness))
    if not found:
        return None
    know, do, witness = min(found)
    return Grant(day, months_after(day, months), ruleset.id, know, do, witness)


def _smallest_doing_completed_on(
    day: date, epoch: Epoch, ruleset: Ruleset, core: frozenset[str], since: date
) -> Doing | None:
    """At least one of the three, a pass or the observation, was made on the day itself."""
    found: list[Doing] = []
    for first in epoch.passes_on.get(day, ()):
        for second in partners(first, epoch, ruleset, core, since, day):
            if witness := _smallest_witness(first, second, epoch, since, day):
                found.append(_doing(first, second, witness))
                break
    for sight in epoch.seen_on.get(day, ()):
        for first in epoch.passes_in.get(sight.session, ()):
            if since <= first.day <= day:
                for second in islice(partners(first, epoch, ruleset, core, since, day), 1):
                    found.append(_doing(first, second, sight.id))
    return min(found, key=lambda one: (one.passes, one.witness), default=None)


def _smallest_witness(first: Pass, second: Pass, epoch: Epoch, since: date, until: date) -> str | None:
    """Point 4: bound to a session in which one of those passes occurred."""
    sights = [*epoch.seen.get(first.session, ()), *epoch.seen.get(second.session, ())]
    return min((sight.id for sight in sights if since <= sight.day <= until), default=None)


def _doing(first: Pass, second: Pass, witness: str) -> Doing:
    low, high = sorted((first.id, second.id))
    return Doing((low, high), witness)
