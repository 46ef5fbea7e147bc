"""Points 2–4, one event at a time: is it *Biết*, is it a success of *Làm*, is it fit to be *Chứng*?

Each question answers with None for yes, or with the reason why not.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.skills.rules.events import (
    ActorRole,
    Event,
    ItemScore,
    Line,
    ObservationResult,
    PracticeResult,
    QuizResult,
)
from lms.skills.rules.rulesets import Renewal, Ruleset, Success, at_least
from lms.skills.rules.sifting import Fact, Voided

HAND_HELD = 1  # on the scale of point 4: at 0 and 1 somebody else did it
RENEWAL_OPTIONS = 4  # point 5: with 3 options one who knows half passes 7 of 8 in 17 of 100 tries, with 4 in 12


class Why(StrEnum):
    """Why an event is not the key it might have been."""

    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_RIGHT = "too_few_right"
    CRITICAL_WRONG = "critical_wrong"
    TOO_FEW_OPTIONS = "too_few_options"
    ACCOMMODATION = "accommodation"
    SELF_WITNESSED = "self_witnessed"
    IDENTITY_UNCHECKED = "identity_unchecked"
    HELPED = "helped"
    CRITICAL_FAILED = "critical_failed"


class Outcome(StrEnum):
    PASSED = "passed"
    ASSISTED = "assisted"  # passed, not alone: shown as progress, never counted, breaks nothing
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Try:
    """A recorded try of a practice or of a task card."""

    id: str
    day: date
    outcome: Outcome
    source: Success
    variant: str
    covers: frozenset[str]
    replayed: bool
    session: str


def why_not_know(event: Event, ruleset: Ruleset, voided: Voided) -> Why | None:
    """*Biết*: n ≥ 12 valid items, right ≥ ⌈4n/5⌉, critical right ≥ ⌈3c/4⌉ (the numbers are the ruleset's)."""
    know = ruleset.know
    if event.accommodation not in know.accommodation:
        return Why.ACCOMMODATION
    valid = _valid_items(event, voided, know.min_valid_items)
    critical = [item for item in valid if item.critical]
    if len(valid) < know.min_valid_items:
        return Why.TOO_FEW_ITEMS
    if _right(valid) < at_least(know.min_share, len(valid)):
        return Why.TOO_FEW_RIGHT
    if _right(critical) < at_least(know.critical_min_share, len(critical)):
        return Why.CRITICAL_WRONG
    return None


def why_not_renewal(event: Event, ruleset: Ruleset, voided: Voided) -> Why | None:
    """8 items with 4 options, ≥ 7 right and all critical; one of the eight may fall away as void."""
    renewal = ruleset.renewal
    if event.accommodation not in ruleset.know.accommodation:
        return Why.ACCOMMODATION
    needed = _fewest_renewal_items(ruleset)
    valid = _valid_items(event, voided, needed)
    if len(valid) < needed or len(_items(event)) < renewal.items:
        return Why.TOO_FEW_ITEMS
    if any(item.options < RENEWAL_OPTIONS for item in valid):
        return Why.TOO_FEW_OPTIONS
    if _right(valid) < _renewal_right(renewal, len(valid)):
        return Why.TOO_FEW_RIGHT
    if renewal.all_critical and any(item.critical and not item.right for item in valid):
        return Why.CRITICAL_WRONG
    return None


def try_of(fact: Fact, ruleset: Ruleset) -> Try | None:
    """The try an event records, or None: an observation without a card is about somebody else's try."""
    event, result = fact.event, fact.event.result
    session = session_of(event)
    if isinstance(result, PracticeResult):
        outcome = _practice_outcome(event, result, ruleset)
        return Try(
            fact.id, fact.day, outcome, Success.PRACTICE, result.variant, result.covers, result.replayed, session
        )
    if isinstance(result, ObservationResult) and result.card is not None:
        outcome = _card_outcome(event, result, ruleset)
        alone = ruleset.witness.min_independence
        covers = frozenset(line.competency for line in result.lines if line.core and line.level >= alone)
        return Try(fact.id, fact.day, outcome, Success.TASK_CARD, result.card, covers, False, session)
    return None


def why_not_witness(event: Event, ruleset: Ruleset) -> Why | None:
    """*Chứng*: an identified learner seen working alone, every core line ≥ 3, no critical line failed."""
    result = event.result
    if not isinstance(result, ObservationResult) or not _seen_by_another(event):
        return Why.SELF_WITNESSED
    if ruleset.witness.identity_checked and not result.identity_checked:
        return Why.IDENTITY_UNCHECKED
    if any(_critical_failed(line) for line in result.lines):
        return Why.CRITICAL_FAILED
    if not _worked_alone(event, result, ruleset):
        return Why.HELPED
    return None


def session_of(event: Event) -> str:
    """An act outside any session is a session of its own: a signed card is bound to itself, to nothing else."""
    return event.session or event.id


def _valid_items(event: Event, voided: Voided, fewest: int) -> list[ItemScore]:
    """Each voided item with or without, the better counts: a right one stays, a wrong one goes.

    Safety items go first, and none once only `fewest` remain; so another void can never turn a pass into a fail.
    """
    items = _items(event)
    if not voided.items:
        return list(items)
    wrong = [item for item in items if not item.right and voided.has(item.id, item.version)]
    wrong.sort(key=lambda item: not item.critical)
    gone = {item.id for item in wrong[: max(0, len(items) - fewest)]}
    return [item for item in items if item.id not in gone]


def _items(event: Event) -> tuple[ItemScore, ...]:
    return event.result.items if isinstance(event.result, QuizResult) else ()


def _right(items: list[ItemScore]) -> int:
    return sum(item.right for item in items)


def _fewest_renewal_items(ruleset: Ruleset) -> int:
    """As many of the 8 as 12 are of 15, rounded up: 7."""
    return -(-ruleset.renewal.items * ruleset.know.min_valid_items // ruleset.know.items)


def _renewal_right(renewal: Renewal, valid: int) -> int:
    return -(-renewal.min_right * valid // renewal.items)


def _practice_outcome(event: Event, result: PracticeResult, ruleset: Ruleset) -> Outcome:
    if not result.passed:
        return Outcome.FAILED
    watched_helping = event.independence is not None and event.independence < ruleset.witness.min_independence
    if result.hints > ruleset.do.hints or watched_helping or event.accommodation not in ruleset.do.accommodation:
        return Outcome.ASSISTED
    return Outcome.PASSED


def _card_outcome(event: Event, result: ObservationResult, ruleset: Ruleset) -> Outcome:
    if any(_critical_failed(line) for line in result.lines):
        return Outcome.FAILED
    alone = _worked_alone(event, result, ruleset) and _seen_by_another(event)
    if not alone or event.accommodation not in ruleset.do.accommodation:
        return Outcome.ASSISTED
    return Outcome.PASSED


def _critical_failed(line: Line) -> bool:
    return line.critical and (line.failed or line.level <= HAND_HELD)


def _worked_alone(event: Event, result: ObservationResult, ruleset: Ruleset) -> bool:
    """By every core line, and by the one tick for the whole act; at least one of the two must be there."""
    levels = [line.level for line in result.lines if line.core]
    if event.independence is not None:
        levels.append(event.independence)
    return bool(levels) and min(levels) >= ruleset.witness.min_independence


def _seen_by_another(event: Event) -> bool:
    witnesses = [actor.person for actor in event.actors if actor.role is ActorRole.WITNESS]
    return bool(witnesses) and event.learner not in witnesses
