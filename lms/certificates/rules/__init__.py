"""What has been earned, by which kind of certificate, and until when. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SKILLS = ("s1", "s2", "s3", "s4", "s5")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of certificate, as data: which skills it needs and how long it lasts at most."""

    id: str
    title: str
    needs: tuple[str, ...]
    most_months: int
    """It ends with the first of its skills, and after so many months at the latest."""


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("five", "Năm kỹ năng số cơ bản", SKILLS, 24),
        *(Kind(skill, "Một kỹ năng số cơ bản", (skill,), 24) for skill in SKILLS),
    )
}


def covering(kind: Kind) -> list[str]:
    """Kinds that say as much as this one or more: whoever has all five needs no sheet for each."""
    return [one.id for one in KINDS.values() if set(kind.needs) <= set(one.needs)]


RENEWED_DAYS = 60
"""So long before its end a certificate may be followed by the next one."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody is proficient in a skill from a day up to, and excluding, another: a skill spell."""

    skill: str
    from_on: date
    until_on: date
    events: tuple[str, ...] = ()
    """What gave it."""


@dataclass(frozen=True, slots=True)
class Earned:
    kind: str
    skills: tuple[tuple[str, date], ...]
    """Each skill with the last day it holds."""
    last_day: date
    events: tuple[str, ...]


def earned(holdings: Iterable[Holding], on_day: date, kind: Kind) -> Earned | None:
    """What a person has earned on a day: every skill the kind needs is held on it; None when one is not."""
    held: dict[str, Holding] = {}
    for one in holdings:
        if one.from_on <= on_day < one.until_on:
            best = held.get(one.skill)
            if best is None or (one.until_on, one.from_on) > (best.until_on, best.from_on):
                held[one.skill] = one
    if not set(kind.needs) <= held.keys():
        return None
    skills = tuple((skill, held[skill].until_on - timedelta(days=1)) for skill in kind.needs)
    last_day = min(*(day for _skill, day in skills), _months_on(on_day, kind.most_months))
    events = tuple(sorted({event for skill in kind.needs for event in held[skill].events}))
    return Earned(kind.id, skills, last_day, events)


def may_follow(standing_last_days: Iterable[date], on_day: date) -> bool:
    """Whether a new certificate of a kind may be proposed beside those that stand: none, or all about to end."""
    return all(last - on_day <= timedelta(days=RENEWED_DAYS) for last in standing_last_days)


def signing_problem(signer: int, people: Sequence[int], attested: Iterable[int]) -> str:
    """Why this officer may not sign a batch, as a code; empty when they may. Ids are of canonical persons."""
    if signer in set(people):
        return "own"
    return "attested" if signer in set(attested) else ""


def _months_on(day: date, months: int) -> date:
    """The last day of a validity of so many months that begins on a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1) - timedelta(days=1)
