"""Who of a team has which part of the road. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

SKILLS = 5
SOON = timedelta(days=60)
"""A certificate, a part or a skill that ends within so many days is told of now: the time a renewal takes."""


class Part(StrEnum):
    """Of the road of a member, in its order. Those between the skills and the certificate are `certificates.rules.PARTS`."""

    SKILLS = "skills"
    """Proficient in all five themselves."""
    LESSON = "lesson"
    """The observers' five questions answered."""
    EXAM = "exam"
    """The supervised exam of the team's course passed."""
    VISIT = "visit"
    """One visit to a home that somebody went along with."""
    CERTIFICATE = "certificate"
    """A members' certificate that stands."""


@dataclass(frozen=True, slots=True)
class Road:
    skills: int
    """How many of the five are held today."""
    fresh: Mapping[str, date] = field(default_factory=dict)
    """Part that was passed → the last day it is fresh enough for a certificate."""
    certificate_last_day: date | None = None
    """Of the certificate that lasts longest."""


def lacking(road: Road, today: date) -> tuple[Part, ...]:
    """What is still before somebody, the nearest first; the first of them is what to do next."""
    last = road.certificate_last_day
    held = {part: road.fresh.get(part, date.min) >= today for part in Part}
    held[Part.SKILLS] = road.skills >= SKILLS
    held[Part.CERTIFICATE] = last is not None and last >= today
    return tuple(part for part in Part if not held[part])


def ends_soon(last_day: date | None, today: date) -> bool:
    """It still holds today, and ends within sixty days."""
    return last_day is not None and today <= last_day <= today + SOON


def ending(road: Road, skills: Mapping[str, date], today: date) -> tuple[tuple[str, date], ...]:
    """What of somebody ends within sixty days and is to be refreshed: skills by their ids, then parts, with their last day."""
    parts = [(part, road.fresh.get(part)) for part in Part]
    all_of_it = [*sorted(skills.items()), *parts, (str(Part.CERTIFICATE), road.certificate_last_day)]
    return tuple((str(what), last) for what, last in all_of_it if last is not None and ends_soon(last, today))


def have_each(roads: Iterable[Road], today: date) -> dict[Part, int]:
    """How many of a team have each part: about the team, so that no person need be named."""
    counts = dict.fromkeys(Part, 0)
    for road in roads:
        missing = lacking(road, today)
        for part in Part:
            counts[part] += part not in missing
    return counts
