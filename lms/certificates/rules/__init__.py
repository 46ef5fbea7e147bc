"""What has been earned, by which kind of certificate, and until when. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SKILLS = ("s1", "s2", "s3", "s4", "s5")
PARTS = ("lesson", "exam", "visit")
"""Of the road of a member: the observers' questions, the supervised exam of the team's course, one observed visit."""
PART_MONTHS = 24
"""So long a part is fresh enough for a certificate; then it is done anew (ours; docs/decisions/0045)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of certificate, as data: which skills it needs and how long it lasts at most."""

    id: str
    title: str
    needs: tuple[str, ...]
    most_months: int
    """It ends with the first of its skills and parts, and after so many months at the latest."""
    parts: tuple[str, ...] = ()
    """What else has to be passed (`PARTS`)."""

    @property
    def criteria(self) -> str:
        """What it stands for, in one sentence of the paper and of the credential."""
        more = "; qua bài thi có người coi và một lượt thăm có người dự" if self.parts else ""
        return f"Mỗi kỹ năng đủ ba chìa: biết, làm, có người chứng{more}."


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("five", "Năm kỹ năng số cơ bản", SKILLS, 24),
        Kind("member", "Thành viên tổ công nghệ số cộng đồng", SKILLS, 24, PARTS),
        *(Kind(skill, "Một kỹ năng số cơ bản", (skill,), 24) for skill in SKILLS),
    )
}


def covering(kind: Kind) -> list[str]:
    """Kinds that say as much as this one or more: whoever has all five needs no sheet for each."""
    asked = {*kind.needs, *kind.parts}
    return [one.id for one in KINDS.values() if asked <= {*one.needs, *one.parts}]


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
class Proof:
    """A part of the road of a member, passed on a day."""

    part: str
    on_day: date
    event: str
    """The attempt or the observed visit."""
    by: frozenset[int] = frozenset()
    """Canonical persons who answer for it."""

    @property
    def last_day(self) -> date:
        return _months_on(self.on_day, PART_MONTHS)


@dataclass(frozen=True, slots=True)
class Earned:
    kind: str
    skills: tuple[tuple[str, date], ...]
    """Each skill with the last day it holds."""
    last_day: date
    events: tuple[str, ...]
    parts: tuple[tuple[str, date], ...] = ()
    """Each part with the day it was passed."""
    by: frozenset[int] = frozenset()
    """Who answers for a part."""


def freshest(proofs: Iterable[Proof], on_day: date) -> dict[str, Proof]:
    """Part → the latest proof of it that is still fresh on a day."""
    found: dict[str, Proof] = {}
    for one in sorted(proofs, key=lambda proof: (proof.on_day, proof.event)):
        if one.on_day <= on_day <= one.last_day:
            found[one.part] = one
    return found


def earned(holdings: Iterable[Holding], on_day: date, kind: Kind, proofs: Iterable[Proof] = ()) -> Earned | None:
    """What a person has earned on a day: every skill and part the kind needs is held on it; None when one is not."""
    held: dict[str, Holding] = {}
    for one in holdings:
        if one.from_on <= on_day < one.until_on:
            best = held.get(one.skill)
            if best is None or (one.until_on, one.from_on) > (best.until_on, best.from_on):
                held[one.skill] = one
    done = freshest(proofs, on_day)
    if not (set(kind.needs) <= held.keys() and set(kind.parts) <= done.keys()):
        return None
    skills = tuple((skill, held[skill].until_on - timedelta(days=1)) for skill in kind.needs)
    parts = [done[part] for part in kind.parts]
    ends = [*(day for _skill, day in skills), *(one.last_day for one in parts)]
    events = {event for skill in kind.needs for event in held[skill].events} | {one.event for one in parts}
    return Earned(
        kind.id,
        skills,
        min(*ends, _months_on(on_day, kind.most_months)),
        tuple(sorted(events)),
        tuple((one.part, one.on_day) for one in parts),
        frozenset(person for one in parts for person in one.by),
    )


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
