"""Every write about teams."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, select, update

from lms.db import db, writes
from lms.places.queries import holds_on
from lms.refusals import Refusal
from lms.teams.models import MemberVillage, Team, TeamDecision, TeamMember, TeamVillage
from lms.teams.rules import ROLES, kind_problem, leaving_problem, passing_on
from lms.vietnamese import clean, name_key

_SENTENCES = {
    "kind": "Diện tham gia chưa đúng.",
    "no-organisation": "Người do doanh nghiệp cử: ghi tên doanh nghiệp.",
    "not-yet": "Ngày thôi chưa tới. Đến ngày ấy hãy ghi.",
    "before-it-began": "Ngày thôi đang đứng trước ngày vào tổ.",
}


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
def record_decision(team_id: int, number: str, decided_on: date, text: str, today: date) -> TeamDecision:
    """Enter a decision that appoints people, once."""
    number, text = clean(number), clean(text)
    if not number or not text:
        raise Refusal("Ghi số và nội dung của quyết định.", "no-number")
    if decided_on > today:
        raise Refusal("Ngày ký chưa tới.", "future")
    key = number.casefold()
    if db.session.scalar(
        select(TeamDecision.id).where(TeamDecision.team_id == team_id, TeamDecision.number_key == key)
    ):
        raise Refusal(f"Quyết định số {number} đã ghi rồi.", "twin")
    decision = TeamDecision(team_id=team_id, number=number, number_key=key, decided_on=decided_on, text=text)
    db.session.add(decision)
    db.session.flush()  # the page that follows may name it
    return decision


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
def describe(member: TeamMember, kind: str, organisation: str = "", decision_id: int | None = None) -> None:
    """Where the member comes from and which decision appointed them."""
    organisation = clean(organisation)
    _refuse(kind_problem(kind, organisation))
    if decision_id is not None:
        decision = db.session.get(TeamDecision, decision_id)
        if decision is None or decision.team_id != member.team_id:
            raise Refusal("Quyết định này không phải của tổ.", "decision")
    member.kind, member.organisation, member.decision_id = kind, organisation, decision_id


@writes
def leave(member: TeamMember, on_day: date, today: date, heir_id: int | None = None, reason: str = "") -> int:
    """The member's last day was the day before; what they looked after passes to the heir, else back to the team.

    A membership begun the same day never was. Returns how many villages the heir got.
    """
    if member.until_on is not None:
        raise Refusal("Người này đã thôi ở tổ.", "left")
    _refuse(leaving_problem(member.from_on, on_day, today))
    held = [row.unit_id for row in _charges(MemberVillage.member_id == member.id)]
    gained = _pass_on(member, heir_id, held, on_day) if heir_id is not None else 0
    _end(_charges(MemberVillage.member_id == member.id), on_day)
    db.session.flush()  # charges of a membership that never was go before it
    if on_day <= member.from_on:
        db.session.delete(member)
    else:
        member.until_on, member.ended_reason = on_day, clean(reason)
    return gained


def _pass_on(member: TeamMember, heir_id: int, held: Iterable[int], on_day: date) -> int:
    heir = db.session.scalar(
        select(TeamMember).where(
            TeamMember.id == heir_id,
            TeamMember.id != member.id,
            TeamMember.team_id == member.team_id,
            TeamMember.until_on.is_(None),
            TeamMember.from_on <= on_day,
        )
    )
    if heir is None:
        raise Refusal("Người nhận phải đang ở trong tổ vào ngày bàn giao.", "heir")
    fresh = passing_on(held, [row.unit_id for row in _charges(MemberVillage.member_id == heir.id)])
    for unit in fresh:
        db.session.add(MemberVillage(member_id=heir.id, unit_id=unit, from_on=on_day))
    return len(fresh)


@writes
def put_in_charge(member: TeamMember, unit_id: int, on_day: date) -> None:
    """One of the team's villages comes into a member's charge; asking twice changes nothing."""
    if member.until_on is not None or member.from_on > on_day:
        raise Refusal("Người này không ở trong tổ vào ngày ấy.", "left")
    of_team = (TeamVillage.team_id == member.team_id, TeamVillage.unit_id == unit_id, *holds_on(on_day, TeamVillage))
    if not db.session.scalar(select(TeamVillage.id).where(*of_team)):
        raise Refusal("Tổ chưa phụ trách thôn này. Giao thôn cho tổ trước.", "not-of-team")
    if not _charges(MemberVillage.member_id == member.id, MemberVillage.unit_id == unit_id):
        db.session.add(MemberVillage(member_id=member.id, unit_id=unit_id, from_on=on_day))


@writes
def take_out_of_charge(member: TeamMember, unit_id: int, on_day: date) -> None:
    _end(_charges(MemberVillage.member_id == member.id, MemberVillage.unit_id == unit_id), on_day)


@writes
def take_charge(team_id: int, unit_id: int, from_on: date) -> None:
    """A village comes into the team's charge."""
    here = (TeamVillage.team_id == team_id, TeamVillage.unit_id == unit_id, TeamVillage.until_on.is_(None))
    if not db.session.scalar(select(TeamVillage.id).where(*here)):
        db.session.add(TeamVillage(team_id=team_id, unit_id=unit_id, from_on=from_on))


@writes
def give_up_charge(team_id: int, unit_id: int, on_day: date) -> None:
    """The village leaves the team's charge, and so that of its members."""
    _end(_of_team(team_id, unit_id), on_day)
    of_team = (TeamVillage.team_id == team_id, TeamVillage.unit_id == unit_id, TeamVillage.until_on.is_(None))
    _end(db.session.scalars(select(TeamVillage).where(*of_team)), on_day)


@writes
def follow_villages(old_unit_ids: Iterable[int], new_unit_ids: Iterable[int], on_day: date) -> int:
    """After villages merged or split: whoever looked after an old one looks after the new ones; returns how many teams."""
    new = list(new_unit_ids)
    wanted = select(TeamVillage).where(TeamVillage.unit_id.in_(list(old_unit_ids)), TeamVillage.until_on.is_(None))
    charges = list(db.session.scalars(wanted.order_by(TeamVillage.id)))
    held = {row.member_id for charge in charges for row in _of_team(charge.team_id, charge.unit_id)}
    for charge in charges:
        give_up_charge(charge.team_id, charge.unit_id, on_day)
    db.session.flush()  # an old and a new charge of one village must not stand side by side
    for team, unit in sorted({(charge.team_id, unit) for charge in charges for unit in new}):
        take_charge(team, unit, on_day)
    for member, unit in sorted((member, unit) for member in held for unit in new):
        if not _charges(MemberVillage.member_id == member, MemberVillage.unit_id == unit):
            db.session.add(MemberVillage(member_id=member, unit_id=unit, from_on=on_day))
    return len({charge.team_id for charge in charges})


@writes
def follow_communes(old_unit_ids: Iterable[int], new_unit_id: int) -> int:
    """After communes merged: their teams are the new one's; returns how many."""
    wanted = update(Team).where(Team.unit_id.in_(list(old_unit_ids))).values(unit_id=new_unit_id)
    return len(db.session.scalars(wanted.returning(Team.id)).all())


def _refuse(problem: str) -> None:
    if problem:
        raise Refusal(_SENTENCES[problem], problem)


def _of_team(team_id: int, unit_id: int) -> list[MemberVillage]:
    """What single members of a team still hold of a village."""
    members = select(TeamMember.id).where(TeamMember.team_id == team_id)
    return _charges(MemberVillage.member_id.in_(members), MemberVillage.unit_id == unit_id)


def _charges(*conditions: ColumnElement[bool]) -> list[MemberVillage]:
    wanted = select(MemberVillage).where(*conditions, MemberVillage.until_on.is_(None))
    return list(db.session.scalars(wanted.order_by(MemberVillage.id)))


def _end(charges: Iterable[MemberVillage | TeamVillage], on_day: date) -> None:
    """A charge begun the same day never was."""
    for row in charges:
        if on_day <= row.from_on:
            db.session.delete(row)
        else:
            row.until_on = on_day
