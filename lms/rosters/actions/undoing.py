"""Taking an import back, last row first: what it made goes, what it changed is restored, both only where untouched since."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from lms import clock
from lms.classes import actions as classes
from lms.classes.models import ClassTeacher, Enrolment, SchoolClass
from lms.db import db, writes
from lms.households.actions.concluding import conclude
from lms.households.models import Household, HouseholdPlace, HouseholdSpell, Member
from lms.people import actions as people
from lms.people.models import Person, RoleGrant
from lms.places import actions as places
from lms.places.models import Unit
from lms.refusals import Refusal
from lms.rosters.actions.applying import Step
from lms.rosters.actions.households import rename
from lms.rosters.models import RosterChunk, RosterImport, RosterRow
from lms.rosters.queries.touching import later_import, used
from lms.rosters.rules import CHUNK, may_become
from lms.teams.models import MemberVillage, Team, TeamDecision, TeamMember, TeamVillage

USED = "đã có việc khác ghi cho người hoặc nơi này"
CHANGED = "đã được sửa sau khi nhập"
ENDED = "đã kết thúc hoặc đổi sau khi nhập"


@writes
def undo_next(import_id: int) -> Step:
    """The next rows, last first; the caller commits and asks again until finished."""
    roster = db.session.get(RosterImport, import_id, with_for_update=True, populate_existing=True)
    if roster is None or not may_become(roster.state, "undoing"):
        raise Refusal("Danh sách này không còn gì để hoàn tác.", "state")
    if roster.state != "undoing":
        _refuse_under_a_later_one(roster)
        roster.state = "undoing"
    wanted = select(RosterRow).where(
        RosterRow.import_id == import_id, RosterRow.undone_at.is_(None), RosterRow.kept.is_(None)
    )
    rows = list(db.session.scalars(wanted.order_by(RosterRow.id.desc()).limit(CHUNK)))
    if not rows:
        return _finish(roster)
    for row in rows:
        reason = _undo(row)
        if reason:
            row.kept = reason
        else:
            row.undone_at = clock.now()
        db.session.flush()  # the next row may stand on this one
    return Step(finished=False)


def _refuse_under_a_later_one(roster: RosterImport) -> None:
    later = later_import(roster)
    if later is not None:
        sentence = f"Danh sách «{later.file_name}» nhập sau cũng ghi những người này. Hoàn tác danh sách đó trước."
        raise Refusal(sentence, "later-import")


def _finish(roster: RosterImport) -> Step:
    kept = select(func.count()).where(RosterRow.import_id == roster.id, RosterRow.kept.is_not(None))
    roster.counts = {**roster.counts, "kept": db.session.scalar(kept) or 0}
    roster.state, roster.undone_at = "undone", clock.now()
    db.session.execute(delete(RosterChunk).where(RosterChunk.import_id == roster.id))
    return Step(finished=True)


def _undo(row: RosterRow) -> str:
    """Why it stays, or nothing."""
    return "" if row.act == "unchanged" else UNDO[(row.subject, row.act)](row)


def _person_made(row: RosterRow) -> str:
    person = db.session.get(Person, row.subject_id)
    if person is None:
        return ""
    if used("person", [person.id]):
        return USED
    if row.after and _differs(person, row.after):
        return CHANGED
    db.session.delete(person)
    return ""


def _person_changed(row: RosterRow) -> str:
    person, before = db.session.get(Person, row.subject_id), row.before or {}
    if person is None or _differs(person, row.after or {}):
        return CHANGED
    people.correct_person(person, before["full_name"], before["birth_year"], before["gender"])
    conclude(db.session.scalars(select(Member.household_id).where(Member.person_id == person.id)))
    return ""


def _differs(thing: object, values: dict[str, object]) -> bool:
    return any(getattr(thing, name) != value for name, value in values.items())


def _household_made(row: RosterRow) -> str:
    home = db.session.get(Household, row.subject_id)
    if home is None:
        return ""
    if used("household", [home.id]):
        return USED
    db.session.execute(delete(HouseholdPlace).where(HouseholdPlace.household_id == home.id))
    conclude([home.id])
    spells = HouseholdSpell.household_id == home.id
    counted = select(HouseholdSpell.id).where(spells, HouseholdSpell.counted_at.is_not(None))
    if db.session.scalar(counted.limit(1)):
        # The tallies have counted it and take it back at the next folding, which needs the superseded rows.
        home.until_on = home.from_on
        return ""
    db.session.execute(delete(HouseholdSpell).where(spells))
    db.session.delete(home)
    return ""


def _household_changed(row: RosterRow) -> str:
    home = db.session.get(Household, row.subject_id)
    if home is None or _differs(home, row.after or {}):
        return CHANGED
    rename(home, (row.before or {})["head_name"])
    return ""


def _member_made(row: RosterRow) -> str:
    member = db.session.get(Member, row.subject_id)
    if member is None:
        return ""
    if member.until_on is not None:
        return ENDED
    household_id, person_id = member.household_id, member.person_id
    db.session.delete(member)
    db.session.flush()  # the conclusion reads it
    touched = [household_id]
    if row.before:  # moved here on the very day they had joined the other household
        back = Member(
            household_id=row.before["household_id"],
            person_id=person_id,
            relation=row.before["relation"],
            from_on=date.fromisoformat(row.before["from_on"]),
        )
        db.session.add(back)
        db.session.flush()  # the conclusion reads it
        touched.append(back.household_id)
    conclude(touched)
    return ""


def _member_changed(row: RosterRow) -> str:
    member = db.session.get(Member, row.subject_id)
    if member is None or _differs(member, row.after or {}):
        return CHANGED
    member.relation = (row.before or {})["relation"]
    return ""


def _left(row: RosterRow) -> str:
    member = db.session.get(Member, row.subject_id)
    if member is None or _is_not_ended_as(member, row):
        return CHANGED
    member.until_on, member.ended_reason = None, ""
    db.session.flush()  # the conclusion reads it
    conclude([member.household_id])
    return ""


def _enrolment_left(row: RosterRow) -> str:
    enrolment = db.session.get(Enrolment, row.subject_id)
    if enrolment is None or _is_not_ended_as(enrolment, row):
        return CHANGED
    enrolment.until_on = None
    return ""


def _enrolment_gone(row: RosterRow) -> str:
    was = row.before or {}
    classes.enrol(was["class_id"], was["person_id"], date.fromisoformat(was["from_on"]))
    return ""


def _is_not_ended_as(held: Member | Enrolment, row: RosterRow) -> bool:
    return held.until_on is None or held.until_on.isoformat() != (row.after or {})["until_on"]


def _unit_made(row: RosterRow) -> str:
    unit = db.session.get(Unit, row.subject_id)
    if unit is None:
        return ""
    try:
        places.remove_unit(unit)
    except Refusal:
        return USED
    return ""


def _thing_made(model: type[SchoolClass] | type[Team] | type[TeamDecision]) -> Callable[[RosterRow], str]:
    def undo(row: RosterRow) -> str:
        thing = db.session.get(model, row.subject_id)
        if thing is not None and used(model.__tablename__, [row.subject_id]):
            return USED
        if thing is not None:
            db.session.delete(thing)
        return ""

    return undo


def _part_made(
    model: type[Enrolment]
    | type[ClassTeacher]
    | type[TeamMember]
    | type[TeamVillage]
    | type[MemberVillage]
    | type[RoleGrant],
) -> Callable[[RosterRow], str]:
    def undo(row: RosterRow) -> str:
        part: Any = db.session.get(model, row.subject_id)
        if part is not None and part.until_on is not None:
            return ENDED
        if part is not None:
            db.session.delete(part)
        return ""

    return undo


def _team_member_made(row: RosterRow) -> str:
    if used(TeamMember.__tablename__, [row.subject_id]):
        return USED
    return _part_made(TeamMember)(row)


def _team_member_changed(row: RosterRow) -> str:
    member = db.session.get(TeamMember, row.subject_id)
    if member is None or _differs(member, row.after or {}):
        return CHANGED
    for name, value in (row.before or {}).items():
        setattr(member, name, value)
    return ""


UNDO: dict[tuple[str, str], Callable[[RosterRow], str]] = {
    ("person", "created"): _person_made,
    ("person", "updated"): _person_changed,
    ("household", "created"): _household_made,
    ("household", "updated"): _household_changed,
    ("member", "created"): _member_made,
    ("member", "updated"): _member_changed,
    ("left", "updated"): _left,
    ("enrolment", "created"): _part_made(Enrolment),
    ("enrolment-left", "updated"): _enrolment_left,
    ("enrolment-gone", "updated"): _enrolment_gone,
    ("unit", "created"): _unit_made,
    ("class", "created"): _thing_made(SchoolClass),
    ("team", "created"): _thing_made(Team),
    ("class-teacher", "created"): _part_made(ClassTeacher),
    ("team-member", "created"): _team_member_made,
    ("team-member", "updated"): _team_member_changed,
    ("team-village", "created"): _part_made(TeamVillage),
    ("team-decision", "created"): _thing_made(TeamDecision),
    ("member-village", "created"): _part_made(MemberVillage),
    ("role", "created"): _part_made(RoleGrant),
}
