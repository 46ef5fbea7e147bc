"""Putting a visit down at the door, mending it, taking it back."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.households import queries as households
from lms.households.models import Household
from lms.refusals import Refusal
from lms.skills import queries as skills
from lms.visits import actions, rules
from lms.visits.forms import VisitForm, WithdrawForm, given
from lms.visits.models import Visit
from lms.visits.views.calling import seen_or_404, visit_or_404
from lms.visits.views.doors import door
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.web.ways import leave


@door.route("/di-tham/ho/<int:household_id>/ghi", methods=["GET", "POST"])
@allow(Right.VISIT)
def note(household_id: int):
    """The ten minutes, on one page: `?viec=` is the skill to be taught; without it only the other activities."""
    home, village = seen_or_404(household_id)
    skill = request.args.get("viec", "")
    if skill and skill not in skills.framework().short_names:
        abort(404)
    return _page(home, village, skill, None)


@door.route("/di-tham/luot/<uuid:visit_id>/sua", methods=["GET", "POST"])
@allow(Right.VISIT)
def mend(visit_id: UUID):
    """The same page, beginning with what stands."""
    row = visit_or_404(visit_id)
    if row.by_id != current_user.person_id or row.kind != rules.Kind.TEACH:
        abort(404)
    home, village = seen_or_404(row.household_id)
    return _page(home, village, row.body["skill"], row)


@door.post("/di-tham/ho/<int:household_id>/chung")
@allow(Right.VISIT)
def attested(household_id: int):
    """What was signed here today becomes a visit: who it was for was at home."""
    home, _village = seen_or_404(household_id)
    form = WithdrawForm()
    learners = frozenset(request.form.getlist("nguoi", type=int))
    if form.validate_on_submit():
        told = rules.Told(rules.Kind.ATTEST, today(), learners, frozenset({"guide"}))
        try:
            row = actions.record(UUID(form.id.data), home.id, current_user.person_id, told)
        except Refusal as refusal:
            db.session.rollback()
            say(refusal.sentence, "bad")
            return redirect(url_for("visits.household", household_id=home.id), 303)
        leave()
        say(_("Đã ghi lượt thăm."))
        return redirect(url_for("visits.visit", visit_id=row.id), 303)
    abort(400)


@door.post("/di-tham/luot/<uuid:visit_id>/bo")
@allow(Right.VISIT)
def withdraw(visit_id: UUID):
    row = visit_or_404(visit_id)
    form = WithdrawForm()
    home = row.household_id
    if form.validate_on_submit():
        try:
            actions.withdraw(UUID(form.id.data), row.id, home, current_user.person_id)
            say(_("Đã bỏ lượt thăm. Trong sổ vẫn còn dòng cũ."))
        except Refusal as refusal:
            db.session.rollback()
            say(refusal.sentence, "bad")
    return redirect(url_for("visits.household", household_id=home), 303)


def _page(home: Household, village: str, skill: str, old: Visit | None):
    """The form, and saving it."""
    members = households.members_on(home.id, today())
    competencies = skills.framework().of_skill(skill) if skill else []
    form = VisitForm(data=given(old) if old else {"visited_on": today()})
    form.ask(members, competencies)
    me = current_user.person_id
    if form.validate_on_submit():
        with refusing(form):
            told = form.told(skill)
            if old is None:
                row = actions.record(form.event_id, home.id, me, told)
            else:
                row = actions.correct(form.event_id, old, me, told)
            leave()
            say(_("Đã lưu lượt thăm."))
            return redirect(url_for("visits.visit", visit_id=row.id), 303)
    journal.note_read("household", home.id, "visit")
    return render_template(
        "visits/note.html",
        form=form,
        household=home,
        village=village,
        skill=next((one for one in skills.framework().skills if one.id == skill), None),
        old=old,
    ), 422 if form.errors else 200
