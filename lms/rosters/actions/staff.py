"""Applying a list of officers, teachers and team members: the person, and the part they hold from a day on."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes import queries as class_queries
from lms.classes.models import ClassTeacher
from lms.db import db
from lms.imports.staff import Position
from lms.people import actions as people
from lms.people.models import Person, RoleGrant
from lms.rosters.actions.joining import join, team_for
from lms.rosters.actions.recording import Row, Work, person_for
from lms.rosters.actions.understanding import heads_a_school, heads_a_village
from lms.rosters.queries.knowing import classes_by_name, colleague_like
from lms.rosters.rules import school_year_of
from lms.vietnamese import clean


def apply(work: Work, rows: Sequence[Row]) -> None:
    work.each(rows, lambda row: _apply(work, row))


def _apply(work: Work, row: Row) -> str:
    position = Position(row["position"])
    team = team_for(work, row, _since(row, work.today)) if position.is_in_team else None
    site_id = row["workplace_id"] if (row["workplace_id"] or 0) > 0 else None
    team_id = team.id if team else None
    person, act = person_for(
        work, row, lambda: colleague_like(row["full_name"], row["birth_year"], site_id, team_id, work.today)
    )
    since = _since(row, work.today)
    if team is not None:
        changed = join(work, row, team, person.id, since)
    elif position is Position.TEACHER:
        role = Role.PRINCIPAL if heads_a_school(row["title"]) else Role.TEACHER
        changed = _hold(work, row, person, role, since, site_id=site_id)
        changed = _teach(work, row, person, site_id) or changed
    elif position is Position.OFFICER:
        on_village = heads_a_village(row["title"]) and row["village_ids"]
        unit_id = row["village_ids"][0] if on_village else row["commune_id"]
        changed = _hold(work, row, person, Role.COMMUNE_OFFICER, since, unit_id=unit_id)
    else:
        changed = False
    return "updated" if act == "unchanged" and changed else act


def _since(row: Row, today: date) -> date:
    """A role begins on the day the list says, today where it says none. Dates are kept as text between the two steps."""
    said = row["since"]
    return date.fromisoformat(said) if said else today


def _hold(
    work: Work,
    row: Row,
    person: Person,
    role: Role,
    since: date,
    *,
    unit_id: int | None = None,
    site_id: int | None = None,
) -> bool:
    here = select(RoleGrant.id).where(
        RoleGrant.person_id == person.id,
        RoleGrant.role == str(role),
        RoleGrant.unit_id == unit_id if unit_id else RoleGrant.unit_id.is_(None),
        RoleGrant.site_id == site_id if site_id else RoleGrant.site_id.is_(None),
        RoleGrant.until_on.is_(None),
    )
    if db.session.scalar(here.limit(1)):
        return False
    grant = people.grant_role(
        person.id,
        role,
        since,
        unit_id=unit_id,
        site_id=site_id,
        title=clean(row["title"])[:120],
        granted_by=work.roster.actor_id,
        import_id=work.id,
    )
    db.session.flush()  # its id is recorded
    work.record(row, "created", "role", grant.id)
    return True


def _teach(work: Work, row: Row, person: Person, site_id: int | None) -> bool:
    """Class teacher of the classes the list names, where they exist already."""
    if not site_id or not row["classes"]:
        return False
    rooms = classes_by_name(site_id, school_year_of(work.today))
    changed = False
    for name in row["classes"]:
        room = rooms.get(name)
        if room is None or class_queries.teaches(person.id, room.id, work.today):
            continue
        classes.appoint_teacher(room.id, person.id, work.today)
        db.session.flush()  # its id is recorded
        wanted = select(ClassTeacher.id).where(
            ClassTeacher.class_id == room.id, ClassTeacher.person_id == person.id, ClassTeacher.until_on.is_(None)
        )
        work.record(row, "created", "class-teacher", db.session.scalars(wanted).one())
        changed = True
    return changed
