"""The item types there are: found by listing this folder, named nowhere else."""

from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import Field
from lms.quizzes.rules.shapes import Answer, Form, Item, Mark, Part, Problem, Raw, Reply


class ItemType(Protocol):
    """What a module of this folder offers. `body` is its own shape, one of `shapes.Body`."""

    RANK: int
    """Its place where authors choose a type."""
    WORD: str
    HINT: str
    FORM: tuple[Field, ...]
    """What its authors fill in beside what all types ask; the keys are those its reader in `library/types` reads."""

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


def _found() -> dict[str, ItemType]:
    """Every module beside this one is a type; in the order in which authors choose among them."""
    names = [one.name for one in iter_modules([__file__.rpartition("/")[0]]) if f"{__package__}.{one.name}" != __name__]
    types = {name: cast(ItemType, import_module(f"{__package__}.{name}")) for name in names}
    return dict(sorted(types.items(), key=lambda pair: (pair[1].RANK, pair[0])))


TYPES = _found()
