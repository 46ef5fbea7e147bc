"""Every SELECT about teams."""

from datetime import date

from sqlalchemy import Select, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db
from lms.people.models import Person
from lms.places.queries import UNIT_ROLES, holds_on, unit_ids_below
from lms.teams.models import Team, TeamMember, TeamVillage


def visible_to(actor: Actor, today: date) -> Select[Team]:
    """Teams the actor may open: an officer's below the unit, a member's own."""
    if actor.holds(Role.ADMIN):
        return select(Team)
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    return select(Team).where(Team.unit_id.in_(below) | Team.id.in_(actor.team_ids()))


def village_ids_of(actor: Actor, today: date) -> Select[int]:
    """Villages in the charge of the actor's teams, as a subselect."""
    return select(TeamVillage.unit_id).where(TeamVillage.team_id.in_(actor.team_ids()), *holds_on(today, TeamVillage))


def members(team_id: int, today: date) -> list[tuple[TeamMember, Person]]:
    """Members today, leader first, then by name."""
    wanted = (
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, *holds_on(today, TeamMember))
        .order_by(TeamMember.role, Person.name_key, Person.id)
    )
    return [(member, person) for member, person in db.session.execute(wanted)]


def team_ids_of(person_id: int, today: date) -> set[int]:
    """Teams a person belongs to on a day."""
    wanted = select(TeamMember.team_id).where(TeamMember.person_id == person_id, *holds_on(today, TeamMember))
    return set(db.session.scalars(wanted))


def villages(team_id: int, today: date) -> list[int]:
    wanted = select(TeamVillage.unit_id).where(TeamVillage.team_id == team_id, *holds_on(today, TeamVillage))
    return list(db.session.scalars(wanted))
