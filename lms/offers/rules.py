"""How a telephone number is written, how long an entry may be believed, and on which days an offer holds. Pure."""

from datetime import date, timedelta
from enum import StrEnum


class ContactKind(StrEnum):
    """Whom one turns to."""

    OFFICE = "office"
    """A public body: the commune's office, the police, the health station."""
    BUSINESS = "business"
    """Somebody a telecom, post or IT business sends to help the teams."""
    GROUP = "group"
    """An association, a school, a village."""


class Stand(StrEnum):
    """How an entry stands on a day."""

    COMING = "coming"
    CURRENT = "current"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


CLOSINGS = frozenset({Stand.WITHDRAWN, Stand.REPLACED})
"""What an officer may do to an entry; the rest is the calendar's."""
CONTACT_BELIEVED = timedelta(days=180)
OFFER_BELIEVED = timedelta(days=90)
UNDONE_WITHIN = timedelta(days=30)
LONGEST_OFFER = timedelta(days=731)
"""Longer than two years is a slip of the year."""


def stand(from_on: date, until_on: date, closed: str, today: date) -> Stand:
    """Of an offer with its first day and the first day after its last: what was closed never comes back by the calendar."""
    if closed:
        return Stand(closed)
    if today < from_on:
        return Stand.COMING
    return Stand.CURRENT if today < until_on else Stand.ENDED


def is_stale(checked_on: date, today: date, believed: timedelta) -> bool:
    """Nobody has asked again for so long that it must be asked before it is relied on."""
    return today - checked_on > believed


def dates_problem(from_on: date, last_day: date, today: date) -> str:
    """Why an offer with these days is not written down, as a code; empty when it may be."""
    if last_day < from_on:
        return "backwards"
    if last_day < today:
        return "over"
    return "too-long" if last_day - from_on >= LONGEST_OFFER else ""


def may_be_undone(closed_on: date, today: date) -> bool:
    return today - closed_on <= UNDONE_WITHIN


def phone(text: str) -> str | None:
    """A number as people read it aloud: «0912 345 678» in groups; empty for none, None for what is no number.

    Ten digits of a mobile, eleven of a fixed line, a hotline 1800/1900, or a short number of three to five digits.
    """
    digits = "".join(sign for sign in text if sign not in " .-()\u00a0")
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdecimal()):
        return None
    if digits.startswith("0"):
        return _grouped(digits, 4) if 10 <= len(digits) <= 11 else None
    if digits.startswith(("1800", "1900")):
        return _grouped(digits, 4) if 8 <= len(digits) <= 10 else None
    return digits if digits.startswith("1") and 3 <= len(digits) <= 5 else None


def _grouped(digits: str, first: int) -> str:
    """The first group, then threes; what is left over stands with the last."""
    rest = digits[first:]
    groups = [rest[start : start + 3] for start in range(0, len(rest), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return " ".join([digits[:first], *groups])
