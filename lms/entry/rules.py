"""Windows, cards and tries; what an online guesser can reach at most (docs/decisions/0040-class-sign-in.md). Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import log, perm

PICTURES = (
    "mat-troi", "trang", "sao", "may", "cay", "hoa", "la", "tao",
    "ca", "chim", "meo", "buom", "nha", "thuyen", "xe-dap", "dieu",
    "dong-ho", "chia-khoa", "o", "non", "trong", "but", "bong", "chuong",
)  # fmt: skip
"""Drawn in entry/_pictures.html; ids are for ever, because cards on paper show them."""
PICKED = 3
PIN_DIGITS = 4


class CardKind(StrEnum):
    PIN = "pin"
    PICTURES = "pictures"


SPACE: dict[CardKind, int] = {CardKind.PIN: 10**PIN_DIGITS, CardKind.PICTURES: perm(len(PICTURES), PICKED)}
"""10,000 and 12,144: three different pictures in order. The server draws them, so that none is likelier than another."""

TRIES_A_DAY = 5
TRIES_EVER = 30
"""Wrong tries a card bears in its life, however often a teacher lets the pupil try again; then it needs a new one."""
WRONG_IN_A_WINDOW = 90
"""Two wrong tries for each of 45 pupils; then the window closes itself to tries and the teacher opens another."""
WRONG_AWAY_A_DAY = 20
"""Of a class, outside its windows."""
LONGEST_WINDOW = timedelta(minutes=120)
MINUTES = (45, 60, 90, 120)
AWAY_LONGEST = timedelta(hours=2)
"""A seat taken outside a window."""

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters that are taken for digits."""
CODE_LENGTH = 6
MISSES_OF_A_NETWORK = 300
"""Wrong codes and names from one address in a quarter of an hour: a school sits behind one."""
MISSES_WINDOW = timedelta(minutes=15)

Choose = Callable[[Sequence[str]], str]
"""The dice: secrets.choice, or a test's own."""


def drawn_code(choose: Choose) -> str:
    return "".join(choose(CODE_SIGNS) for _n in range(CODE_LENGTH))


def drawn_secret(kind: CardKind, choose: Choose) -> str:
    """«0417», or «ca nha sao»: every one as likely as any other."""
    if kind is CardKind.PIN:
        return "".join(choose("0123456789") for _n in range(PIN_DIGITS))
    picked: list[str] = []
    while len(picked) < PICKED:
        picked.append(choose([one for one in PICTURES if one not in picked]))
    return " ".join(picked)


def read_code(text: str) -> str:
    """A code as somebody typed it: small letters, spaces and dashes do not matter."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[:20]


def read_secret(kind: CardKind, given: Sequence[str]) -> str:
    """What was typed or chosen, in one shape; empty when it cannot be a secret of this kind."""
    if kind is CardKind.PIN:
        digits = "".join("".join(given).split())
        return digits if len(digits) == PIN_DIGITS and digits.isascii() and digits.isdecimal() else ""
    known = [one for one in given if one in PICTURES]
    return " ".join(known) if len(known) == PICKED == len(set(known)) else ""


@dataclass(frozen=True, slots=True)
class Tries:
    """The wrong tries a card has seen."""

    day: date | None = None
    today: int = 0
    """On that day."""
    ever: int = 0


def tries_problem(tries: Tries, today: date) -> str:
    """Why the card may not be tried now, in a sentence; empty when it may."""
    if tries.ever >= TRIES_EVER:
        return "Thẻ này đã thử sai nhiều lần nên ngừng dùng. Nhờ thầy cô làm thẻ mới."
    if tries.day == today and tries.today >= TRIES_A_DAY:
        return "Hôm nay đã thử sai 5 lần. Nhờ thầy cô mở lại, hoặc chờ đến ngày mai."
    return ""


def after_wrong(tries: Tries, today: date) -> Tries:
    so_far = tries.today if tries.day == today else 0
    return Tries(today, so_far + 1, tries.ever + 1)


def let_again(tries: Tries) -> Tries:
    """A teacher lets the pupil try again today; what was tried in the card's life stays."""
    return replace(tries, today=0)


def window_is_open(closes_at: datetime, closed_at: datetime | None, wrong: int, now: datetime) -> bool:
    return closed_at is None and now < closes_at and wrong < WRONG_IN_A_WINDOW


# --- the guesser --------------------------------------------------------------------------------


def chance_on_one(kind: CardKind) -> float:
    """That somebody who spends every try a card bears in its life has guessed it: never guessing the same twice."""
    return TRIES_EVER / SPACE[kind]


def chance_in_a_window(kind: CardKind) -> float:
    """That somebody who spends every wrong try of one window gets in as anybody at all."""
    return float(1 - (1 - 1 / SPACE[kind]) ** WRONG_IN_A_WINDOW)


def days_for_half(kind: CardKind) -> float:
    """Days until an even chance of one card of a class, spending what a class bears a day outside its windows."""
    return log(0.5) / log(1 - 1 / SPACE[kind]) / WRONG_AWAY_A_DAY


def chance_of_a_code(open_windows: int, networks: int = 1, during: timedelta = LONGEST_WINDOW) -> float:
    """That wrong codes typed all the while from so many addresses meet an open window."""
    tries = networks * MISSES_OF_A_NETWORK * (during / MISSES_WINDOW)
    return float(1 - (1 - open_windows / len(CODE_SIGNS) ** CODE_LENGTH) ** tries)
