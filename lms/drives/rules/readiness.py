"""Who of a team has which part of the road. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SKILLS = 5
SOON = timedelta(days=60)
"""A certificate or a skill that ends within so many days is told of now: the time a renewal takes."""


class Part(StrEnum):
    """Of the road of a member, in its order."""

    SKILLS = "skills"
    """Proficient in all five themselves."""
    LESSON = "lesson"
    """The observers' five questions answered."""
    EXAM = "exam"
    """The supervised exam of the team's course passed."""
    CERTIFICATE = "certificate"
    """A certificate that stands."""


@dataclass(frozen=True, slots=True)
class Road:
    skills: int
    """How many of the five are held today."""
    has_lesson: bool
    has_exam: bool
    certificate_last_day: date | None
    """Of the certificate that lasts longest."""


def lacking(road: Road, today: date) -> tuple[Part, ...]:
    """What is still before somebody, the nearest first; the first of them is what to do next."""
    last = road.certificate_last_day
    held = {
        Part.SKILLS: road.skills >= SKILLS,
        Part.LESSON: road.has_lesson,
        Part.EXAM: road.has_exam,
        Part.CERTIFICATE: last is not None and last >= today,
    }
    return tuple(part for part in Part if not held[part])


def ends_soon(last_day: date | None, today: date) -> bool:
    """It still holds today, and ends within sixty days."""
    return last_day is not None and today <= last_day <= today + SOON


def have_each(roads: Iterable[Road], today: date) -> dict[Part, int]:
    """How many of a team have each part: about the team, so that no person need be named."""
    counts = dict.fromkeys(Part, 0)
    for road in roads:
        missing = lacking(road, today)
        for part in Part:
            counts[part] += part not in missing
    return counts
