"""Every write about teams."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, update

from lms.db import db, writes
from lms.places.queries import holds_on
from lms.refusals import Refusal
from lms.teams.models import Team, TeamMember, TeamVillage
from lms.vietnamese import clean, name_key

ROLES = {"team-member": "Thành viên", "team-leader": "Tổ trưởng"}


@writes
def found_team(name: str, unit_id: int, from_on: date, decision: str = "") -> Team:
    """A team of a commune, by its decision."""
    words = clean(name)
    if not words:
        raise Refusal("Chưa ghi tên tổ.", "no-name")
    if db.session.scalar(select(Team.id).where(Team.unit_id == unit_id, Team.name == words, Team.until_on.is_(None))):
        raise Refusal(f"Xã này đã có «{words}».", "twin")
    team = Team(name=words, name_key=name_key(words), unit_id=unit_id, from_on=from_on, decision=clean(decision))
    db.session.add(team)
    db.session.flush()  # members and villages name it
    return team


@writes
def appoint(
    team_id: int, person_id: int, from_on: date, role: str = "team-member", import_id: int | None = None
) -> TeamMember:
    """Put a person in a team from a day on."""
    if role not in ROLES:
        raise Refusal("Vai trò trong tổ chưa đúng.", "role")
    here = select(TeamMember.id).where(
        TeamMember.team_id == team_id, TeamMember.person_id == person_id, *holds_on(from_on, TeamMember)
    )
    if db.session.scalar(here):
        raise Refusal("Người này đang ở trong tổ.", "already")
    member = TeamMember(team_id=team_id, person_id=person_id, role=role, from_on=from_on, import_id=import_id)
    db.session.add(member)
    db.session.flush()  # its id goes into an import's record
    return member


@writes
def leave(member: TeamMember, on_day: date) -> None:
    """The member's last day was the day before; a membership begun the same day never was."""
    if on_day <= member.from_on:
        db.session.delete(member)
    else:
        member.until_on = on_day


@writes
def take_charge(team_id: int, unit_id: int, from_on: date) -> None:
    """A village comes into the team's charge."""
    here = (TeamVillage.team_id == team_id, TeamVillage.unit_id == unit_id, TeamVillage.until_on.is_(None))
    if not db.session.scalar(select(TeamVillage.id).where(*here)):
        db.session.add(TeamVillage(team_id=team_id, unit_id=unit_id, from_on=from_on))


@writes
def give_up_charge(team_id: int, unit_id: int, on_day: date) -> None:
    for row in db.session.scalars(
        select(TeamVillage).where(
            TeamVillage.team_id == team_id, TeamVillage.unit_id == unit_id, TeamVillage.until_on.is_(None)
        )
    ):
        if on_day <= row.from_on:
            db.session.delete(row)
        else:
            row.until_on = on_day


@writes
def follow_villages(old_unit_ids: Iterable[int], new_unit_ids: Iterable[int], on_day: date) -> int:
    """After villages merged or split: whoever looked after an old one looks after the new ones; returns how many teams."""
    new = list(new_unit_ids)
    wanted = select(TeamVillage).where(TeamVillage.unit_id.in_(list(old_unit_ids)), TeamVillage.until_on.is_(None))
    charges = list(db.session.scalars(wanted.order_by(TeamVillage.id)))
    for charge in charges:
        give_up_charge(charge.team_id, charge.unit_id, on_day)
    db.session.flush()  # an old and a new charge of one village must not stand side by side
    for team, unit in sorted({(charge.team_id, unit) for charge in charges for unit in new}):
        take_charge(team, unit, on_day)
    return len({charge.team_id for charge in charges})


@writes
def follow_communes(old_unit_ids: Iterable[int], new_unit_id: int) -> int:
    """After communes merged: their teams are the new one's; returns how many."""
    wanted = update(Team).where(Team.unit_id.in_(list(old_unit_ids))).values(unit_id=new_unit_id)
    return len(db.session.scalars(wanted.returning(Team.id)).all())
