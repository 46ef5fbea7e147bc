"""Which keys somebody not (or no longer) proficient holds today, and what is missing, each reason with its code.

Only keys of the last 180 days are held: an older one can be in no triple completed from now on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lms.skills.rules.events import EventType
from lms.skills.rules.keys import Why
from lms.skills.rules.rulesets import Ruleset
from lms.skills.rules.triples import Epoch, Key, Pass, partners, smallest_doing
from lms.skills.rules.words import Reason, ReasonCode, reason


@dataclass(frozen=True, slots=True)
class Keys:
    """Event ids of the keys held; `do_count` is how many of the two successes count today."""

    know: str | None = None
    do: tuple[str, ...] | None = None
    witness: str | None = None
    do_count: int = 0

    @property
    def held(self) -> int:
        return sum(key is not None for key in (self.know, self.do, self.witness))


@dataclass(frozen=True, slots=True)
class Progress:
    keys: Keys
    reasons: tuple[Reason, ...]


def progress_on(day: date, epoch: Epoch, ruleset: Ruleset, core: frozenset[str]) -> Progress:
    since = day - timedelta(days=ruleset.coherence_days)
    keys = _keys(since, day, epoch, ruleset, core)
    reasons: list[Reason] = []
    if keys.know is None:
        reasons.append(_why_no_know(since, epoch, ruleset))
    if keys.do is None:
        reasons.append(_why_no_do(since, epoch, ruleset, core))
    if keys.witness is None:
        reasons.append(_why_no_witness(since, epoch))
    return Progress(keys, tuple(reasons))


def _keys(since: date, day: date, epoch: Epoch, ruleset: Ruleset, core: frozenset[str]) -> Keys:
    know = next((quiz.id for quiz in reversed(epoch.quizzes) if quiz.day >= since), None)
    if doing := smallest_doing(epoch, ruleset, core, since, day):
        return Keys(know, doing.passes, doing.witness, do_count=2)
    if pair := _pair(since, day, epoch, ruleset, core):
        return Keys(know, pair, None, do_count=2)
    return Keys(know, None, None, do_count=1 if _current_run(since, epoch) else 0)


def _pair(since: date, day: date, epoch: Epoch, ruleset: Ruleset, core: frozenset[str]) -> tuple[str, str] | None:
    """Two passes that go together, though nobody has seen one of them."""
    for run in epoch.runs:
        for first in run:
            if first.day >= since and (second := next(partners(first, epoch, ruleset, core, since, day), None)):
                return min(first.id, second.id), max(first.id, second.id)
    return None


def _current_run(since: date, epoch: Epoch) -> list[Pass]:
    """The passes since the last failed try: the only ones a new pass can be joined to."""
    return [one for one in epoch.runs[-1] if one.day >= since]


def _why_no_know(since: date, epoch: Epoch, ruleset: Ruleset) -> Reason:
    know = ruleset.know
    numbers = {"right": -(-know.items * know.min_share.numerator // know.min_share.denominator), "items": know.items}
    refused = [(day, why) for kind, day, why in epoch.refused if kind is EventType.QUIZ]
    if epoch.quizzes and not (refused and refused[-1][0] > epoch.quizzes[-1].day):
        return reason(ReasonCode.KNOW_TOO_OLD, days=ruleset.coherence_days)
    match refused[-1][1] if refused and refused[-1][0] >= since else None:
        case None:
            return reason(ReasonCode.KNOW_MISSING, **numbers)
        case Why.CRITICAL_WRONG:
            return reason(ReasonCode.KNOW_CRITICAL)
        case Why.TOO_FEW_ITEMS:
            return reason(ReasonCode.KNOW_TOO_FEW_ITEMS, items=know.min_valid_items)
        case Why.ACCOMMODATION:
            return reason(ReasonCode.KNOW_ACCOMMODATION)
        case _:
            return reason(ReasonCode.KNOW_TOO_FEW_RIGHT, **numbers)


def _why_no_do(since: date, epoch: Epoch, ruleset: Ruleset, core: frozenset[str]) -> Reason:
    run = _current_run(since, epoch)
    if not run:
        if any(one.day >= since for earlier in epoch.runs[:-1] for one in earlier):
            return reason(ReasonCode.DO_NOT_CONSECUTIVE)
        if any(one.day >= since for one in epoch.assisted):
            return reason(ReasonCode.DO_ASSISTED)
        return reason(ReasonCode.DO_MISSING)
    if len(run) > 1 and ruleset.do.distinct_variants and len({one.variant for one in run}) == 1:
        return reason(ReasonCode.DO_SAME_VARIANT)
    if ruleset.do.at_least_one_replayed and len(run) > 1 and not any(one.replayed for one in run):
        return reason(ReasonCode.DO_NOT_REPLAYED)
    if len(run) > 1 and (uncovered := core.difference(*(one.covers for one in run)) or _rarest(run, core)):
        return reason(ReasonCode.DO_NOT_COVERING, competencies=", ".join(sorted(uncovered)))
    return reason(ReasonCode.DO_ONE_MORE)


def _rarest(run: list[Pass], core: frozenset[str]) -> frozenset[str]:
    """Everything was done, but no two passes together did it all: name what the fullest pass still lacks."""
    return min((core - one.covers for one in run), key=lambda lacking: (len(lacking), sorted(lacking)))


def _why_no_witness(since: date, epoch: Epoch) -> Reason:
    if any(sight.day >= since for sight in _all_sights(epoch)):
        return reason(ReasonCode.WITNESS_OTHER_SESSION)
    refused = [why for kind, day, why in epoch.refused if kind is EventType.OBSERVATION and day >= since]
    code = {
        Why.SELF_WITNESSED: ReasonCode.WITNESS_SELF,
        Why.IDENTITY_UNCHECKED: ReasonCode.WITNESS_IDENTITY,
        Why.HELPED: ReasonCode.WITNESS_HELPED,
        Why.CRITICAL_FAILED: ReasonCode.WITNESS_CRITICAL,
    }.get(refused[-1] if refused else Why.ACCOMMODATION, ReasonCode.WITNESS_MISSING)
    return reason(code)


def _all_sights(epoch: Epoch) -> Iterator[Key]:
    for sights in epoch.seen.values():
        yield from sights
