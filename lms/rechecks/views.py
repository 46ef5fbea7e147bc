"""The doors of re-checks: the commune's list and figures, and one line's result."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.clock import today
from lms.places.models import Unit
from lms.places.queries import full_name, unit_by_id
from lms.rechecks import actions, forms, queries, rules
from lms.skills import queries as skills
from lms.web.pages import say
from lms.web.refusing import refusing

door = Blueprint("rechecks", __name__, template_folder="templates")


@door.route("/kiem-lai", methods=["GET", "POST"])
@allow(Right.RECHECK)
def rechecks():
    """Last month's list, drawn once; lines by the day they are due; what the year's results say."""
    unit = _unit()
    form = forms.DrawForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.draw_month(unit.id, current_user.person_id)
            say(_("Đã rút danh sách kiểm lại."))
            return redirect(url_for("rechecks.rechecks", xa=unit.id), 303)
    page = queries.lines(unit.id, request.args.get("sau"), done="xong" in request.args)
    if page.rows:
        journal.note_read("person", [line.learner_id for line in page.rows], "recheck")
    tallies = queries.tallies(unit.id, today())
    month = rules.month_of(today())
    return render_template(
        "rechecks/rechecks.html",
        form=form,
        unit=unit,
        name=full_name(unit),
        page=page,
        tallies=tallies,
        awards=sum(one.awards for one in tallies),
        checked=sum(one.checked for one in tallies),
        chosen=sum(one.drawn for one in tallies),
        said=rules.estimate([stratum for one in tallies for stratum in one.strata]),
        enough=rules.ENOUGH,
        month=month,
        draw=queries.draw_of(unit.id, month),
        skills=skills.framework().short_names,
        today=today(),
    ), 422 if form.errors else 200


@door.route("/kiem-lai/<int:recheck_id>", methods=["GET", "POST"])
@allow(Right.ATTEST)
def recheck(recheck_id: int):
    """One line: who is to be seen at what, what was found so far, and a form to say what was found now."""
    line = queries.line_visible_to(current_user, recheck_id, today())
    if line is None:
        abort(404)
    journal.note_read("person", line.learner_id, "recheck")
    form = forms.ResultForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.record_result(form.result_id, line, current_user.person_id, form.finding.data, form.note.data or "")
            say(_("Đã ghi kết quả kiểm lại."))
            return redirect(url_for("rechecks.recheck", recheck_id=line.id), 303)
    return render_template(
        "rechecks/recheck.html",
        form=form,
        line=line,
        results=queries.results_of(line.id),
        findings=actions.FINDINGS,
        skills=skills.framework().short_names,
    ), 422 if form.errors else 200


def _unit() -> Unit:
    """The officer's commune; of several the one of `?xa=`."""
    own = sorted(current_user.unit_ids(Role.COMMUNE_OFFICER))
    wanted = request.args.get("xa", type=int) or next(iter(own), None)
    unit = unit_by_id(wanted) if wanted in own and wanted is not None else None
    if unit is None:
        abort(404)
    return unit
