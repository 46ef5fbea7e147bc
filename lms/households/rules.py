"""On which days a household counts: interval arithmetic over memberships and skill spells. All days are inclusive.

Strict is, for some one member, the intersection of the five skill spells with the membership; union is the five covered
by anyone. Every kind of spell ends with the evidence behind it, so an expiry needs no job.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from lms.skills.rules.flowers import Flower, Petal, PetalState, twin_text

RULE_VERSION = "1"
NOTCH_DAYS = 60  # a petal is notched when its last proficient day is this near, as in a person's flower
ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    STRICT = "strict"  # one and the same member has all skills: the figure that counts
    STRICT_ADULT = "strict_adult"  # such a member is adult; strict without it is «chỉ học sinh»
    UNION = "union"  # «gộp»: all skills covered by several people; shown apart, never counted
    NEAR = "near"  # not strict, and some one member lacks exactly one: the team's visit list
    S1 = "s1"
    S2 = "s2"
    S3 = "s3"
    S4 = "s4"
    S5 = "s5"


SKILLS: tuple[str, ...] = (Kind.S1, Kind.S2, Kind.S3, Kind.S4, Kind.S5)


class Membership(NamedTuple):
    """Who lived here, to the last day inclusive; None: still does. Moving house ends one and begins another."""

    person: str
    from_on: date
    until_on: date | None = None


class SkillSpell(NamedTuple):
    """A person's stretch of proficiency, both days inclusive."""

    skill: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True, order=True)
class HouseholdSpell:
    """A longest stretch of days on which `kind` holds; `people`: who made it so on its first day."""

    kind: Kind
    from_on: date
    until_on: date
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberStatus:
    person: str
    is_adult: bool
    has: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HouseholdStatus:
    """One day. `nearest`: while nobody has all, the member who lacks least, or all who lack equally little."""

    members: tuple[MemberStatus, ...]
    strict: bool
    strict_adult: bool
    union: bool
    lacking: tuple[str, ...]  # skills nobody in the house has
    nearest: tuple[MemberStatus, ...]
    last_strict_on: date | None  # when not strict today but once: «hết hạn» after this day
    expiring: tuple[str, ...]  # skills the house has for at most 60 more days, by spells known today

    @property
    def near(self) -> bool:
        return not self.strict and any(len(member.lacks) == 1 for member in self.nearest)

    @property
    def pupil_only(self) -> bool:
        return self.strict and not self.strict_adult


def household_spells(
    memberships: Iterable[Membership],
    skill_spells: Mapping[str, Sequence[SkillSpell]],
    adult_from: Mapping[str, date | None],
) -> list[HouseholdSpell]:
    """All spells of a household, sorted. `adult_from`: the first day as an adult; absent or None: not known as one."""
    steps = sorted(_steps(memberships, skill_spells, adult_from))
    having: dict[str, Counter[str]] = {}
    running: dict[Kind, tuple[date, tuple[str, ...]]] = {}
    spells: list[HouseholdSpell] = []
    for position, (day, person, fact, change) in enumerate(steps):
        having.setdefault(person, Counter())[fact] += change
        if position + 1 < len(steps) and steps[position + 1].day == day:
            continue
        holding = _holding(having)
        for kind in [kind for kind in running if kind not in holding]:
            from_on, people = running.pop(kind)
            spells.append(HouseholdSpell(kind, from_on, day - ONE_DAY, people))
        for kind, people in holding.items():
            running.setdefault(kind, (day, people))
    return sorted(spells)


def status(
    memberships: Iterable[Membership],
    skill_spells: Mapping[str, Sequence[SkillSpell]],
    adult_from: Mapping[str, date | None],
    as_of: date,
) -> HouseholdStatus:
    memberships = list(memberships)
    members = [
        _member_on(person, skill_spells.get(person, ()), adult_from.get(person), as_of)
        for person in sorted({one.person for one in memberships if _covers(one, as_of)})
    ]
    complete = [member for member in members if not member.lacks]
    covered = {skill for member in members for skill in member.has}
    fewest = min((len(member.lacks) for member in members if member.has), default=None)
    spells = household_spells(memberships, skill_spells, adult_from)
    past = [one.until_on for one in spells if one.kind is Kind.STRICT and one.until_on < as_of]
    near_end = as_of + timedelta(days=NOTCH_DAYS)
    last_days = {one.kind: one.until_on for one in spells if one.from_on <= as_of <= one.until_on}
    return HouseholdStatus(
        members=tuple(members),
        strict=bool(complete),
        strict_adult=any(member.is_adult for member in complete),
        union=len(covered) == len(SKILLS),
        lacking=tuple(skill for skill in SKILLS if skill not in covered),
        nearest=() if complete else tuple(member for member in members if len(member.lacks) == fewest and member.has),
        last_strict_on=None if complete else max(past, default=None),
        expiring=tuple(skill for skill in SKILLS if skill in covered and last_days[Kind(skill)] <= near_end),
    )


def household_flower(now: HouseholdStatus, short_names: Mapping[str, str]) -> Flower:
    """A petal is full if some member has the skill; the heart is golden only if one and the same member has all."""
    petals = tuple(
        Petal(skill, PetalState.NONE if skill in now.lacking else PetalState.FULL, skill in now.expiring)
        for skill in short_names
    )
    text = twin_text(short_names, now.lacking)
    if now.union:
        text += " · một người đủ cả năm" if now.strict else " · chưa có một người đủ cả năm"
    return Flower(petals, golden=now.strict, text=text)


def changes(
    old: Iterable[HouseholdSpell], wanted: Iterable[HouseholdSpell]
) -> tuple[list[HouseholdSpell], list[HouseholdSpell]]:
    """(superseded, added): stored spells that no longer hold as written, and spells to write. No change, no row."""
    before, after = set(old), set(wanted)
    return sorted(before - after), sorted(after - before)


class _Step(NamedTuple):
    """From this day a person has one more, or one less, reason to be counted for a fact (a skill, or being adult)."""

    day: date
    person: str
    fact: str
    change: int


_ADULT = "adult"


def _steps(
    memberships: Iterable[Membership],
    skill_spells: Mapping[str, Sequence[SkillSpell]],
    adult_from: Mapping[str, date | None],
) -> Iterable[_Step]:
    for member in memberships:
        adult = adult_from.get(member.person)
        facts = list(skill_spells.get(member.person, ()))
        if adult is not None:
            facts.append(SkillSpell(_ADULT, adult, date.max))
        for spell in facts:
            from_on = max(member.from_on, spell.from_on)
            until_on = min(member.until_on or date.max, spell.until_on)
            if from_on <= until_on:
                yield _Step(from_on, member.person, spell.skill, 1)
                if until_on < date.max:
                    yield _Step(until_on + ONE_DAY, member.person, spell.skill, -1)


def _holding(having: Mapping[str, Counter[str]]) -> dict[Kind, tuple[str, ...]]:
    """Which kinds hold while the members have these skills, and through whom."""
    has = {person: [skill for skill in SKILLS if facts[skill] > 0] for person, facts in sorted(having.items())}
    complete = [person for person, skills in has.items() if len(skills) == len(SKILLS)]
    holding = {Kind(skill): tuple(one for one, skills in has.items() if skill in skills) for skill in SKILLS}
    if all(holding.values()):
        holding[Kind.UNION] = tuple(person for person, skills in has.items() if skills)
    holding[Kind.STRICT] = tuple(complete)
    holding[Kind.STRICT_ADULT] = tuple(person for person in complete if having[person][_ADULT] > 0)
    if not complete:
        holding[Kind.NEAR] = tuple(one for one, skills in has.items() if len(skills) == len(SKILLS) - 1)
    return {kind: people for kind, people in holding.items() if people}


def _member_on(person: str, spells: Sequence[SkillSpell], adult: date | None, day: date) -> MemberStatus:
    held = {spell.skill for spell in spells if spell.from_on <= day <= spell.until_on}
    return MemberStatus(
        person,
        adult is not None and adult <= day,
        tuple(skill for skill in SKILLS if skill in held),
        tuple(skill for skill in SKILLS if skill not in held),
    )


def _covers(membership: Membership, day: date) -> bool:
    return membership.from_on <= day and (membership.until_on is None or day <= membership.until_on)
