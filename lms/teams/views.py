"""Teams: members, the villages in their charge."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.clock import today
from lms.db import db
from lms.households.queries import member_person_ids
from lms.people import queries as people
from lms.people.models import Person
from lms.places import queries as places
from lms.places.models import Unit
from lms.refusals import Refusal
from lms.teams import actions, forms, queries, rules
from lms.teams.models import Team, TeamMember
from lms.web.pages import say
from lms.web.refusing import refusing

door = Blueprint("teams", __name__, template_folder="templates")

MOST_FOUND = 30
MOST_FORMER = 20


@door.get("/to")
@allow(Right.READ_TEAM)
def teams():
    wanted = queries.visible_to(current_user, today()).where(*places.holds_on(today(), Team))
    rows = list(db.session.scalars(wanted.order_by(Team.name_key, Team.id)))
    units = {
        unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_({row.unit_id for row in rows})))
    }
    return render_template("teams/teams.html", teams=rows, units=units)


@door.route("/to/them", methods=["GET", "POST"])
@allow(Right.MANAGE_TEAM)
def add_team():
    form = forms.TeamForm(from_on=today())
    form.unit_id.choices = [SelectChoice(unit.id, places.full_name(unit)) for unit in _units("commune")]
    if form.validate_on_submit():
        with refusing(form):
            team = actions.found_team(form.name.data, form.unit_id.data, form.from_on.data, form.decision.data or "")
            say(_("Đã lập %(name)s.", name=team.name))
            return redirect(url_for("teams.team", team_id=team.id), 303)
    return render_template("teams/form.html", form=form, title=_("Lập tổ")), _status()


@door.get("/to/<int:team_id>")
@allow(Right.READ_TEAM)
def team(team_id: int):
    row = _team(team_id)
    members = queries.members(row.id, today())
    former = queries.former(row.id, today(), MOST_FORMER)
    if members or former:
        journal.note_read("person", [person.id for _member, person in [*members, *former]], "team")
    units = queries.village_units(row.id, today())
    held = queries.charges([member.id for member, _person in members], today())
    without = {unit.id for unit in units} - {unit.id for some in held.values() for unit in some}
    return render_template(
        "teams/team.html",
        team=row,
        members=members,
        former=former,
        villages=units,
        held=held,
        without=without,
        decisions={one.id: one for one in queries.decisions(row.id)},
        roles=rules.ROLES,
        kinds=rules.KINDS,
        form=forms.BareForm(),
    )


@door.route("/to/<int:team_id>/quyet-dinh", methods=["GET", "POST"])
@allow(Right.MANAGE_TEAM)
def decisions(team_id: int):
    row = _team(team_id)
    form = forms.DecisionForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.record_decision(row.id, form.number.data, form.decided_on.data, form.text.data, today())
            say(_("Đã ghi quyết định."))
            return redirect(url_for("teams.decisions", team_id=row.id), 303)
    return render_template("teams/decisions.html", form=form, team=row, decisions=queries.decisions(row.id)), _status()


@door.route("/to/<int:team_id>/them-nguoi", methods=["GET", "POST"])
@allow(Right.MANAGE_TEAM)
def appoint(team_id: int):
    row = _team(team_id)
    words = request.values.get("tim", "")
    form = forms.MemberForm(from_on=today())
    found = (
        list(db.session.scalars(people.found(_candidates(), words).order_by(Person.name_key).limit(MOST_FOUND)))
        if words
        else []
    )
    form.person_id.choices = [SelectChoice(p.id, _name_and_year(p)) for p in found]
    form.decision_id.choices = _decision_choices(row)
    if form.validate_on_submit():
        with refusing(form):
            member = actions.appoint(row.id, form.person_id.data, form.from_on.data, form.role.data)
            actions.describe(member, form.kind.data, form.organisation.data or "", form.decision_id.data or None)
            say(_("Đã thêm vào tổ."))
            return redirect(url_for("teams.team", team_id=row.id), 303)
    return render_template("teams/appoint.html", form=form, team=row, words=words, found=found), _status()


@door.route("/to/<int:team_id>/nguoi/<int:member_id>", methods=["GET", "POST"])
@allow(Right.MANAGE_TEAM)
def member(team_id: int, member_id: int):
    row, member = _team_and_member(team_id, member_id)
    person = _looked_at(member)
    form = forms.DescribeForm(kind=member.kind, organisation=member.organisation, decision_id=member.decision_id or 0)
    form.decision_id.choices = _decision_choices(row)
    if form.validate_on_submit():
        with refusing(form):
            actions.describe(member, form.kind.data, form.organisation.data or "", form.decision_id.data or None)
            say(_("Đã lưu."))
            return redirect(url_for("teams.member", team_id=row.id, member_id=member_id), 303)
    held = queries.charges([member_id], today()).get(member_id, [])
    charge = _charge_form([unit for unit in queries.village_units(row.id, today()) if unit not in held])
    page = {"team": row, "member": member, "person": person, "held": held, "roles": rules.ROLES}
    return render_template("teams/member.html", form=form, charge=charge, **page), _status()


@door.post("/to/<int:team_id>/nguoi/<int:member_id>/thon")
@allow(Right.MANAGE_TEAM)
def put_in_charge(team_id: int, member_id: int):
    row, member = _team_and_member(team_id, member_id)
    form = _charge_form(queries.village_units(row.id, today()))
    if not form.validate_on_submit():
        abort(422)
    try:
        actions.put_in_charge(member, form.unit_id.data, today())
    except Refusal as refusal:
        db.session.rollback()
        say(refusal.sentence, "bad")
    else:
        say(_("Đã giao thôn."))
    return redirect(url_for("teams.member", team_id=team_id, member_id=member_id), 303)


@door.post("/to/<int:team_id>/nguoi/<int:member_id>/thon/<int:unit_id>/thoi")
@allow(Right.MANAGE_TEAM)
def take_out_of_charge(team_id: int, member_id: int, unit_id: int):
    _row, member = _team_and_member(team_id, member_id)
    actions.take_out_of_charge(member, unit_id, today())
    say(_("Đã ghi thôi phụ trách từ hôm nay."))
    return redirect(url_for("teams.member", team_id=team_id, member_id=member_id), 303)


@door.route("/to/<int:team_id>/nguoi/<int:member_id>/thoi", methods=["GET", "POST"])
@allow(Right.MANAGE_TEAM)
def leave(team_id: int, member_id: int):
    row, member = _team_and_member(team_id, member_id)
    person = _looked_at(member)
    form = forms.LeaveForm(on_day=today())
    others = [(one.id, who.full_name) for one, who in queries.members(row.id, today()) if one.id != member_id]
    form.heir_id.choices = [SelectChoice(0, _("Trả lại tổ")), *(SelectChoice(*one) for one in others)]
    if form.validate_on_submit():
        with refusing(form):
            passed = actions.leave(member, form.on_day.data, today(), form.heir_id.data or None, form.reason.data or "")
            say(_("Đã ghi thôi. Bàn giao %(n)s thôn.", n=passed) if passed else _("Đã ghi thôi."))
            return redirect(url_for("teams.team", team_id=team_id), 303)
    held = queries.charges([member_id], today()).get(member_id, [])
    return render_template("teams/leave.html", form=form, team=row, person=person, held=held), _status()


@door.route("/to/<int:team_id>/thon", methods=["GET", "POST"])
@allow(Right.MANAGE_TEAM)
def take_charge(team_id: int):
    row = _team(team_id)
    form = forms.ChargeForm()
    form.unit_id.choices = [
        SelectChoice(unit.id, places.full_name(unit)) for unit in places.below(row.unit_id, today())
    ]
    if form.validate_on_submit():
        with refusing(form):
            actions.take_charge(row.id, form.unit_id.data, today())
            say(_("Đã giao thôn cho tổ."))
            return redirect(url_for("teams.team", team_id=row.id), 303)
    return render_template("teams/form.html", form=form, title=_("Giao thôn cho %(name)s", name=row.name)), _status()


@door.post("/to/<int:team_id>/thon/<int:unit_id>/thoi")
@allow(Right.MANAGE_TEAM)
def give_up(team_id: int, unit_id: int):
    actions.give_up_charge(_team(team_id).id, unit_id, today())
    say(_("Tổ thôi phụ trách thôn này từ hôm nay."))
    return redirect(url_for("teams.team", team_id=team_id), 303)


def _team(team_id: int) -> Team:
    found = db.session.scalar(queries.visible_to(current_user, today()).where(Team.id == team_id))
    return found or abort(404)


def _team_and_member(team_id: int, member_id: int) -> tuple[Team, TeamMember]:
    """A team the actor may open, and one who is in it."""
    row, member = _team(team_id), db.session.get(TeamMember, member_id)
    if member is None or member.team_id != row.id or member.until_on is not None:
        abort(404)
    return row, member


def _looked_at(member: TeamMember) -> Person:
    journal.note_read("person", [member.person_id], "team")
    return db.session.get_one(Person, member.person_id)


def _decision_choices(team: Team) -> list[SelectChoice]:
    made = [SelectChoice(one.id, f"{one.number} · {one.text}") for one in queries.decisions(team.id)]
    return [SelectChoice(0, _("Chưa ghi quyết định")), *made]


def _charge_form(units: list[Unit]) -> forms.ChargeForm:
    form = forms.ChargeForm()
    form.unit_id.choices = [SelectChoice(unit.id, places.full_name(unit)) for unit in units]
    return form


def _units(level: str) -> list[Unit]:
    """Communes the actor may set up a team in; a team leader's own commune is not one of them."""
    kinds = places.kinds()
    wanted = places.visible_to(current_user, today()).where(*places.holds_on(today(), Unit))
    return [unit for unit in db.session.scalars(wanted.order_by(Unit.name_key)) if kinds[unit.kind_id].level == level]


def _candidates():
    """Administrators may appoint anybody known; others the people of their households."""
    if current_user.holds(Role.ADMIN):
        return select(Person)
    return select(Person).where(Person.id.in_(member_person_ids(current_user, today())))


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _name_and_year(person: Person) -> str:
    return f"{person.full_name} · {person.birth_year}" if person.birth_year else person.full_name
