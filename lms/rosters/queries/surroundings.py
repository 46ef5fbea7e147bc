"""What a list is read against: the communes, villages, schools and teams within the reach of whoever imports it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db
from lms.imports.problems import Context, Kind, Known
from lms.places import queries as places
from lms.places.models import Site, Unit, UnitKind, UnitPath, UnitSuccession
from lms.places.queries import holds_on
from lms.rosters.rules import KIND_RIGHTS
from lms.teams.models import Team


@dataclass(frozen=True)
class Target:
    """What a list is read for, as chosen by whoever imports it."""

    commune_id: int | None = None
    village_id: int | None = None
    site_id: int | None = None
    school_year: str = ""
    class_name: str = ""


def kinds_for(actor: Actor) -> list[Kind]:
    """The lists somebody may bring in."""
    return [kind for kind in Kind if any(actor.may(right) for right in KIND_RIGHTS[kind])]


def communes_for(actor: Actor, today: date) -> list[Unit]:
    """Today's communes in which the actor may import, by name."""
    wanted = select(Unit).join(UnitKind).where(UnitKind.level == "commune", *holds_on(today, Unit))
    ids = places.visible_unit_ids(actor, today)
    if ids is not None:
        wanted = wanted.where(Unit.id.in_(ids))
    return list(db.session.scalars(wanted.order_by(Unit.name_key, Unit.id)))


def villages_for(actor: Actor, today: date) -> list[tuple[Unit, int]]:
    """Today's villages in which the actor may import, each with its commune."""
    return _villages([unit.id for unit in communes_for(actor, today)], today)


def sites_for(actor: Actor, today: date) -> list[Site]:
    """Schools and centres whose classes the actor may import."""
    wanted = select(Site).where(Site.kind.in_(("school", "centre")), *holds_on(today, Site))
    if not actor.holds(Role.ADMIN):
        wanted = wanted.where(Site.id.in_(actor.site_ids(Role.TEACHER, Role.PRINCIPAL)))
    return list(db.session.scalars(wanted.order_by(Site.name_key, Site.id)))


def context_for(actor: Actor, kind: Kind, target: Target, today: date) -> Context:
    """Everything the reader of a list may recognise; nothing outside the actor's reach."""
    if kind is Kind.CLASS:  # a pupil's village is only a hint for the officer who links, kept in the list's own words
        return Context(today=today, salt=_salt())
    communes = communes_for(actor, today)
    only = communes[0].id if len(communes) == 1 else None
    commune_id = target.commune_id or _commune_of(target.village_id, today) or only
    ids = [unit.id for unit in communes]
    return Context(
        today=today,
        communes=_with_former_names(communes),
        villages=[Known(unit.id, unit.name, commune) for unit, commune in _villages(ids, today)],
        workplaces=_workplaces(ids, commune_id, today) if kind is Kind.STAFF else (),
        village_id=target.village_id,
        commune_id=commune_id,
        salt=_salt(),
    )


def team_of(workplace_id: int | None) -> int | None:
    """Teams stand among the workplaces under negative numbers."""
    return -workplace_id if workplace_id is not None and workplace_id < 0 else None


def _with_former_names(communes: list[Unit]) -> list[Known]:
    old = aliased(Unit)
    rows = db.session.execute(
        select(UnitSuccession.new_id, old.name)
        .join(old, old.id == UnitSuccession.old_id)
        .where(UnitSuccession.new_id.in_([unit.id for unit in communes]))
    )
    former: dict[int, list[str]] = {}
    for new, name in rows:
        former.setdefault(new, []).append(name)
    return [Known(unit.id, unit.name, former=tuple(former.get(unit.id, ()))) for unit in communes]


def _villages(commune_ids: Iterable[int], today: date) -> list[tuple[Unit, int]]:
    wanted = (
        select(Unit, UnitPath.ancestor_id)
        .join(UnitPath, UnitPath.descendant_id == Unit.id)
        .join(UnitKind, UnitKind.id == Unit.kind_id)
        .where(UnitPath.ancestor_id.in_(list(commune_ids)), UnitKind.level == "village")
        .where(*holds_on(today, Unit, UnitPath))
        .order_by(Unit.name_key, Unit.id)
    )
    return [(unit, commune) for unit, commune in db.session.execute(wanted)]


def _workplaces(commune_ids: list[int], commune_id: int | None, today: date) -> list[Known]:
    """Schools anywhere in reach; teams of the chosen commune only, for neighbours give theirs the same names."""
    below = places.unit_ids_below(commune_ids, today)
    near = places.unit_ids_below([commune_id] if commune_id else commune_ids, today)
    sites = db.session.scalars(select(Site).where(Site.unit_id.in_(below), *holds_on(today, Site)))
    teams = db.session.scalars(select(Team).where(Team.unit_id.in_(near), *holds_on(today, Team)))
    return [
        *(Known(site.id, site.name, site.unit_id) for site in sites),
        *(Known(-team.id, team.name, team.unit_id) for team in teams),
    ]


def _commune_of(village_id: int | None, today: date) -> int | None:
    commune = places.commune_of(village_id, today) if village_id else None
    return commune.id if commune else None


def _salt() -> str:
    """Kept by the installation: whoever holds only the database cannot try out days of birth against the keys."""
    secret: str = current_app.extensions["settings"].secret_key
    return hashlib.sha256(f"roster keys\x1f{secret}".encode()).hexdigest()
