"""Where somebody stands in a lesson, and whether they are stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

STILL = timedelta(minutes=8)
"""Longer than the longest step takes (3–7 minutes); somebody who read nothing on for so long may need a hand."""
WRONG_IN_A_ROW = 2
LASTS = timedelta(hours=3)
"""A lesson nobody ended is over after this: its board no longer renews itself, and another may begin."""


class Place(StrEnum):
    ABSENT = "absent"
    NOT_BEGUN = "not-begun"
    READING = "reading"
    STUCK = "stuck"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of one learner in this lesson."""

    read: int
    last_at: datetime | None
    """The last step read or question answered since the lesson began."""
    wrong: int
    """How many answers since then were wrong in a row, up to the last one."""


@dataclass(frozen=True, slots=True)
class Standing:
    place: Place
    read: int
    still: int = 0
    """Minutes since anything was done, where that is why somebody seems stuck."""
    wrong: int = 0


NOTHING = Pace(0, None, 0)


def standing(own: Pace, steps: int, started_at: datetime, now: datetime) -> Standing:
    """Done, stuck, reading or not begun, in this order of looking."""
    read = min(own.read, steps)
    if steps and read >= steps:
        return Standing(Place.DONE, read)
    if own.wrong >= WRONG_IN_A_ROW:
        return Standing(Place.STUCK, read, wrong=own.wrong)
    if own.last_at is None and not read:
        return Standing(Place.NOT_BEGUN, 0)
    quiet = now - max(own.last_at or started_at, started_at)
    if quiet >= STILL:
        return Standing(Place.STUCK, read, still=int(quiet.total_seconds() // 60))
    return Standing(Place.READING, read)


def together(one: Pace, other: Pace) -> Pace:
    """Two on one computer are as far as the one who signed in; the trouble of either is told."""
    moments = [at for at in (one.last_at, other.last_at) if at is not None]
    return Pace(max(one.read, other.read), max(moments, default=None), max(one.wrong, other.wrong))


def wrong_in_a_row(answers: Sequence[bool]) -> int:
    """Answers in the order given, true where right."""
    count = 0
    for is_right in reversed(answers):
        if is_right:
            break
        count += 1
    return count


def is_running(started_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    return ended_at is None and now - started_at < LASTS
