"""Who at school may be whom in a household: candidate pairs for an officer, confirmed and rejected ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes.models import Enrolment, SchoolClass
from lms.db import db
from lms.households.models import Household, Member
from lms.households.queries import visible_to as visible_households
from lms.people.models import Consent, Person, PersonLink
from lms.places.models import Site, Unit
from lms.places.queries import UNIT_ROLES, holds_on, unit_ids_below
from lms.vietnamese import fold

School = aliased(Person, name="school_person")
Commune = aliased(Person, name="commune_person")
SHOWN = 50


@dataclass(frozen=True)
class Pair:
    """A pupil and a household member who may be one person, with what an officer compares."""

    school: Person
    commune: Person
    enrolment: Enrolment
    room: SchoolClass
    site: Site
    household: Household
    village: Unit

    @property
    def key(self) -> tuple[int, int]:
        return (self.school.id, self.commune.id)

    @property
    def stated(self) -> dict[str, Any]:
        """What the school's list says of the home."""
        return self.enrolment.stated_home or {}

    @property
    def same_head(self) -> bool:
        return bool(self.stated.get("head")) and fold(self.stated["head"]) == fold(self.household.head_name)

    @property
    def same_village(self) -> bool:
        return bool(self.stated.get("village")) and fold(self.stated["village"]) == fold(self.village.name)


def pairs_for(actor: Actor, today: date) -> tuple[Select[Any], Sequence[Any]]:
    """Candidates not decided yet, and the columns they are ordered by: same name accents aside, same year of birth."""
    wanted = _together(actor, today).where(
        School.search_key == Commune.search_key,
        School.birth_year == Commune.birth_year,
        School.canonical_id.is_(None),
        Commune.canonical_id.is_(None),
        School.id.not_in(select(Member.person_id).where(*holds_on(today, Member))),
        _latest_act().is_distinct_from("reject"),
    )
    return wanted, (School.name_key, School.id, Commune.id)


def pair_for(actor: Actor, school_id: int, commune_id: int, today: date) -> Pair | None:
    wanted, _keys = pairs_for(actor, today)
    row = db.session.execute(wanted.where(School.id == school_id, Commune.id == commune_id).limit(1)).first()
    return Pair(*row) if row else None


def confirmed_for(actor: Actor, today: date) -> list[Pair]:
    """Links that stand, by name."""
    return _decided(_together(actor, today).where(School.canonical_id == Commune.id))


def rejected_for(actor: Actor, today: date) -> list[Pair]:
    """Pairs found to be two people, which may be looked at again."""
    return _decided(_together(actor, today).where(School.canonical_id.is_(None), _latest_act() == "reject"))


def _decided(wanted: Select[Any]) -> list[Pair]:
    rows = db.session.execute(wanted.order_by(School.name_key, School.id, Commune.id).limit(SHOWN))
    return [Pair(*row) for row in rows]


def _together(actor: Actor, today: date) -> Any:
    """Pupils the actor may look at beside members of the actor's households."""
    homes = visible_households(actor, today).with_only_columns(Household.id)
    return (
        select(School, Commune, Enrolment, SchoolClass, Site, Household, Unit)
        .select_from(School)
        .join(Enrolment, Enrolment.person_id == School.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .join(Commune, Commune.id != School.id)
        .join(Member, Member.person_id == Commune.id)
        .join(Household, Household.id == Member.household_id)
        .join(Unit, Unit.id == Household.unit_id)
        .where(*holds_on(today, Enrolment, Member), Household.id.in_(homes), *_in_reach(actor, today))
    )


def _in_reach(actor: Actor, today: date) -> list[Any]:
    """Pupils of schools in the actor's units, and those elsewhere whose family asked for the link."""
    if actor.holds(Role.ADMIN):
        return []
    near = Site.unit_id.in_(unit_ids_below(actor.unit_ids(*UNIT_ROLES), today))
    asked = select(Consent.person_id).where(Consent.purpose == "household-link", Consent.act == "given")
    return [or_(near, School.id.in_(asked))]


def _latest_act() -> Any:
    """The latest act about the pair: confirm, reject or undo; nothing when nobody looked yet."""
    latest = (
        select(func.max(PersonLink.id))
        .where(PersonLink.school_person_id == School.id, PersonLink.commune_person_id == Commune.id)
        .correlate(School, Commune)
        .scalar_subquery()
    )
    return select(PersonLink.act).where(PersonLink.id == latest).correlate(School, Commune).scalar_subquery()
