"""Marking a closed attempt: how many were right, whether that passes, and what to read again. Never which key was right."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lms.quizzes.rules.attempts import AttemptState
from lms.quizzes.rules.blueprints import PassMark
from lms.quizzes.rules.items import answer_from_json, equal_chances, grade
from lms.quizzes.rules.shapes import Item


@dataclass(frozen=True, slots=True)
class Scored:
    """One question of the attempt as the evidence keeps it."""

    item: str
    digest: str
    right: bool
    critical: bool
    competency: str | None
    options: int


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """What a recorded test may tell: counts and competencies, no question, no answer, no key."""

    right: int
    valid: int
    critical_right: int
    critical: int
    passed: bool
    revise: tuple[str, ...]
    """Competencies with a wrong answer, the one most often missed first."""


def scores(form: Sequence[Item], state: AttemptState) -> tuple[Scored, ...]:
    """Each question of the form marked by its pinned version; an unanswered one is wrong."""
    return tuple(
        Scored(item.id, item.digest, _is_right(item, state), item.critical, item.competency, equal_chances(item))
        for item in form
    )


def result(
    form: Sequence[Item], state: AttemptState, pass_mark: PassMark, voided: Collection[str] = ()
) -> AttemptResult:
    """The outcome of an attempt. `voided` are ids of questions withdrawn since; each counts or not, whichever is better."""
    return outcome_of(scores(form, state), pass_mark, voided)


def outcome_of(marked: Sequence[Scored], pass_mark: PassMark, voided: Collection[str] = ()) -> AttemptResult:
    """The same of questions marked before, as the evidence keeps them."""
    valid = _valid(marked, pass_mark, frozenset(voided))
    right = sum(one.right for one in valid)
    critical = sum(one.critical for one in valid)
    critical_right = sum(one.critical and one.right for one in valid)
    passed = (
        len(valid) >= pass_mark.min_valid
        and right >= pass_mark.needs(len(valid))
        and critical_right >= pass_mark.needs_critical(critical)
    )
    return AttemptResult(right, len(valid), critical_right, critical, passed, _revise(valid))


def result_to_json(outcome: AttemptResult) -> dict[str, Any]:
    return {**asdict(outcome), "revise": list(outcome.revise)}


def _is_right(item: Item, state: AttemptState) -> bool:
    raw = state.answers.get(item.id)
    return raw is not None and grade(item, answer_from_json(item, raw)).right


def _valid(marked: Sequence[Scored], pass_mark: PassMark, voided: frozenset[str]) -> list[Scored]:
    """A voided right answer stays, a wrong one goes, safety items first, none once only `min_valid` remain.

    So another void can never turn a pass into a fail (assessment.md §3.5); the evidence rule does the same.
    """
    wrong = sorted((one for one in marked if one.item in voided and not one.right), key=lambda one: not one.critical)
    gone = {one.item for one in wrong[: max(0, len(marked) - pass_mark.min_valid)]}
    return [one for one in marked if one.item not in gone]


def _revise(valid: list[Scored]) -> tuple[str, ...]:
    missed: dict[str, int] = {}
    for one in valid:
        if not one.right and one.competency is not None:
            missed[one.competency] = missed.get(one.competency, 0) + 1
    return tuple(sorted(missed, key=lambda competency: (-missed[competency], competency)))
