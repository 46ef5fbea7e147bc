"""Every SELECT about households."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Select, bindparam, false, func, select

from lms.access.actor import Actor
from lms.db import db, fetch
from lms.households.models import Household, HouseholdCharge, HouseholdSpell, Member
from lms.people.models import Person
from lms.places.models import Unit
from lms.places.queries import AS_AT, holds_on, visible_unit_ids
from lms.skills.queries import EXPIRING_DAYS, framework
from lms.skills.rules.flowers import Flower, Petal, PetalState, twin_text
from lms.teams.models import TeamMember
from lms.teams.queries import IS_SEEN, asking, village_ids_of
from lms.vietnamese import search_key

RELATIONS = {
    "chu-ho": "Chủ hộ",
    "vo-chong": "Vợ, chồng",
    "con": "Con",
    "cha-me": "Cha, mẹ",
    "ong-ba": "Ông, bà",
    "chau": "Cháu",
    "anh-chi-em": "Anh, chị, em",
    "khac": "Khác",
}


def visible_to(actor: Actor, today: date) -> Select[Household]:
    """Households in the actor's units or in the villages of the actor's teams."""
    units = visible_unit_ids(actor, today)
    if units is None:
        return select(Household)
    return select(Household).where(Household.unit_id.in_(units) | Household.unit_id.in_(village_ids_of(actor, today)))


def found(statement: Select[Household], words: str) -> Select[Household]:
    """Narrowed to names or codes containing the words, accents aside."""
    key = search_key(words).replace("\\", "").replace("%", "").replace("_", "")
    if words.strip() and not key:
        return statement.where(false())  # only signs: nothing is called so
    return statement.where(Household.search_key.contains(key)) if key else statement


def member_person_ids(actor: Actor, today: date) -> Select[int]:
    """Ids of the people living in households the actor may see."""
    households = visible_to(actor, today).with_only_columns(Household.id)
    return select(Member.person_id).where(Member.household_id.in_(households), *holds_on(today, Member))


_SEEN = (
    select(Household, Unit.name)
    .join(Unit, Unit.id == Household.unit_id)
    .where(Household.id == bindparam("household"), IS_SEEN)
)
_SHOWN = _SEEN.with_only_columns(
    Household.id, Household.code, Household.head_name, Household.unit_id, Unit.name.label("village")
)
_EVERYBODY = (
    select(
        Member.person_id,
        Member.relation,
        Member.from_on,
        Member.until_on,
        Person.full_name,
        Person.name_key,
        Person.birth_year,
    )
    .join(Person, Person.id == Member.person_id)
    .where(Member.household_id == bindparam("household"))
    .order_by(Member.from_on, Member.id)
)


def seen(actor: Actor, household_id: int, today: date) -> tuple[Household, str] | None:
    """The household and the name of its village; None outside the actor's scope."""
    row = db.session.execute(_SEEN, {"household": household_id, **asking(actor, today)}).first()
    return (row[0], row[1]) if row else None


def shown(actor: Actor, household_id: int, today: date) -> Any:
    """What its page says of the household, as a plain row; None outside the actor's scope."""
    rows = fetch(_SHOWN, household=household_id, **asking(actor, today))
    return rows[0] if rows else None


def all_members(household_id: int) -> Sequence[Any]:
    """Everybody who ever lived there, for its history: plain rows of the membership and the person."""
    return fetch(_EVERYBODY, household=household_id)


def members_on(household_id: int, day: date) -> list[Any]:
    """Who lives there on a day, the head first, then the oldest."""
    return living(all_members(household_id), day)


def living(everybody: Iterable[Any], day: date) -> list[Any]:
    """Those of a household who live there on a day, the head first, then the oldest; unknown ages last."""
    there = [one for one in everybody if one.from_on <= day and (one.until_on is None or one.until_on > day)]
    return sorted(
        there, key=lambda one: (one.relation != "chu-ho", one.birth_year or 9999, one.name_key, one.person_id)
    )


def member_on(household_id: int, person_id: int, day: date) -> tuple[Member, Person] | None:
    """The membership and the person, if they live there on that day."""
    wanted = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.household_id == household_id, Member.person_id == person_id, *holds_on(day, Member))
    )
    row = db.session.execute(wanted).first()
    return (row[0], row[1]) if row else None


def household_of(person_id: int, day: date) -> Household | None:
    """The household a person lives in on a day."""
    wanted = (
        select(Household)
        .join(Member, Member.household_id == Household.id)
        .where(Member.person_id == person_id, *holds_on(day, Member))
    )
    return db.session.scalar(wanted)


_SPELLS = (
    select(
        HouseholdSpell.kind,
        HouseholdSpell.from_on,
        HouseholdSpell.until_on,
        HouseholdSpell.reason,
    )
    .where(HouseholdSpell.household_id == bindparam("household"), HouseholdSpell.superseded_at.is_(None))
    .order_by(HouseholdSpell.from_on, HouseholdSpell.kind, HouseholdSpell.id)
)


def units_of(households: Iterable[Household]) -> list[Unit]:
    """The villages of some households, in one statement."""
    return list(db.session.scalars(select(Unit).where(Unit.id.in_({row.unit_id for row in households}))))


def flowers(household_ids: Sequence[int], as_of: date) -> dict[int, Flower]:
    """Household → flower on a day, for lists and gardens, in one statement over the stored conclusions."""
    order, made = tuple(framework().short_names), flower_maker()
    held: dict[int, dict[str, date | None]] = {id: {} for id in household_ids}
    for id, kind, until in fetch(_HELD, households=list(held), kinds=[*order, "strict"], as_at=as_of):
        held[id][kind] = until
    return {id: made(_states(kinds, order, soon(as_of)), "strict" in kinds) for id, kinds in held.items()}


def soon(as_of: date) -> date:
    """What ends by this day is to be renewed."""
    return as_of + timedelta(days=EXPIRING_DAYS)


def _states(held: Mapping[str, date | None], order: Iterable[str], soon: date) -> tuple[int, ...]:
    return tuple((1 if (held[skill] or date.max) <= soon else 2) if skill in held else 0 for skill in order)


def flower_maker() -> Callable[[tuple[int, ...], bool], Flower]:
    """Makes a household's flower from its petals in their order (0 nobody has the skill, 1 to be renewed soon, 2 held) and
    whether one member has all."""
    short_names = framework().short_names
    return partial(_flower, tuple(short_names), tuple(short_names.values()))


@lru_cache(maxsize=4096)
def _flower(order: tuple[str, ...], names: tuple[str, ...], states: tuple[int, ...], strict: bool) -> Flower:
    """There are few different flowers in a village; each is put together once."""
    petals = [
        Petal(skill, PetalState.FULL if state else PetalState.NONE, state == 1)
        for skill, state in zip(order, states, strict=True)
    ]
    lacking = [skill for skill, state in zip(order, states, strict=True) if not state]
    text = twin_text(dict(zip(order, names, strict=True)), lacking)
    if not lacking and order:
        text += " · một người đủ cả năm" if strict else " · chưa có một người đủ cả năm"
    return Flower(tuple(petals), strict, text)


_HELD = select(HouseholdSpell.household_id, HouseholdSpell.kind, HouseholdSpell.until_on).where(
    HouseholdSpell.household_id.in_(bindparam("households", expanding=True)),
    HouseholdSpell.superseded_at.is_(None),
    HouseholdSpell.kind.in_(bindparam("kinds", expanding=True)),
    *holds_on(AS_AT, HouseholdSpell),
)


@dataclass(frozen=True)
class Turn:
    """One line of a household's history: on this day something began or ended, and through whom."""

    day: date
    kind: str
    begins: bool
    names: tuple[str, ...]


def history(household_id: int, names: Mapping[str, str]) -> list[Turn]:
    """What happened to the household's flower, the latest first; `names` by person id, of all who ever lived there."""
    turns = []
    for spell in fetch(_SPELLS, household=household_id):
        if spell.kind not in HISTORY_KINDS:
            continue
        people = tuple(names.get(one, "") for one in spell.reason.get("people", ()))
        turns.append(Turn(spell.from_on, spell.kind, True, people))
        if spell.until_on:
            turns.append(Turn(spell.until_on, spell.kind, False, people))
    return sorted(turns, key=lambda turn: (turn.day, turn.kind, turn.begins), reverse=True)


HISTORY_KINDS = ("strict", "union", "s1", "s2", "s3", "s4", "s5")


def charges_held(today: date) -> Any:
    """(household, member of a team, person) of every charge that holds today: it has not ended, and the member is in the team."""
    return (
        select(HouseholdCharge.household_id, HouseholdCharge.member_id, TeamMember.person_id)
        .join(TeamMember, TeamMember.id == HouseholdCharge.member_id)
        .where(*holds_on(today, HouseholdCharge, TeamMember))
    )


def in_charge_of(member_id: int) -> Select[Household]:
    """Households one member has, whether or not they are still in the team: whoever left has some to hand over."""
    held = select(HouseholdCharge.household_id).where(
        HouseholdCharge.member_id == member_id, HouseholdCharge.until_on.is_(None)
    )
    return select(Household).where(Household.id.in_(held), Household.until_on.is_(None))


def to_be_charged(team_id: int, member_id: int, unit_id: int, only_free: bool, today: date) -> Select[Household]:
    """Households of a village of the team that this member does not have; those nobody of the team has, if asked so."""
    mine = select(HouseholdCharge.household_id).where(
        HouseholdCharge.member_id == member_id, HouseholdCharge.until_on.is_(None)
    )
    wanted = select(Household).where(
        Household.unit_id == unit_id, Household.until_on.is_(None), Household.id.not_in(mine)
    )
    return wanted.where(Household.id.not_in(_charged_by(team_id, today))) if only_free else wanted


def who_has(team_id: int, household_ids: Sequence[int], today: date) -> dict[int, str]:
    """Household → the name of the member of the team in whose charge it is."""
    wanted = (
        charges_held(today)
        .join(Person, Person.id == TeamMember.person_id)
        .with_only_columns(HouseholdCharge.household_id, Person.full_name)
        .where(TeamMember.team_id == team_id, HouseholdCharge.household_id.in_(household_ids))
    )
    return {household: name for household, name in db.session.execute(wanted)}


def without_charge(team_id: int, unit_ids: Sequence[int], today: date) -> dict[int, int]:
    """Village → how many of its households nobody of the team has."""
    wanted = (
        select(Household.unit_id, func.count())
        .where(Household.unit_id.in_(unit_ids), Household.until_on.is_(None))
        .where(Household.id.not_in(_charged_by(team_id, today)))
        .group_by(Household.unit_id)
    )
    return {**dict.fromkeys(unit_ids, 0), **{unit: count for unit, count in db.session.execute(wanted)}}


def own_charge(person_id: int, today: date) -> set[int]:
    """Households in somebody's own charge today."""
    wanted = charges_held(today).where(TeamMember.person_id == person_id)
    return {row.household_id for row in db.session.execute(wanted)}


def open_charges(team_id: int, household_ids: Sequence[int]) -> list[HouseholdCharge]:
    """Charges of the team over these households that have no end yet."""
    wanted = (
        select(HouseholdCharge)
        .join(TeamMember, TeamMember.id == HouseholdCharge.member_id)
        .where(TeamMember.team_id == team_id, HouseholdCharge.until_on.is_(None))
        .where(HouseholdCharge.household_id.in_(household_ids))
        .order_by(HouseholdCharge.id)
    )
    return list(db.session.scalars(wanted))


def _charged_by(team_id: int, today: date) -> Select[int]:
    held: Select[int] = charges_held(today).where(TeamMember.team_id == team_id)
    return held.with_only_columns(HouseholdCharge.household_id)
