"""Marking again after a question was withdrawn, or brought back: the old result stays, the new one stands beside it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lms.quizzes.rules.blueprints import PassMark
from lms.quizzes.rules.results import AttemptResult, Scored, outcome_of

SHORTEST_REASON, LONGEST_REASON = 10, 500


@dataclass(frozen=True, slots=True)
class Change:
    """One attempt before and after. Withdrawing never takes a pass away; bringing a question back may."""

    before: AttemptResult
    after: AttemptResult

    @property
    def kind(self) -> str:
        if self.before.passed != self.after.passed:
            return "gained" if self.after.passed else "lost"
        return "same"

    @property
    def is_recounted(self) -> bool:
        """Passed or not as before, but out of other numbers."""
        return self.kind == "same" and (self.before.right, self.before.valid) != (self.after.right, self.after.valid)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many attempts were asked the question, and what became of them."""

    concerned: int = 0
    gained: int = 0
    lost: int = 0
    recounted: int = 0

    @property
    def same(self) -> int:
        return self.concerned - self.gained - self.lost - self.recounted


def regraded(
    marked: Sequence[Scored], pass_mark: PassMark, voided_before: Collection[str], voided_after: Collection[str]
) -> Change:
    """Both by the marks kept as evidence; each withdrawn question counts or not, whichever is better."""
    return Change(outcome_of(marked, pass_mark, voided_before), outcome_of(marked, pass_mark, voided_after))


def tally(changes: Iterable[Change]) -> Tally:
    found = list(changes)
    return Tally(
        len(found),
        sum(one.kind == "gained" for one in found),
        sum(one.kind == "lost" for one in found),
        sum(one.is_recounted for one in found),
    )


def voided_in(asked: Iterable[tuple[str, str]], voided: Collection[tuple[str, str | None]]) -> frozenset[str]:
    """Of the (item, version) pairs of a form, the items that are withdrawn."""
    return frozenset(item for item, version in asked if (item, None) in voided or (item, version) in voided)
