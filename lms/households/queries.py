"""Every SELECT about households."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from lms.access.actor import Actor
from lms.db import db
from lms.households.models import Household, HouseholdSpell, Member
from lms.people.models import Person
from lms.places.models import Unit
from lms.places.queries import holds_on, visible_unit_ids
from lms.skills.queries import EXPIRING_DAYS, framework
from lms.skills.rules.flowers import Flower, Petal, PetalState, twin_text
from lms.teams.queries import village_ids_of
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
    return statement.where(Household.search_key.contains(key)) if key else statement


def member_person_ids(actor: Actor, today: date) -> Select[int]:
    """Ids of the people living in households the actor may see."""
    households = visible_to(actor, today).with_only_columns(Household.id)
    return select(Member.person_id).where(Member.household_id.in_(households), *holds_on(today, Member))


def members_on(household_id: int, day: date) -> list[tuple[Member, Person]]:
    """Who lives there on a day, the head first."""
    wanted = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.household_id == household_id, *holds_on(day, Member))
        .order_by((Member.relation != "chu-ho"), Person.birth_year, Person.name_key, Person.id)
    )
    return [(member, person) for member, person in db.session.execute(wanted)]


def all_members(household_id: int) -> list[tuple[Member, Person]]:
    """Everybody who ever lived there, for its history."""
    wanted = (
        select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.household_id == household_id)
        .order_by(Member.from_on, Member.id)
    )
    return [(member, person) for member, person in db.session.execute(wanted)]


def household_ids_of(person_id: int) -> list[int]:
    """Every household a person ever belonged to."""
    return list(
        db.session.scalars(
            select(Member.household_id).where(Member.person_id == person_id).distinct().order_by(Member.household_id)
        )
    )


def household_of(person_id: int, day: date) -> Household | None:
    """The household a person lives in on a day."""
    wanted = (
        select(Household)
        .join(Member, Member.household_id == Household.id)
        .where(Member.person_id == person_id, *holds_on(day, Member))
    )
    return db.session.scalar(wanted)


def households_of(person_ids: Sequence[int], day: date) -> dict[int, Household]:
    """Person id → household on a day, in one statement."""
    wanted = (
        select(Member.person_id, Household)
        .join(Household, Household.id == Member.household_id)
        .where(Member.person_id.in_(person_ids), *holds_on(day, Member))
    )
    return {person: household for person, household in db.session.execute(wanted)}


def spells_of(household_id: int) -> list[HouseholdSpell]:
    """The standing conclusions about a household, oldest first."""
    wanted = select(HouseholdSpell).where(
        HouseholdSpell.household_id == household_id, HouseholdSpell.superseded_at.is_(None)
    )
    return list(db.session.scalars(wanted.order_by(HouseholdSpell.from_on, HouseholdSpell.kind, HouseholdSpell.id)))


def units_of(households: Iterable[Household]) -> list[Unit]:
    """The villages of some households, in one statement."""
    return list(db.session.scalars(select(Unit).where(Unit.id.in_({row.unit_id for row in households}))))


def flowers(household_ids: Sequence[int], as_of: date) -> dict[int, Flower]:
    """Household → flower on a day, for lists and gardens, in one statement over the stored conclusions."""
    short_names = framework().short_names
    wanted = select(HouseholdSpell.household_id, HouseholdSpell.kind, HouseholdSpell.until_on).where(
        HouseholdSpell.household_id.in_(household_ids),
        HouseholdSpell.superseded_at.is_(None),
        HouseholdSpell.kind.in_([*short_names, "strict"]),
        *holds_on(as_of, HouseholdSpell),
    )
    held: dict[int, dict[str, date | None]] = {id: {} for id in household_ids}
    for id, kind, until in db.session.execute(wanted):
        held[id][kind] = until
    return {id: _flower(kinds, list(short_names), as_of) for id, kinds in held.items()}


def _flower(held: dict[str, date | None], order: list[str], as_of: date) -> Flower:
    petals = []
    for skill in order:
        until = held.get(skill)
        notch = until is not None and (until - as_of).days <= EXPIRING_DAYS
        petals.append(Petal(skill, PetalState.FULL if skill in held else PetalState.NONE, notch))
    lacking = [skill for skill in order if skill not in held]
    text = twin_text(framework().short_names, lacking)
    if not lacking and order:
        text += " · một người đủ cả năm" if "strict" in held else " · chưa có một người đủ cả năm"
    return Flower(tuple(petals), "strict" in held, text)


@dataclass(frozen=True)
class Turn:
    """One line of a household's history: on this day something began or ended, and through whom."""

    day: date
    kind: str
    begins: bool
    names: tuple[str, ...]


def history(household_id: int) -> list[Turn]:
    """What happened to the household's flower, the latest first."""
    names = {str(person.id): person.full_name for _member, person in all_members(household_id)}
    turns = []
    for spell in spells_of(household_id):
        if spell.kind not in HISTORY_KINDS:
            continue
        people = tuple(names.get(one, "") for one in spell.reason.get("people", ()))
        turns.append(Turn(spell.from_on, spell.kind, True, people))
        if spell.until_on:
            turns.append(Turn(spell.until_on, spell.kind, False, people))
    return sorted(turns, key=lambda turn: (turn.day, turn.kind, turn.begins), reverse=True)


HISTORY_KINDS = ("strict", "union", "s1", "s2", "s3", "s4", "s5")
