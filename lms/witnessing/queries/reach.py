"""Whom somebody may find and stand witness for: the people of their classes, villages, teams and commune."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Select, or_, select, union_all

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes.models import ClassTeacher, Enrolment, SchoolClass
from lms.classes.queries import visible_pupil_ids
from lms.classes.queries import visible_to as visible_classes
from lms.db import db
from lms.households.models import Household, Member
from lms.households.queries import member_person_ids
from lms.people.models import Person, RoleGrant
from lms.people.queries import ids_read_through
from lms.places.models import Site, UnitPath
from lms.places.queries import holds_on, unit_ids_below
from lms.teams.models import Team, TeamMember, TeamVillage


def people_visible_to(actor: Actor, today: date) -> Select[Person]:
    """Persons the actor may find as a witness; whether they may attest for one of them is another question."""
    below = unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)
    ids = [visible_pupil_ids(actor, today), member_person_ids(actor, today), _team_people(actor, today)]
    if actor.holds(Role.COMMUNE_OFFICER):
        sites = select(Site.id).where(Site.unit_id.in_(below), *holds_on(today, Site))
        ids.append(
            select(Enrolment.person_id)
            .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
            .where(SchoolClass.site_id.in_(sites), *holds_on(today, Enrolment))
        )
        ids.append(
            select(RoleGrant.person_id).where(
                or_(RoleGrant.unit_id.in_(below), RoleGrant.site_id.in_(sites)), *holds_on(today, RoleGrant)
            )
        )
    return select(Person).where(or_(*(Person.id.in_(one) for one in ids)), Person.ended_on.is_(None))


def classes_visible_to(actor: Actor, today: date) -> list[tuple[SchoolClass, Site]]:
    """Classes a test may be opened for: a teacher's own, and those of the schools in an officer's commune."""
    own = visible_classes(actor, today).with_only_columns(SchoolClass.id)
    here = select(Site.id).where(Site.unit_id.in_(unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)))
    wanted = (
        select(SchoolClass, Site)
        .join(Site, Site.id == SchoolClass.site_id)
        .where(or_(SchoolClass.id.in_(own), SchoolClass.site_id.in_(here)), *holds_on(today, SchoolClass))
        .order_by(Site.name_key, SchoolClass.name, SchoolClass.id)
    )
    return [(row, site) for row, site in db.session.execute(wanted)]


def visible_person(actor: Actor, person_id: int, today: date) -> Person | None:
    return db.session.scalar(people_visible_to(actor, today).where(Person.id == person_id))


@dataclass(frozen=True)
class Posts:
    """Where somebody stands today as a possible witness."""

    is_teacher: bool
    classes: frozenset[int]
    teams: frozenset[int]
    villages: frozenset[int]
    """In the charge of the teams."""
    officer_units: frozenset[int]


def posts_of(person_ids: Iterable[int], today: date) -> Posts:
    """Read afresh when something is signed, under every id of one person: what the session once said is not enough."""
    ids = list(person_ids)
    roles = list(
        db.session.execute(
            select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.person_id.in_(ids), *holds_on(today, RoleGrant))
        )
    )
    taught = select(ClassTeacher.class_id).where(ClassTeacher.person_id.in_(ids), *holds_on(today, ClassTeacher))
    member_of = select(TeamMember.team_id).where(TeamMember.person_id.in_(ids), *holds_on(today, TeamMember))
    classes, teams = frozenset(db.session.scalars(taught)), frozenset(db.session.scalars(member_of))
    charge = select(TeamVillage.unit_id).where(TeamVillage.team_id.in_(teams), *holds_on(today, TeamVillage))
    return Posts(
        is_teacher=bool(classes) or any(row.role == Role.TEACHER for row in roles),
        classes=classes,
        teams=teams,
        villages=frozenset(db.session.scalars(charge)),
        officer_units=frozenset(row.unit_id for row in roles if row.role == Role.COMMUNE_OFFICER and row.unit_id),
    )


@dataclass(frozen=True)
class Home:
    """Who somebody is, under every id they are read through, and where they live today."""

    ids: frozenset[int]
    households: frozenset[int]
    villages: frozenset[int]


@dataclass(frozen=True)
class Ties(Home):
    """Where a learner belongs today."""

    classes: frozenset[int]
    teams: frozenset[int]
    units: frozenset[int]
    """Every unit above: of the village, the school, the team, and of a post of their own."""


def home_of(canonical_id: int, today: date) -> Home:
    return homes_of([canonical_id], today)[canonical_id]


def homes_of(canonical_ids: Iterable[int], today: date) -> dict[int, Home]:
    """By canonical id, in two statements for any number of people."""
    wanted = set(canonical_ids)
    through = ids_read_through(wanted)
    lived = (
        select(Member.person_id, Household.id, Household.unit_id)
        .join(Member, Member.household_id == Household.id)
        .where(Member.person_id.in_(through), *holds_on(today, Member))
    )
    homes = _by_person(through, db.session.execute(lived))
    return {
        one: Home(
            frozenset(id for id, canonical in through.items() if canonical == one),
            frozenset(household for household, _unit in homes[one]),
            frozenset(unit for _household, unit in homes[one]),
        )
        for one in wanted
    }


def ties_of(canonical_ids: Iterable[int], today: date) -> dict[int, Ties]:
    """By canonical id, in six statements for any number of people."""
    homes = homes_of(canonical_ids, today)
    through = {id: one for one, home in homes.items() for id in home.ids}
    enrolled = (
        select(Enrolment.person_id, Enrolment.class_id, Site.unit_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .where(Enrolment.person_id.in_(through), *holds_on(today, Enrolment))
    )
    joined = (
        select(TeamMember.person_id, TeamMember.team_id, Team.unit_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.person_id.in_(through), *holds_on(today, TeamMember))
    )
    classes = _by_person(through, db.session.execute(enrolled))
    teams = _by_person(through, db.session.execute(joined))
    posts = _by_person(through, db.session.execute(_own_posts(through, today)))
    units = {
        one: {*home.villages, *(unit for _id, unit in (*classes[one], *teams[one])), *(unit for (unit,) in posts[one])}
        for one, home in homes.items()
    }
    above = _units_above({unit for found in units.values() for unit in found}, today)
    return {
        one: Ties(
            ids=home.ids,
            households=home.households,
            villages=home.villages,
            classes=frozenset(id for id, _unit in classes[one]),
            teams=frozenset(id for id, _unit in teams[one]),
            units=frozenset(higher for unit in units[one] for higher in above[unit]),
        )
        for one, home in homes.items()
    }


def _by_person(through: Mapping[int, int], rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Canonical id → what follows the person in each of their rows."""
    found: dict[int, list[Any]] = {one: [] for one in through.values()}
    for person, *rest in rows:
        found[through[person]].append(tuple(rest))
    return found


def _own_posts(ids: Iterable[int], today: date) -> CompoundSelect[Any]:
    """Where somebody's own office is: teachers and officers are learners too."""
    held = (RoleGrant.person_id.in_(list(ids)), *holds_on(today, RoleGrant))
    at_sites = select(RoleGrant.person_id, Site.unit_id).join(RoleGrant, RoleGrant.site_id == Site.id).where(*held)
    on_units = select(RoleGrant.person_id, RoleGrant.unit_id).where(RoleGrant.unit_id.is_not(None), *held)
    return union_all(on_units, at_sites)


def _team_people(actor: Actor, today: date) -> Select[int]:
    """Members of the teams of the actor's commune: by team, by school, or as its officer."""
    own = select(Team.unit_id).where(Team.id.in_(actor.team_ids()))
    schools = select(Site.unit_id).where(Site.id.in_(actor.site_ids(Role.TEACHER)))
    above_schools = select(UnitPath.ancestor_id).where(UnitPath.descendant_id.in_(schools), *holds_on(today, UnitPath))
    below = unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)
    teams = select(Team.id).where(or_(Team.unit_id.in_(own), Team.unit_id.in_(above_schools), Team.unit_id.in_(below)))
    return select(TeamMember.person_id).where(TeamMember.team_id.in_(teams), *holds_on(today, TeamMember))


def _units_above(unit_ids: Iterable[int], today: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {unit: set() for unit in unit_ids}
    wanted = select(UnitPath.descendant_id, UnitPath.ancestor_id)
    for unit, higher in db.session.execute(wanted.where(UnitPath.descendant_id.in_(found), *holds_on(today, UnitPath))):
        found[unit].add(higher)
    return found
