"""Applying the team members of a list: the team, the decision that appoints them, where they come from, their villages."""

from datetime import date
from typing import Any

from sqlalchemy import select

from lms.access.rules import Role
from lms.db import db
from lms.imports.staff import Position
from lms.places.queries import holds_on
from lms.refusals import Refusal
from lms.rosters.actions.recording import Row, Work
from lms.rosters.queries.surroundings import team_of
from lms.teams import actions as teams
from lms.teams.models import MemberVillage, Team, TeamDecision, TeamMember, TeamVillage
from lms.vietnamese import clean, format_date, name_key

_ABOUT = "Cử người vào tổ (ghi từ danh sách nhập)"


def team_for(work: Work, row: Row, since: date) -> Team:
    """The team the row names, founded if the commune has none of that name; its villages come into its charge."""
    known = team_of(row["workplace_id"])
    team = db.session.get(Team, known) if known else None
    name = clean(row["workplace"]) or "Tổ công nghệ số cộng đồng"
    if team is None:
        here = select(Team).where(
            Team.unit_id == row["commune_id"], Team.name_key == name_key(name), *holds_on(work.today, Team)
        )
        team = db.session.scalars(here.limit(1)).first()
    if team is None:
        team = teams.found_team(name, row["commune_id"], min(work.today, since))
        work.record(row, "created", "team", team.id)
    for village in row["village_ids"]:
        _take_charge(work, row, team, village)
    return team


def join(work: Work, row: Row, team: Team, person_id: int, since: date) -> bool:
    """The person is in the team as the row says; returns whether anything changed."""
    role = str(Role.TEAM_LEADER if Position(row["position"]) is Position.TEAM_LEADER else Role.TEAM_MEMBER)
    decision_id = _decision(work, row, team.id) if row["decision"] else None
    here = db.session.scalar(
        select(TeamMember).where(
            TeamMember.team_id == team.id, TeamMember.person_id == person_id, TeamMember.until_on.is_(None)
        )
    )
    is_new = here is None
    member = here or teams.appoint(team.id, person_id, since, role, work.id)
    before = _written(member)
    member.role = role
    kind, organisation = row["kind"] or member.kind, row["organisation"] or member.organisation
    teams.describe(member, kind, organisation, decision_id or member.decision_id)
    after = _written(member)
    if is_new:
        work.record(row, "created", "team-member", member.id)
    elif before != after:
        work.record(row, "updated", "team-member", member.id, before=before, after=after)
    charged = [_look_after(work, row, member, village) for village in row["own_village_ids"]]
    return is_new or before != after or any(charged)


def _written(member: TeamMember) -> dict[str, Any]:
    return {name: getattr(member, name) for name in ("role", "kind", "organisation", "decision_id")}


def _decision(work: Work, row: Row, team_id: int) -> int:
    """The decision by its number, entered once; the same number with another day is two papers or a slip: a person decides."""
    day = date.fromisoformat(row["decided_on"])
    known = db.session.scalar(
        select(TeamDecision).where(
            TeamDecision.team_id == team_id, TeamDecision.number_key == row["decision"].casefold()
        )
    )
    if known is None:
        known = teams.record_decision(team_id, row["decision"], day, _ABOUT, work.today)
        work.record(row, "created", "team-decision", known.id)
    elif known.decided_on != day:
        there, here = format_date(known.decided_on), format_date(day)
        raise Refusal(
            f"Quyết định số {known.number} đã ghi ký ngày {there}, danh sách ghi ngày {here}.", "decision-day"
        )
    return known.id


def _take_charge(work: Work, row: Row, team: Team, village_id: int) -> None:
    in_charge = select(TeamVillage).where(
        TeamVillage.team_id == team.id, TeamVillage.unit_id == village_id, TeamVillage.until_on.is_(None)
    )
    if db.session.scalar(in_charge) is None:
        teams.take_charge(team.id, village_id, work.today)
        db.session.flush()  # its id is recorded
        work.record(row, "created", "team-village", db.session.scalars(in_charge).one().id)


def _look_after(work: Work, row: Row, member: TeamMember, village_id: int) -> bool:
    theirs = select(MemberVillage).where(
        MemberVillage.member_id == member.id, MemberVillage.unit_id == village_id, MemberVillage.until_on.is_(None)
    )
    if db.session.scalar(theirs) is not None:
        return False
    teams.put_in_charge(member, village_id, max(work.today, member.from_on))
    db.session.flush()  # its id is recorded
    work.record(row, "created", "member-village", db.session.scalars(theirs).one().id)
    return True
