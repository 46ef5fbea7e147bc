"""Every SELECT about drives; those of the leader's board are in `board`."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, or_, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.db import db
from lms.drives.models import Drive, DriveRecord, DriveVillage
from lms.drives.rules.progress import Progress, Spell, by_village
from lms.households.models import HouseholdSpell
from lms.places.models import Unit, UnitKind
from lms.places.queries import UNIT_ROLES, holds_on, is_or_became, unit_ids_below
from lms.reports import queries as reports
from lms.teams.queries import village_ids_of


def visible_to(actor: Actor, today: date) -> Select[Drive]:
    """An officer's below the unit; a team's, where one of its villages takes part."""
    if actor.holds(Role.ADMIN):
        return select(Drive)
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    mine = is_or_became(DriveVillage.unit_id, village_ids_of(actor, today))
    taking_part = select(DriveVillage.drive_id).where(mine)
    return select(Drive).where(or_(is_or_became(Drive.unit_id, below), Drive.id.in_(taking_part)))


def kept_by(actor: Actor, today: date) -> Select[Drive]:
    """Those an officer may call off or close."""
    if actor.holds(Role.ADMIN):
        return select(Drive)
    below = unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)
    return select(Drive).where(is_or_became(Drive.unit_id, below))


def communes_kept_by(actor: Actor, today: date) -> Select[Unit]:
    """Communes in whose name the actor may write a drive down."""
    wanted = select(Unit).join(UnitKind).where(UnitKind.level == "commune", *holds_on(today, Unit))
    if actor.holds(Role.ADMIN):
        return wanted
    return wanted.where(Unit.id.in_(unit_ids_below(actor.unit_ids(Role.COMMUNE_OFFICER), today)))


def villages_of(drive_ids: Sequence[int]) -> dict[int, list[Unit]]:
    """Drive → its villages, by name; one that was merged since keeps its line."""
    wanted = (
        select(DriveVillage.drive_id, Unit)
        .join(Unit, Unit.id == DriveVillage.unit_id)
        .where(DriveVillage.drive_id.in_(drive_ids))
        .order_by(Unit.name_key, Unit.id)
    )
    found: dict[int, list[Unit]] = {drive: [] for drive in drive_ids}
    for drive, unit in db.session.execute(wanted):
        found[drive].append(unit)
    return found


def records_of(drive_ids: Sequence[int]) -> dict[int, DriveRecord]:
    wanted = select(DriveRecord).where(DriveRecord.drive_id.in_(drive_ids))
    return {row.drive_id: row for row in db.session.scalars(wanted)}


def locked(drive_id: int) -> Drive:
    """The drive as it stands now: two who close it at once come one after the other."""
    wanted = select(Drive).where(Drive.id == drive_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def twin(unit_id: int, name: str, from_on: date) -> int | None:
    wanted = select(Drive.id).where(Drive.unit_id == unit_id, Drive.name == name, Drive.from_on == from_on)
    return db.session.scalar(wanted.where(Drive.called_off_at.is_(None)))


def to_open(village_ids: Sequence[int], today: date) -> int:
    """Households of the villages that are not open today."""
    return sum(one.households - one.strict for one in reports.figures(village_ids, today).values())


def reached(village_ids: Sequence[int], first_day: date, day: date) -> dict[int, Progress]:
    """Village → what was reached on a day, from the conclusions about its households.

    A household is followed by itself: it may move, or its village be merged, and it is still one of those the drive was for.
    """
    eve = first_day - timedelta(days=1)
    lived = (
        select(HouseholdSpell.household_id, HouseholdSpell.unit_id)
        .where(HouseholdSpell.unit_id.in_(village_ids), HouseholdSpell.kind == "households")
        .where(HouseholdSpell.superseded_at.is_(None), HouseholdSpell.from_on <= day)
        .where(or_(HouseholdSpell.until_on.is_(None), HouseholdSpell.until_on > eve))
    )
    homes = {home: village for home, village in db.session.execute(lived.order_by(HouseholdSpell.from_on))}
    opened = (
        select(
            HouseholdSpell.household_id,
            HouseholdSpell.from_on,
            HouseholdSpell.until_on,
            HouseholdSpell.superseded_at.is_not(None),
        )
        .where(HouseholdSpell.household_id.in_(lived.with_only_columns(HouseholdSpell.household_id)))
        .where(HouseholdSpell.kind == "strict", HouseholdSpell.from_on <= day)
    )
    spells = [
        Spell(household, first, until, bool(gone)) for household, first, until, gone in db.session.execute(opened)
    ]
    found = by_village(homes, spells, first_day, day)
    return {village: found.get(village, Progress()) for village in village_ids}
