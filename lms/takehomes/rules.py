"""Which five questions a card asks, what its code may look like, and whom a pupil taught; pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

QUESTIONS = 5
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
MOST_GUESTS = 6
"""Of one card on one day: a household is not larger, and nobody fills the book with a found card."""
GROWN_UP = 16
"""Years; who is younger is a child (Children Law 2016 art. 1) and is not counted as a grown-up taught at home."""


@dataclass(frozen=True, slots=True)
class Check:
    """One time the five questions were answered for a card."""

    person: int | None
    """The canonical person; None while nobody has claimed it."""
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class Taught:
    grown_ups: int
    unclaimed: int


def five_of(circles: Iterable[Iterable[str]], code: str) -> tuple[str, ...]:
    """Another five for every card, the same five whenever that card is opened; none where there are too few.

    The questions come from the nearest circle first (the module's own), and from the next ones only what still lacks.
    """
    chosen: list[str] = []
    for circle in circles:
        fresh = set(circle).difference(chosen)
        chosen += sorted(fresh, key=lambda item: sha256(f"{code}/{item}".encode()).digest())[: QUESTIONS - len(chosen)]
    return tuple(chosen) if len(chosen) == QUESTIONS else ()


def stands_alone(stem: str) -> bool:
    """Whether a question can be understood without the step it stands in: «xem tin ở trên» cannot."""
    return not re.search(r"(?i)\b(ở|phía|hình|bảng|tin|màn hình) trên\b", stem)


def read_code(typed: str) -> str:
    """As it is kept: however it was written."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())[:CODE_LENGTH]


def taught(checks: Sequence[Check], pupil: int, year: int) -> Taught:
    """Each grown-up once; the pupil never. Somebody whose age nobody knows is not counted as grown up."""
    people = {
        one.person
        for one in checks
        if one.person is not None and one.person != pupil and one.birth_year is not None
        and year - one.birth_year > GROWN_UP
    }  # fmt: skip
    return Taught(len(people), sum(one.person is None for one in checks))
