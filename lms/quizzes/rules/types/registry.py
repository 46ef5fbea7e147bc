"""The item types there are."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.shapes import Answer, Form, Item, Mark, Part, Problem, Raw, Reply
from lms.quizzes.rules.types import (
    cloze,
    hotspot,
    matching,
    multiple,
    numeric,
    ordering,
    scenario,
    short,
    single,
    truefalse,
)


class ItemType(Protocol):
    """What a module of this folder offers. `body` is its own shape, one of `shapes.Body`."""

    def read(self, raw: Raw) -> Any:
        """The type's own part of a published question."""

    def grade(self, body: Any, answer: Answer) -> Mark: ...

    def key(self, body: Any) -> Answer:
        """A right answer; for those who make demonstrations and tests, never for a page."""

    def p_guess(self, body: Any) -> Fraction:
        """The chance of a whole score by guessing blindly."""

    def asks_for(self, body: Any) -> int | None:
        """How many to choose or fill in, where that is told."""

    def shuffled(self, body: Any, dice: Dice) -> tuple[str, ...]:
        """Ids of what is offered, in the order one attempt shows them. It must not depend on what is right."""

    def parts(self, item_id: str, body: Any, order: Sequence[str]) -> tuple[Part, ...]:
        """What is filled in; empty where one ticks options."""

    def read_answer(self, item_id: str, body: Any, form: Form, order: Sequence[str] | None) -> Answer | Problem: ...

    def replies(self, body: Any, answer: Answer) -> tuple[Reply, ...]:
        """What is said to each part of an answer, in practice."""

    def words(self, body: Any, answer: Answer) -> str:
        """The answer as one line to look it over."""

    def to_json(self, answer: Answer) -> dict[str, Any]: ...

    def from_json(self, raw: object) -> Answer: ...

    def problems(self, item: Item) -> list[Problem]:
        """What an author must mend before anybody is asked this."""


TYPES: dict[str, ItemType] = {
    "cloze": cloze,
    "hotspot": hotspot,
    "matching": matching,
    "multiple": multiple,
    "numeric": numeric,
    "ordering": ordering,
    "scenario": scenario,
    "short": short,
    "single": single,
    "truefalse": truefalse,
}
