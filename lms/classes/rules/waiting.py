"""When a pupil reads the result of a recorded test: at once, or after an assignment of its skill has closed; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lms.skills.rules.days import local_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work given with «results after closing»."""

    opens_on: date
    due_on: date
    """Its last day."""
    chosen_at: datetime
    """When the teacher chose so: what was handed in before has been read already."""

    def covers(self, handed_in_at: datetime) -> bool:
        return handed_in_at >= self.chosen_at and self.opens_on <= local_day(handed_in_at) <= self.due_on


def told_from(handed_in_at: datetime, waiting: Iterable[Waiting], today: date) -> date | None:
    """The first day the result is told; nothing where it may be read today. `waiting`: work of the test's own skill.

    What is handed in late, or before the work was given, belongs to no such work. Where several cover it, the last counts.
    """
    last = max((one.due_on for one in waiting if one.covers(handed_in_at)), default=None)
    if last is None or last < today:
        return None
    return last + timedelta(days=1)
