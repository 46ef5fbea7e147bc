"""Every SELECT about contacts and offers."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true, union

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.certificates.models import Certificate
from lms.certificates.queries import holders
from lms.certificates.rules import KINDS, covering
from lms.db import db
from lms.offers.models import Contact, Offer
from lms.people.models import Person
from lms.people.queries import canonical_id, ids_read_through
from lms.places.models import Unit, UnitKind, UnitPath
from lms.places.queries import UNIT_ROLES, holds_on, is_or_became, unit_ids_below
from lms.teams.models import Team, TeamVillage

CERTIFIED_BY = covering(KINDS["member"])
"""Kinds of certificate that open the offers to a member."""
CONTACT_ORDER = (-UnitKind.position, Unit.name_key, Unit.id, Contact.kind, Contact.role_key, Contact.id)
"""The nearest unit first: the village, the commune, the province."""


def bases(actor: Actor, today: date) -> list[int]:
    """The units an actor works in: an officer's, a team's commune and its villages; administrators': the provinces."""
    if actor.holds(Role.ADMIN):
        top = select(Unit.id).join(UnitKind).where(UnitKind.level == "province", *holds_on(today, Unit))
        return list(db.session.scalars(top.order_by(Unit.id)))
    teams = actor.team_ids()
    charged = select(TeamVillage.unit_id).where(TeamVillage.team_id.in_(teams), *holds_on(today, TeamVillage))
    found = db.session.scalars(union(charged, select(Team.unit_id).where(Team.id.in_(teams)))) if teams else ()
    return sorted({*actor.unit_ids(*UNIT_ROLES), *found})


def contacts_for(unit_ids: Iterable[int], today: date) -> Select[Any]:
    """(entry, unit) of what stands today in the units and above them."""
    return (
        select(Contact, Unit)
        .join(Unit, Unit.id == Contact.unit_id)
        .join(UnitKind, UnitKind.id == Unit.kind_id)
        .add_columns(UnitKind.position)
        .where(_holds_for(Contact.unit_id, unit_ids, today), Contact.closed == "")
    )


def offers_for(actor: Actor, unit_ids: Iterable[int], today: date) -> Select[Any]:
    """(offer, unit) of what is offered today in the units, for officers in those below too: an offer that is over, or not
    begun, is never among them."""
    return (
        select(Offer)
        .join(Unit, Unit.id == Offer.unit_id)
        .add_columns(Unit)
        .where(or_(_holds_for(Offer.unit_id, unit_ids, today), _kept(Offer.unit_id, actor, today)))
        .where(Offer.closed == "", *holds_on(today, Offer))
    )


def is_certified(person_id: int, today: date) -> bool:
    """Whether they hold a certificate today that opens the offers."""
    ids = list(ids_read_through([canonical_id(person_id)]))
    standing = holders(CERTIFIED_BY, today - timedelta(days=1)).where(Certificate.person_id.in_(ids))
    return db.session.scalar(standing.limit(1)) is not None


def sees_offers(actor: Actor, today: date) -> bool:
    """Officers and leaders, who tell the others; and members with a certificate that stands."""
    if actor.holds(Role.ADMIN, Role.TEAM_LEADER, *UNIT_ROLES):
        return True
    return bool(actor.team_ids()) and is_certified(actor.person_id, today)


def contacts_kept_by(actor: Actor, today: date) -> Select[Contact]:
    """Every entry an officer answers for, closed ones too."""
    return select(Contact).where(_kept(Contact.unit_id, actor, today))


def offers_kept_by(actor: Actor, today: date) -> Select[Offer]:
    return select(Offer).where(_kept(Offer.unit_id, actor, today))


def locked(table: type[Contact] | type[Offer], id: int) -> Any:
    """The entry as it stands now: two who mend it at once come one after the other."""
    wanted = select(table).where(table.id == id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def follower(table: type[Contact] | type[Offer], id: int) -> int | None:
    """The entry that took this one's place."""
    return db.session.scalar(select(table.id).where(table.replaces_id == id))


def lineage(row: Contact | Offer) -> list[Any]:
    """Those it took the place of, the latest first."""
    found: list[Any] = []
    table, before = type(row), row.replaces_id
    while before is not None and len(found) < MOST_EARLIER:
        found.append(db.session.get_one(table, before))
        before = found[-1].replaces_id
    return found


MOST_EARLIER = 20


def twin(unit_id: int, role: str, name: str, phone: str) -> int | None:
    """An entry that stands and says the same."""
    wanted = select(Contact.id).where(Contact.unit_id == unit_id, Contact.role == role, Contact.name == name)
    return db.session.scalar(wanted.where(Contact.phone == phone, Contact.closed == ""))


def offer_twin(unit_id: int, business: str, title: str, from_on: date) -> int | None:
    wanted = select(Offer.id).where(Offer.unit_id == unit_id, Offer.business == business, Offer.title == title)
    return db.session.scalar(wanted.where(Offer.from_on == from_on, Offer.closed == ""))


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Who wrote and who closed."""
    ids = {one for one in person_ids if one is not None}
    return {id: name for id, name in db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(ids)))}


def units_of(unit_ids: Sequence[int]) -> dict[int, Unit]:
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))}


def _holds_for(column: Any, unit_ids: Iterable[int], today: date) -> ColumnElement[bool]:
    """The entry's unit is one of these or stands above one; what an earlier unit wrote holds until somebody mends it."""
    ids = list(unit_ids)
    if not ids:
        return false()
    above = select(UnitPath.ancestor_id).where(UnitPath.descendant_id.in_(ids), *holds_on(today, UnitPath))
    return is_or_became(column, above)


def _kept(column: Any, actor: Actor, today: date) -> ColumnElement[bool]:
    if actor.holds(Role.ADMIN):
        return true()
    return is_or_became(column, unit_ids_below(actor.unit_ids(*UNIT_ROLES), today))
