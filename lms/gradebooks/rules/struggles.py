"""Who keeps failing at one thing, and which mistake they share. Pure; it names nobody before anybody else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PRACTICE, RECORDED = 1, 2
"""What one failure weighs: a wrong check, or a competency to revise after a recorded test."""
ENOUGH = 3
"""Three wrong checks in a row, two failed tests, or a failed test and a wrong check."""
LOOKED_BACK = timedelta(days=120)
"""About a term: what went wrong a year ago is not this week's lesson."""
RENEWAL_MONTHS = (4, 5)
LAPSED_FOR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Tried:
    """One answer or test of one person in one competency."""

    id: str
    person: int
    competency: str
    right: bool
    weight: int
    at: datetime
    mistakes: tuple[str, ...] = ()
    """What practice said to the wrong options chosen: the misconception in kind words."""
    step: str = ""
    """`<lesson>#<step>` that treats it."""


@dataclass(frozen=True, slots=True)
class Struggle:
    """Those who are stuck at one competency, and what they share."""

    competency: str
    people: tuple[int, ...]
    shared: tuple[tuple[str, tuple[int, ...]], ...]
    """(misconception, who has it): the one most have first, then by its words."""
    steps: tuple[str, ...]


def struggles(tried: Iterable[Tried]) -> list[Struggle]:
    """By competency id; people in the order of their ids, for this is no ranking."""
    open_now: dict[tuple[int, str], list[Tried]] = {}
    for one in sorted(tried, key=lambda each: (each.at, each.id)):
        failed = open_now.setdefault((one.person, one.competency), [])
        if one.right:
            failed.clear()
        else:
            failed.append(one)
    stuck: dict[str, dict[int, list[Tried]]] = {}
    for (person, competency), failed in open_now.items():
        if sum(one.weight for one in failed) >= ENOUGH:
            stuck.setdefault(competency, {})[person] = failed
    return [_struggle(competency, stuck[competency]) for competency in sorted(stuck)]


def _struggle(competency: str, failed: Mapping[int, list[Tried]]) -> Struggle:
    having: dict[str, set[int]] = {}
    steps: dict[str, None] = {}
    for person, tries in failed.items():
        for one in tries:
            for mistake in one.mistakes:
                having.setdefault(mistake, set()).add(person)
            if one.step:
                steps[one.step] = None
    shared = sorted(having.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return Struggle(
        competency,
        tuple(sorted(failed)),
        tuple((mistake, tuple(sorted(people))) for mistake, people in shared),
        tuple(sorted(steps)),
    )


def is_due(last_day: date, opens_days: int, today: date) -> bool:
    """Whether a proficiency is to be renewed now: its window is open, or it lapsed within the last year.

    In April and May also what opens up to the end of May: the next school lesson is in September.
    """
    horizon = date(today.year, 5, 31) if today.month in RENEWAL_MONTHS else today
    return last_day >= today - LAPSED_FOR and last_day - timedelta(days=opens_days) <= horizon


def latest(spells: Iterable[tuple[int, str, date]], skills: Collection[str]) -> dict[tuple[int, str], date]:
    """(person, skill) → the last day of the latest spell."""
    found: dict[tuple[int, str], date] = {}
    for person, skill, last_day in spells:
        if skill in skills:
            found[person, skill] = max(last_day, found.get((person, skill), date.min))
    return found
