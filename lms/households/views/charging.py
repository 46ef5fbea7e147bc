"""Which named households a member of a team looks after: to give, to take back, to hand over to somebody else."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.households import queries
from lms.households.actions import charging
from lms.households.forms import BareForm
from lms.households.models import Household
from lms.households.views.doors import door
from lms.people.models import Person
from lms.refusals import Refusal
from lms.teams import queries as teams
from lms.teams.models import Team, TeamMember
from lms.web.pages import say
from lms.web.paging import page_of

PAGE = 40


@door.get("/to/<int:team_id>/nguoi/<int:member_id>/ho")
@allow(Right.MANAGE_TEAM)
def charge(team_id: int, member_id: int):
    """The households one has; or, of a village (`?thon=`), those one may be given, everybody's or nobody's (`?trong=1`)."""
    team, member = _team_and_member(team_id, member_id)
    villages = teams.village_units(team.id, today())
    chosen = request.args.get("thon", type=int)
    if chosen is not None and chosen not in {unit.id for unit in villages}:
        abort(404)
    wanted, only_free = queries.in_charge_of(member.id), "trong" in request.args
    if chosen is not None:
        wanted = queries.to_be_charged(team.id, member.id, chosen, only_free, today())
    words = request.args.get("tim", "")
    page = page_of(
        queries.found(wanted, words), (Household.name_key, Household.id), request.args.get("sau"), PAGE,
        lambda row: (row.name_key, row.id), scalars=True,
    )  # fmt: skip
    ids = [row.id for row in page.rows]
    if ids:
        journal.note_read("household", ids, "charge")
    return render_template(
        "households/charge.html",
        team=team,
        member=member,
        person=db.session.get_one(Person, member.person_id),
        has_left=member.until_on is not None and member.until_on <= today(),
        villages=villages,
        free=queries.without_charge(team.id, [unit.id for unit in villages], today()),
        chosen=chosen,
        only_free=only_free,
        words=words,
        page=page,
        who=queries.who_has(team.id, ids, today()) if chosen is not None else {},
        others=[(one, who) for one, who in teams.members(team.id, today()) if one.id != member.id],
        names={unit.id: unit.name for unit in villages},
        form=BareForm(),
    )


@door.post("/to/<int:team_id>/nguoi/<int:member_id>/ho/giao")
@allow(Right.MANAGE_TEAM)
def give_charge(team_id: int, member_id: int):
    team, member = _team_and_member(team_id, member_id)
    to_id = request.form.get("cho", type=int)
    to = _team_and_member(team.id, to_id)[1] if to_id else member
    return _done(
        lambda: _("Đã giao %(n)s hộ.", n=charging.put_in_charge(to, _chosen(), current_user.person_id)), member
    )


@door.post("/to/<int:team_id>/nguoi/<int:member_id>/ho/thoi")
@allow(Right.MANAGE_TEAM)
def take_charge_back(team_id: int, member_id: int):
    team, member = _team_and_member(team_id, member_id)
    rows = [row for row in queries.open_charges(team.id, _chosen()) if row.member_id == member.id]
    return _done(lambda: _("%(n)s hộ thôi phụ trách từ hôm nay.", n=charging.give_up(rows)), member)


def _done(act, member: TeamMember):
    if not BareForm().validate_on_submit():
        abort(400)
    where: dict[str, Any] = {"thon": request.form.get("thon", type=int)} if request.form.get("thon") else {}
    try:
        say(act())
    except Refusal as no:
        db.session.rollback()
        say(no.sentence, "bad")
    return redirect(url_for("households.charge", team_id=member.team_id, member_id=member.id, **where), 303)


def _chosen() -> list[int]:
    return request.form.getlist("ho", type=int)


def _team_and_member(team_id: int, member_id: int) -> tuple[Team, TeamMember]:
    """A team the actor may open, and one who is or was in it."""
    team = db.session.scalar(teams.visible_to(current_user, today()).where(Team.id == team_id)) or abort(404)
    member = db.session.get(TeamMember, member_id)
    return (team, member) if member is not None and member.team_id == team.id else abort(404)
