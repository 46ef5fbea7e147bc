"""Who has a seat on a training day, who came, what may be written of a day, and when its feedback may be read. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"


MARKS = (Act.PRESENT, Act.LATE, Act.ABSENT)
CAME = frozenset({Act.PRESENT, Act.LATE})

FARTHEST = timedelta(days=366)
LONGEST = timedelta(hours=12)
MOST_SEATS = 200
MARKABLE = timedelta(days=30)
"""An attendance sheet may be mended for a month; after that it stands."""
FEEDBACK_DAYS = timedelta(days=14)
FEW = 5
"""Below so many answers nobody reads what was answered: it could be known who said it."""
SCALE = (1, 2, 3, 4, 5)
_NUMBERS = re.compile(r"\d(?:[ .\-]?\d){7,}")
"""Eight digits and more: a telephone, a card or an account, none of which is ours to keep."""


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    person: int
    act: Act
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from everything written of a day."""

    seats: tuple[int, ...] = ()
    """Persons who have a seat, in the order in which they registered."""
    waiting: tuple[int, ...] = ()
    marks: dict[int, Act] = field(default_factory=dict)
    """Person → present, late or absent, as said last."""
    before: dict[int, tuple[Act, ...]] = field(default_factory=dict)
    """Person → what was said earlier and corrected."""

    @property
    def walked_in(self) -> list[int]:
        """Who came without being registered."""
        known = {*self.seats, *self.waiting}
        return sorted(one for one, mark in self.marks.items() if one not in known and mark in CAME)

    @property
    def came(self) -> frozenset[int]:
        return frozenset(one for one, mark in self.marks.items() if mark in CAME)

    @property
    def listed(self) -> list[int]:
        """Everybody the attendance sheet names."""
        known = [*self.seats, *self.waiting]
        return known + sorted(self.marks.keys() - set(known))

    def place_of(self, person: int) -> int:
        """The place in the waiting list, from 1; 0 for whoever does not wait."""
        return self.waiting.index(person) + 1 if person in self.waiting else 0


def standing(events: Iterable[Event], capacity: int) -> Standing:
    """The same events in any order, doubled, or from several devices end in the same state.

    Whoever registers twice keeps the earlier place; whoever withdraws and registers again stands at the end.
    """
    began: dict[int, tuple[datetime, str]] = {}
    said: dict[int, list[Act]] = {}
    for one in sorted({event.id: event for event in events}.values(), key=lambda event: (event.at, event.id)):
        if one.act is Act.REGISTERED:
            began.setdefault(one.person, (one.at, one.id))
        elif one.act is Act.WITHDRAWN:
            began.pop(one.person, None)
        elif said.setdefault(one.person, [])[-1:] != [one.act]:
            said[one.person].append(one.act)
    queue = sorted(began, key=lambda person: began[person])
    return Standing(
        tuple(queue[:capacity]),
        tuple(queue[capacity:]),
        {person: acts[-1] for person, acts in said.items()},
        {person: tuple(acts[:-1]) for person, acts in said.items() if len(acts) > 1},
    )


def day_problem(
    begins_at: datetime, ends_at: datetime, capacity: int, teams: Sequence[int], topics: Sequence[str], now: datetime
) -> str:
    """Why a day cannot be planned so; empty when it can."""
    if ends_at <= begins_at:
        return "backwards"
    if ends_at - begins_at > LONGEST:
        return "too-long"
    if ends_at <= now:
        return "past"
    if begins_at > now + FARTHEST:
        return "too-far"
    if not 1 <= capacity <= MOST_SEATS:
        return "capacity"
    if not teams:
        return "no-team"
    return "" if topics else "no-topic"


def registering_problem(ends_at: datetime, is_called_off: bool, now: datetime) -> str:
    """Why nobody registers or withdraws any more."""
    if is_called_off:
        return "called-off"
    return "over" if now >= ends_at else ""


def marking_problem(on_day: date, is_called_off: bool, today: date) -> str:
    """Why attendance cannot be written."""
    if is_called_off:
        return "called-off"
    if today < on_day:
        return "not-yet"
    return "too-late" if today > on_day + MARKABLE else ""


def feedback_problem(on_day: date, is_called_off: bool, came: bool, today: date) -> str:
    """Why somebody cannot say what they think of the day."""
    if is_called_off:
        return "called-off"
    if not came:
        return "not-there"
    return "too-late" if today > on_day + FEEDBACK_DAYS else ""


def words_problem(words: str) -> str:
    """A sentence that would carry a telephone or a paper's number is sent back."""
    return "numbers" if _NUMBERS.search(words) else ""


@dataclass(frozen=True, slots=True)
class Answer:
    useful: int
    clear: int
    ready: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    count: int
    lines: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Question → how many chose 1, 2, 3, 4, 5; empty while there are too few."""
    words: tuple[str, ...] = ()


def summed(answers: Sequence[Answer]) -> Summary:
    """How many said what; below `FEW` answers only how many there are."""
    if len(answers) < FEW:
        return Summary(len(answers))
    lines = tuple(
        (name, tuple(sum(getattr(one, name) == value for one in answers) for value in SCALE))
        for name in ("useful", "clear", "ready")
    )
    return Summary(len(answers), lines, tuple(sorted(one.words for one in answers if one.words)))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which parts of a day another wording says anew, in the order of the wording."""
    return [name for name, value in after.items() if before.get(name) != value]
