"""Putting members of teams in charge of named households; one member of a team has a household at a time."""

from collections.abc import Sequence

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.households.models import Household, HouseholdCharge
from lms.households.queries import open_charges
from lms.refusals import Refusal
from lms.teams.models import TeamMember
from lms.teams.queries import villages

MOST_AT_ONCE = 200


@writes
def put_in_charge(member: TeamMember, household_ids: Sequence[int], by_id: int) -> int:
    """From today on these households are this member's; whoever of the team had one has it no more. How many are new."""
    ids, today = sorted(set(household_ids)), clock.today()
    if not ids:
        raise Refusal("Chưa chọn hộ nào.", "nobody")
    if len(ids) > MOST_AT_ONCE:
        raise Refusal(f"Mỗi lần giao nhiều nhất {MOST_AT_ONCE} hộ.", "too-many")
    if member.until_on is not None and member.until_on <= today:
        raise Refusal("Người này đã thôi ở tổ. Chọn người khác.", "left")
    db.session.execute(select(TeamMember.id).where(TeamMember.id == member.id).with_for_update())
    of_team = select(Household.id).where(
        Household.id.in_(ids), Household.until_on.is_(None), Household.unit_id.in_(villages(member.team_id, today))
    )
    if set(db.session.scalars(of_team)) != set(ids):
        raise Refusal("Có hộ không còn ở thôn tổ phụ trách. Tải lại trang rồi chọn lại.", "not-there")
    known = {row.household_id: row for row in open_charges(member.team_id, ids) if row.member_id == member.id}
    give_up([row for row in open_charges(member.team_id, ids) if row.member_id != member.id])
    db.session.add_all(
        HouseholdCharge(household_id=one, member_id=member.id, from_on=today, until_on=None, by_id=by_id)
        for one in ids
        if one not in known
    )
    db.session.flush()  # the page that follows counts them
    return len(ids) - len(known)


@writes
def give_up(charges: Sequence[HouseholdCharge]) -> int:
    """They end today; one that began today never was, and ends on the day it began."""
    for row in charges:
        row.until_on = clock.today()
    return len(charges)
