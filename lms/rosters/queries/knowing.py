"""Who a row already is: by the keys an earlier import left, else by code or name and year within the same place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.classes.models import Enrolment, SchoolClass
from lms.db import db
from lms.households.models import Household, Member
from lms.imports.problems import Kind
from lms.people.models import Person, RoleGrant
from lms.places.queries import holds_on
from lms.rosters.models import RosterImport, RosterKey, RosterRow
from lms.teams.models import TeamMember
from lms.vietnamese import name_key

LIVE = ("applying", "applied")
MAIN = {Kind.VILLAGES: "unit", Kind.HOUSEHOLDS: "person", Kind.CLASS: "person", Kind.STAFF: "person"}
_AT_ONCE = 500


@dataclass
class Claims:
    """Whom the rows of this import already are: nobody twice."""

    taken: set[int] = field(default_factory=set)
    at: dict[str, int] = field(default_factory=dict)
    """Source key → subject."""

    def claim(self, key: str, subject: int) -> bool:
        if subject in self.taken:
            return False
        self.taken.add(subject)
        self.at[key] = subject
        return True


def known_by_key(keys: Iterable[str], subject: str, site_id: int | None = None) -> dict[str, int]:
    """Key → the thing it stands for in the latest import not undone. A school's keys count in that school only."""
    found: dict[str, int] = {}
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        rows = (
            select(RosterKey.key, RosterRow.subject_id, RosterImport.target)
            .join(RosterRow, RosterRow.id == RosterKey.row_id)
            .join(RosterImport, RosterImport.id == RosterRow.import_id)
            .where(RosterKey.key.in_(wanted[start : start + _AT_ONCE]), RosterRow.subject == subject)
            .where(RosterImport.state.in_(LIVE), RosterRow.undone_at.is_(None))
            .order_by(RosterRow.id)
        )
        for key, subject_id, target in db.session.execute(rows):
            if site_id is None or target.get("site_id") == site_id:
                found[key] = subject_id
    return found


def matches(kind: Kind, rows: Sequence[dict[str, Any]], site_id: int | None) -> dict[str, int]:
    """Source key → who or what the row already is. Exact keys of all rows first, so that a corrected row cannot take
    the place of one that did not change."""
    exact = known_by_key((row["source_key"] for row in rows), MAIN[kind], site_id)
    others = known_by_key((key for row in rows for key in _others(kind, row)), MAIN[kind], site_id)
    claims = Claims()
    for row in rows:
        subject = row["village_id"] if kind is Kind.VILLAGES and row["village_id"] else exact.get(row["source_key"])
        if subject is not None:
            claims.claim(row["source_key"], subject)
    for row in rows:
        if row["source_key"] in claims.at:
            continue
        for key in _others(kind, row):
            if key in others and claims.claim(row["source_key"], others[key]):
                break
    return claims.at


def _others(kind: Kind, row: dict[str, Any]) -> Sequence[str]:
    """Of staff only the name at the same workplace: a year of birth and a name may be two people, and roles hang on it."""
    keys: Sequence[str] = row["other_keys"]
    return keys[:1] if kind is Kind.STAFF else keys


def household_with(unit_id: int, code: str, head_name: str) -> Household | None:
    """A household of a village by its code, else by its head's name where the list has no codes."""
    here = select(Household).where(Household.unit_id == unit_id, Household.until_on.is_(None))
    by = Household.code == code if code else Household.name_key == name_key(head_name)
    return db.session.scalars(here.where(by).order_by(Household.id).limit(1)).first()


def member_like(household_id: int, full_name: str, birth_year: int | None, today: date) -> Person | None:
    wanted = (
        select(Person)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, *holds_on(today, Member))
    )
    return _alike(wanted, full_name, birth_year)


def pupil_like(class_id: int, full_name: str, birth_year: int | None, today: date) -> Person | None:
    wanted = (
        select(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))
    )
    return _alike(wanted, full_name, birth_year)


def colleague_like(
    full_name: str, birth_year: int | None, site_id: int | None, team_id: int | None, today: date
) -> Person | None:
    """Somebody of this name and year already in the team or at the school."""
    if team_id is not None:
        wanted = select(Person).join(TeamMember, TeamMember.person_id == Person.id)
        return _alike(wanted.where(TeamMember.team_id == team_id, *holds_on(today, TeamMember)), full_name, birth_year)
    if site_id is None or birth_year is None:
        return None
    from_roles = select(RoleGrant.person_id).where(RoleGrant.site_id == site_id, *holds_on(today, RoleGrant))
    return _alike(select(Person).where(Person.id.in_(from_roles)), full_name, birth_year)


def class_named(site_id: int, name: str, school_year: str) -> SchoolClass | None:
    wanted = select(SchoolClass).where(
        SchoolClass.site_id == site_id, SchoolClass.name == name, SchoolClass.school_year == school_year
    )
    return db.session.scalar(wanted)


def classes_by_name(site_id: int, school_year: str) -> dict[str, SchoolClass]:
    wanted = select(SchoolClass).where(SchoolClass.site_id == site_id, SchoolClass.school_year == school_year)
    return {row.name: row for row in db.session.scalars(wanted)}


def _alike(wanted: Any, full_name: str, birth_year: int | None) -> Person | None:
    """Exactly one of this name and year; two would be a guess."""
    same = wanted.where(Person.name_key == name_key(full_name), Person.birth_year == birth_year)
    found = list(db.session.scalars(same.limit(2)))
    return found[0] if len(found) == 1 else None
