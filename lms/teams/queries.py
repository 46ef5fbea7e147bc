"""Every SELECT about teams."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Boolean, Select, bindparam, or_, select
from sqlalchemy.orm import aliased

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db, fetch
from lms.people.models import Person
from lms.people.queries import canonical_ids, ids_read_through
from lms.places import queries as places
from lms.places.models import Unit, UnitPath
from lms.places.queries import UNIT_ROLES, holds_on, unit_ids_below
from lms.teams.models import MemberVillage, ObservedVisit, Team, TeamDecision, TeamMember, TeamVillage


def visible_to(actor: Actor, today: date) -> Select[Team]:
    """Teams the actor may open: an officer's below the unit, a member's own."""
    if actor.holds(Role.ADMIN):
        return select(Team)
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    return select(Team).where(Team.unit_id.in_(below) | Team.id.in_(actor.team_ids()))


def village_ids_of(actor: Actor, today: date) -> Select[int]:
    """Villages in the charge of the actor's teams, as a subselect."""
    return select(TeamVillage.unit_id).where(TeamVillage.team_id.in_(actor.team_ids()), *holds_on(today, TeamVillage))


TODAY: BindParameter[date] = bindparam("today")
_IN_SCOPE = (
    select(UnitPath.id)
    .where(UnitPath.descendant_id == Unit.id, UnitPath.ancestor_id.in_(bindparam("scope", expanding=True)))
    .where(*holds_on(TODAY, UnitPath))
    .correlate(Unit)
    .exists()
)
_IN_CHARGE = (
    select(TeamVillage.id)
    .where(TeamVillage.unit_id == Unit.id, TeamVillage.team_id.in_(bindparam("teams", expanding=True)))
    .where(*holds_on(TODAY, TeamVillage))
    .correlate(Unit)
    .exists()
)
IS_SEEN = or_(bindparam("sees_all", type_=Boolean), _IN_SCOPE, _IN_CHARGE)
"""Condition: the unit stands today in the actor's scope or their team's charge; `asking` gives its values."""


def asking(actor: Actor, today: date) -> dict[str, Any]:
    """What IS_SEEN asks about an actor."""
    scope, teams = actor.unit_ids(*UNIT_ROLES), actor.team_ids()
    return {"scope": scope, "teams": teams, "sees_all": actor.holds(Role.ADMIN), "today": today}


_ONE_SEEN = places.ONE.add_columns(IS_SEEN.label("is_seen"))
_ABOVE_SEEN = places.ABOVE.where(IS_SEEN)
_THOSE_SEEN = select(Unit.id).where(Unit.id.in_(bindparam("units", expanding=True)), IS_SEEN)


def place(actor: Actor, unit_id: int, today: date) -> tuple[places.Place, bool] | None:
    """The unit, and whether it stands today in the actor's scope or their team's charge; None where there is none."""
    rows = fetch(_ONE_SEEN, unit=unit_id, **asking(actor, today))
    return (places.Place(*rows[0][:-1]), bool(rows[0].is_seen)) if rows else None


def above_seen(actor: Actor, unit_id: int, as_at: date, today: date) -> list[places.Place]:
    """The units above that the actor may open, highest first, groupings left out: a link that answers 404 helps nobody."""
    asked = {"unit": unit_id, "as_at": as_at, "with_groups": False}
    return [places.Place(*row) for row in fetch(_ABOVE_SEEN, **asked, **asking(actor, today))]


def units_seen(actor: Actor, unit_ids: Iterable[int], today: date) -> set[int]:
    """Those of the units that stand in the actor's scope or their team's charge."""
    return {row.id for row in fetch(_THOSE_SEEN, units=list(unit_ids), **asking(actor, today))}


def members(team_id: int, today: date) -> list[tuple[TeamMember, Person]]:
    """Members today, leader first, then by name."""
    wanted = (
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, *holds_on(today, TeamMember))
        .order_by(TeamMember.role, Person.name_key, Person.id)
    )
    return [(member, person) for member, person in db.session.execute(wanted)]


def are_members(person_ids: Iterable[int], today: date) -> bool:
    """Whether every one of these is in some team today, under whichever of their records."""
    canonical = canonical_ids(person_ids)
    through = ids_read_through(canonical.values())
    wanted = select(TeamMember.person_id).where(TeamMember.person_id.in_(list(through)), *holds_on(today, TeamMember))
    return set(canonical.values()) == {through[one] for one in db.session.scalars(wanted)} and bool(canonical)


def villages(team_id: int, today: date) -> list[int]:
    wanted = select(TeamVillage.unit_id).where(TeamVillage.team_id == team_id, *holds_on(today, TeamVillage))
    return list(db.session.scalars(wanted))


def former(team_id: int, today: date, most: int) -> list[tuple[TeamMember, Person]]:
    """Who has left, the latest first."""
    wanted = (
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, TeamMember.until_on <= today)
        .order_by(TeamMember.until_on.desc(), TeamMember.id.desc())
        .limit(most)
    )
    return [(member, person) for member, person in db.session.execute(wanted)]


def decisions(team_id: int) -> list[TeamDecision]:
    """The latest first."""
    wanted = select(TeamDecision).where(TeamDecision.team_id == team_id)
    return list(db.session.scalars(wanted.order_by(TeamDecision.decided_on.desc(), TeamDecision.id.desc())))


def charges(member_ids: Iterable[int], today: date) -> dict[int, list[Unit]]:
    """Member → the villages in their own charge, by name."""
    wanted = (
        select(MemberVillage.member_id, Unit)
        .join(Unit, Unit.id == MemberVillage.unit_id)
        .where(MemberVillage.member_id.in_(list(member_ids)), *holds_on(today, MemberVillage))
        .order_by(Unit.name_key, Unit.id)
    )
    held: dict[int, list[Unit]] = {}
    for member, unit in db.session.execute(wanted):
        held.setdefault(member, []).append(unit)
    return held


def village_units(team_id: int, today: date) -> list[Unit]:
    """The villages in the team's charge, by name."""
    wanted = select(Unit).where(Unit.id.in_(villages(team_id, today))).order_by(Unit.name_key, Unit.id)
    return list(db.session.scalars(wanted))


def observed_visits(person_ids: Iterable[int]) -> list[ObservedVisit]:
    """Those of these members that stand, the latest first: of one that was noted anew only the last wording."""
    later = aliased(ObservedVisit)
    wanted = (
        select(ObservedVisit)
        .where(ObservedVisit.member_id.in_(list(person_ids)))
        .where(~select(later.id).where(later.corrects_id == ObservedVisit.id).exists())
        .order_by(ObservedVisit.visited_on.desc(), ObservedVisit.received_at.desc(), ObservedVisit.id)
    )
    return list(db.session.scalars(wanted))


def was_observed(visit_id: UUID) -> bool:
    """Whether somebody went along with the visit and signed for it."""
    return db.session.scalar(select(ObservedVisit.id).where(ObservedVisit.visit_id == visit_id).limit(1)) is not None
