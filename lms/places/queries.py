"""Every SELECT about units and sites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Select, bindparam, or_, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db, fetch
from lms.places.models import Site, Unit, UnitKind, UnitLink, UnitName, UnitPath, UnitSuccession

UNIT_ROLES = (Role.COMMUNE_OFFICER, Role.REGION_OFFICER, Role.PROVINCE_OFFICER)


AS_AT: BindParameter[date] = bindparam("as_at")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as pages show it, read without making an object of the database."""

    id: int
    kind_id: str
    name: str
    from_on: date
    until_on: date | None
    level: str


def holds_on(day: date | BindParameter[date], *dated: Any) -> list[ColumnElement[bool]]:
    """Conditions saying that each dated table's row holds on a day."""
    conditions: list[ColumnElement[bool]] = []
    for table in dated:
        conditions += [table.from_on <= day, or_(table.until_on.is_(None), table.until_on > day)]
    return conditions


def unit_ids_below(unit_ids: Iterable[int], as_at: date) -> Select[int]:
    """Ids of the units and all below them on a day, as a subselect."""
    return select(UnitPath.descendant_id).where(UnitPath.ancestor_id.in_(list(unit_ids)), *holds_on(as_at, UnitPath))


def is_or_became(column: Any, unit_ids: Select[int]) -> ColumnElement[bool]:
    """The unit of a row is one of these, or was merged into one or split into some of them."""
    return or_(
        column.in_(unit_ids), column.in_(select(UnitSuccession.old_id).where(UnitSuccession.new_id.in_(unit_ids)))
    )


def heir_of(unit_id: int, today: date) -> int:
    """The unit that stands today in place of one that ended; of several, or of none, the old one is kept."""
    wanted = select(UnitSuccession.new_id).join(Unit, Unit.id == UnitSuccession.new_id)
    heirs = set(db.session.scalars(wanted.where(UnitSuccession.old_id == unit_id, *holds_on(today, Unit))))
    return heirs.pop() if len(heirs) == 1 else unit_id


def visible_unit_ids(actor: Actor, today: date) -> Select[int] | None:
    """Units whose households and figures the actor may see; None means all (administrators). Teams add theirs above."""
    if actor.holds(Role.ADMIN):
        return None
    return unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)


def visible_to(actor: Actor, today: date) -> Select[Unit]:
    """Units the actor may open."""
    ids = visible_unit_ids(actor, today)
    return select(Unit) if ids is None else select(Unit).where(Unit.id.in_(ids))


def unit_by_id(unit_id: int) -> Unit | None:
    return db.session.get(Unit, unit_id)


def level_of(unit: Unit) -> str:
    """province, district, commune, village or grouping."""
    kind = db.session.get(UnitKind, unit.kind_id)
    return kind.level if kind else ""


_KINDS = select(UnitKind.id, UnitKind.name, UnitKind.level).order_by(UnitKind.position)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit: «Xã» of level commune."""

    id: str
    name: str
    level: str


def kinds() -> dict[str, Kind]:
    return {id: Kind(id, name, level) for id, name, level in fetch(_KINDS)}


def name_on(unit: Unit, day: date) -> str:
    """What the unit was called on a day."""
    earlier = select(UnitName.name).where(UnitName.unit_id == unit.id, *holds_on(day, UnitName))
    return db.session.scalar(earlier) or unit.name


def full_name(unit: Unit | Place, kinds_by_id: dict[str, Kind] | None = None) -> str:
    """«Xã Ngọc Liên»: kind and name, as people say it."""
    kind = (kinds_by_id or kinds()).get(unit.kind_id)
    words = kind.name if kind else ""
    return unit.name if not words or unit.name.lower().startswith(words.lower()) else f"{words} {unit.name}"


_PLACE = (Unit.id, Unit.kind_id, Unit.name, Unit.from_on, Unit.until_on, UnitKind.level)
_IS_TREE = or_(UnitKind.level != "grouping", bindparam("with_groups", type_=Boolean))
ABOVE = (
    select(*_PLACE)
    .join(UnitPath, UnitPath.ancestor_id == Unit.id)
    .join(UnitKind, UnitKind.id == Unit.kind_id)
    .where(
        UnitPath.descendant_id == bindparam("unit"), Unit.id != bindparam("unit"), *holds_on(AS_AT, UnitPath), _IS_TREE
    )
    .order_by(UnitKind.position)
)
_BELOW = (
    select(*_PLACE)
    .join(UnitKind, UnitKind.id == Unit.kind_id)
    .join(UnitLink, UnitLink.child_id == Unit.id)
    .where(UnitLink.parent_id == bindparam("unit"), *holds_on(AS_AT, UnitLink, Unit))
    .order_by(Unit.name_key, Unit.id)
)
ONE = select(*_PLACE).join(UnitKind, UnitKind.id == Unit.kind_id).where(Unit.id == bindparam("unit"))


def ancestors(unit_id: int, as_at: date, relation_groups: bool = True) -> list[Place]:
    """Units above on a day, highest first (by how many they stand above), the unit itself left out."""
    return [Place(*row) for row in fetch(ABOVE, unit=unit_id, as_at=as_at, with_groups=relation_groups)]


def below(unit_id: int, as_at: date) -> list[Place]:
    """Units directly below on a day, in the Vietnamese order of names."""
    return [Place(*row) for row in fetch(_BELOW, unit=unit_id, as_at=as_at)]


def children(unit_id: int, as_at: date) -> list[Unit]:
    """The same as rows that an act may change."""
    wanted = select(Unit).join(UnitLink, UnitLink.child_id == Unit.id).where(UnitLink.parent_id == unit_id)
    wanted = wanted.where(*holds_on(as_at, UnitLink, Unit)).order_by(Unit.name_key, Unit.id)
    return list(db.session.scalars(wanted))


def units_of_level(level: str, as_at: date, below: int | None = None) -> list[Unit]:
    """All units of a level on a day, optionally below one unit."""
    wanted = select(Unit).join(UnitKind).where(UnitKind.level == level, *holds_on(as_at, Unit))
    if below is not None:
        wanted = wanted.where(Unit.id.in_(unit_ids_below([below], as_at)))
    return list(db.session.scalars(wanted.order_by(Unit.name_key, Unit.id)))


def commune_of(village_id: int, as_at: date) -> Unit | None:
    """The commune a village stands in on a day."""
    above = (
        select(Unit)
        .join(UnitPath, UnitPath.ancestor_id == Unit.id)
        .join(UnitKind, UnitKind.id == Unit.kind_id)
        .where(UnitPath.descendant_id == village_id, UnitKind.level == "commune", *holds_on(as_at, UnitPath))
    )
    return db.session.scalar(above)


def communes_of(village_ids: Sequence[int], as_at: date) -> dict[int, Unit]:
    """Village id → its commune on a day, in one statement."""
    pairs = (
        select(UnitPath.descendant_id, Unit)
        .join(Unit, UnitPath.ancestor_id == Unit.id)
        .join(UnitKind, UnitKind.id == Unit.kind_id)
        .where(UnitPath.descendant_id.in_(village_ids), UnitKind.level == "commune", *holds_on(as_at, UnitPath))
    )
    return {village: unit for village, unit in db.session.execute(pairs)}


def is_below(unit_id: int, ancestor_ids: Iterable[int], as_at: date) -> bool:
    """Whether a unit is one of, or stands below one of, the ancestors on a day."""
    wanted = select(UnitPath.id).where(
        UnitPath.descendant_id == unit_id, UnitPath.ancestor_id.in_(list(ancestor_ids)), *holds_on(as_at, UnitPath)
    )
    return db.session.scalar(wanted.limit(1)) is not None


def sites(as_at: date, unit_ids: Select[int] | None = None, kind: str | None = None) -> list[Site]:
    """Schools, centres and halls on a day, optionally only on some units or of one kind."""
    wanted = select(Site).where(*holds_on(as_at, Site))
    if unit_ids is not None:
        wanted = wanted.where(Site.unit_id.in_(unit_ids))
    if kind:
        wanted = wanted.where(Site.kind == kind)
    return list(db.session.scalars(wanted.order_by(Site.name_key, Site.id)))
