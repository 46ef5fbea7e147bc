"""Every SELECT about households."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from lms.access.actor import Actor
from lms.db import db
from lms.households.models import Household, HouseholdSpell, Member
from lms.people.models import Person
from lms.places.queries import holds_on, visible_unit_ids
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


def visible_to(actor: Actor, today: date) -> Select[tuple[Household]]:
    """Households in the actor's units or in the villages of the actor's teams."""
    units = visible_unit_ids(actor, today)
    if units is None:
        return select(Household)
    return select(Household).where(Household.unit_id.in_(units) | Household.unit_id.in_(village_ids_of(actor, today)))


def found(statement: Select[tuple[Household]], words: str) -> Select[tuple[Household]]:
    """Narrowed to names or codes containing the words, accents aside."""
    key = search_key(words).replace("\\", "").replace("%", "").replace("_", "")
    return statement.where(Household.search_key.contains(key)) if key else statement


def member_person_ids(actor: Actor, today: date) -> Select[tuple[int]]:
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
