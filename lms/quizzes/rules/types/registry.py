"""The item types there are."""

from fractions import Fraction
from typing import Any, Protocol

from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Problem, Raw
from lms.quizzes.rules.types import multiple, single, truefalse


class ItemType(Protocol):
    """What a module of this folder offers."""

    def read(self, raw: Raw) -> Choices:
        """The type's own part of a published question."""

    def grade(self, body: Choices, answer: Answer) -> Mark: ...

    def p_guess(self, body: Choices) -> Fraction:
        """The chance of a whole score by guessing blindly."""

    def asks_for(self, body: Choices) -> int | None:
        """How many to choose, where that is told."""

    def shuffled(self, body: Choices, dice: Dice) -> tuple[str, ...]:
        """Option ids in the order one attempt shows them."""

    def read_answer(self, item_id: str, body: Choices, form: Form) -> Answer | Problem: ...

    def to_json(self, answer: Answer) -> dict[str, Any]: ...

    def from_json(self, raw: object) -> Answer: ...

    def problems(self, item: Item) -> list[Problem]:
        """What an author must mend before anybody is asked this."""


TYPES: dict[str, ItemType] = {
    "multiple": multiple,
    "single": single,
    "truefalse": truefalse,
}
