"""Letters for choices: which questions can be put to a class with cards, and what the cards say together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

LETTERS = "ABCD"
"""A card has four edges."""


class Choosable(Protocol):
    @property
    def type(self) -> str: ...

    @property
    def options(self) -> Sequence[object]: ...


def fits_cards(item: Choosable) -> bool:
    """One right choice among two to four: what an edge of a card can say."""
    return item.type in ("single", "truefalse") and 2 <= len(item.options) <= len(LETTERS)


def card_text(number: int) -> str:
    """What the code of a card says to a camera: its number, no more. Short, so that its modules are large."""
    return f"NC:{number}"


def letter_of(options: Sequence[str], option_id: str) -> str:
    return LETTERS[options.index(option_id)]


def option_of(options: Sequence[str], letter: str) -> str | None:
    """The option a letter stands for; None for a letter this question does not have."""
    place = LETTERS.find(letter) if len(letter) == 1 else -1
    return options[place] if 0 <= place < len(options) else None


def counts(options: Sequence[str], given: Iterable[str]) -> tuple[int, ...]:
    """How many showed each letter, in the order of the letters. No names: this is what a class may see."""
    found = Counter(given)
    return tuple(found[option] for option in options)


def read_letters(options: Sequence[str], sent: Mapping[int, str], allowed: Iterable[int]) -> dict[int, str | None]:
    """Person → option, None where nothing is to be kept; whoever is not of the class is not looked at."""
    return {person: option_of(options, sent.get(person, "")) for person in allowed}
