"""What may be said of a visit, what stands of it after corrections, and which household is to be seen next. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any


class Act(StrEnum):
    VISITED = "visited"
    CORRECTED = "corrected"
    """Says the whole visit anew."""
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    TEACH = "day"
    """Ten minutes: one thing taught, one thing checked. A learning log, never evidence."""
    ATTEST = "chung"
    """Half an hour: one skill seen and signed; the signature itself stands in the witnesses' book."""


ACTIVITIES = {
    "guide": "Hướng dẫn làm một việc thật",
    "warn": "Dặn về lừa đảo",
    "teach": "Dạy một bài",
    "collect": "Ghi khó khăn của nhà",
}
"""The four things a team does at a door (the order's 2b and 2c)."""
CHECKED = {"alone": "Tự làm được", "prompted": "Làm được khi nhắc", "not-yet": "Chưa làm được"}
OLDEST = timedelta(days=30)
"""A visit written down later than this is told to the leader, not entered."""
MENDABLE = timedelta(days=7)
FARTHEST = timedelta(days=180)
SEEN_LATELY = timedelta(days=30)
_NUMBERS = re.compile(r"\d(?:[ .\-]?\d){7,}")
"""Eight digits and more: a telephone, a card or an account, none of which is ours to keep."""


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    """Made by the device that wrote it."""
    visit: str
    act: Act
    at: datetime
    """By the clock of the device."""
    body: Mapping[str, Any]


def standing(events: Iterable[Event]) -> dict[str, Event | None]:
    """Visit → the event that says what stands of it; None where it was withdrawn.

    The same events in any order, doubled, or from two devices end in the same state: a withdrawal stands above all, then
    the latest correction, then the visit as first written.
    """
    found: dict[str, Event] = {}
    gone: set[str] = set()
    for one in events:
        if one.act is Act.WITHDRAWN:
            gone.add(one.visit)
        elif one.visit not in found or _weight(one) > _weight(found[one.visit]):
            found[one.visit] = one
    return {visit: None if visit in gone else found[visit] for visit in sorted({*found, *gone})}


def _weight(event: Event) -> tuple[bool, datetime, str]:
    return event.act is Act.CORRECTED, event.at, event.id


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a visit."""

    kind: Kind
    visited_on: date
    present: frozenset[int]
    """Persons of the household who were at home."""
    activities: frozenset[str]
    learner: int | None = None
    skill: str = ""
    competency: str = ""
    checked: str = ""
    difficulty: str = ""
    next_on: date | None = None


def problem(told: Told, living_there: Iterable[int], competencies: Iterable[str], today: date) -> str:
    """Why it cannot be entered so; empty when it can."""
    if told.visited_on > today:
        return "future"
    if told.visited_on < today - OLDEST:
        return "too-old"
    if not told.present:
        return "nobody-home"
    if not told.present <= set(living_there):
        return "not-of-house"
    if not told.activities or not told.activities <= set(ACTIVITIES):
        return "no-activity"
    if "collect" in told.activities and not told.difficulty:
        return "no-difficulty"
    if _NUMBERS.search(told.difficulty):
        return "numbers"
    if told.next_on is not None and not told.visited_on < told.next_on <= today + FARTHEST:
        return "next"
    return _lesson_problem(told, set(competencies)) if _has_lesson(told) else ""


def _has_lesson(told: Told) -> bool:
    return told.kind is Kind.TEACH and "teach" in told.activities


def _lesson_problem(told: Told, competencies: set[str]) -> str:
    if told.learner is None or told.learner not in told.present:
        return "no-learner"
    if told.competency not in competencies:
        return "no-competency"
    return "" if told.checked in CHECKED else "not-checked"


def to_name(corrects: Mapping[str, str | None], named: Iterable[str] = ()) -> set[str]:
    """Signatures a visit is to name: the latest wording of each, and none whose earlier wording stands in a visit already.

    `corrects` is every signature of the day with the one it takes the place of.
    """
    replaced, found, known = set(corrects.values()), set(), set(named)
    for one in corrects.keys() - replaced:
        step: str | None = one
        while step is not None and step not in known:
            step = corrects.get(step)
        if step is None:
            found.add(one)
    return found


class Need(IntEnum):
    """Why a household is to be seen, the most pressing first."""

    AGREED = 1
    """The day that was agreed has come."""
    RENEW = 2
    """A petal is to be renewed soon."""
    NEAR = 3
    """One step before its flower opens."""
    NEVER = 4
    """Nobody has been there yet."""
    LONG_AGO = 5
    LATER = 6
    """Seen lately, or another day is agreed."""
    OPEN = 7
    """The whole flower is open."""


def agreed_day(last_on: date | None, next_on: date | None) -> date | None:
    """The day agreed for coming again; one that lies before the last visit is kept by it."""
    return next_on if next_on is not None and (last_on is None or next_on > last_on) else None


def need(
    today: date, last_on: date | None, next_on: date | None, *, is_open: bool, is_near: bool, renews: bool
) -> Need:
    """Why this household is to be seen next. An agreement is kept before anything else is asked."""
    agreed = agreed_day(last_on, next_on)
    if agreed is not None:
        return Need.AGREED if agreed <= today else Need.LATER
    lately = last_on is not None and last_on > today - SEEN_LATELY
    if lately:
        return Need.LATER
    if renews:
        return Need.RENEW
    if is_open:
        return Need.OPEN
    if is_near:
        return Need.NEAR
    return Need.NEVER if last_on is None else Need.LONG_AGO
