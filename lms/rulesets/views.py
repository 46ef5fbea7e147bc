"""The administrator's pages: which rulesets are in force, trying the next one out, putting it in force."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.refusals import Refusal
from lms.rulesets import actions, queries
from lms.rulesets.forms import BareForm, InForceForm, TrialForm
from lms.rulesets.models import RulesetTrial
from lms.rulesets.rules import Change, overlap_until
from lms.skills import queries as skills
from lms.web.pages import say
from lms.web.paging import Page
from lms.web.refusing import refusing

door = Blueprint("rulesets", __name__, template_folder="templates")

PAGE = 50
AT_ONCE = 2000
"""People judged within one request, some seconds; above that it is done by the command."""
CONCLUDED_AT_ONCE = 40
"""Within one request, because it holds the write lock; upkeep does the rest by night."""


@door.route("/quan-tri/quy-tac", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def rulesets():
    """What is in force; POST tries one out, which changes nothing for anybody."""
    form = TrialForm(on_day=today())
    known = queries.activations()
    active = {row.ruleset_id for row in known}
    form.ruleset_id.choices = [SelectChoice(row.id, row.id) for row in queries.rulesets() if row.id not in active]
    if form.validate_on_submit():
        with refusing(form):
            trial = _try_out(UUID(form.id.data), form.ruleset_id.data, form.on_day.data)
            return redirect(url_for("rulesets.trial", trial_id=trial.id), 303)
    in_force = {row.ruleset_id for row in known if row.on_day <= today()}
    return render_template(
        "rulesets/rulesets.html",
        form=form,
        activations=known,
        in_force=in_force,
        overlap_until=overlap_until,
        waiting=len(queries.stale_people(today(), AT_ONCE)),
        conclude_form=BareForm(),
    ), 422 if request.method == "POST" else 200


@door.get("/quan-tri/quy-tac/thu/<uuid:trial_id>")
@allow(Right.ADMINISTER)
def trial(trial_id: UUID):
    return _trial_page(_trial(trial_id), InForceForm())


@door.post("/quan-tri/quy-tac/thu/<uuid:trial_id>/hieu-luc")
@allow(Right.ADMINISTER)
def put_in_force(trial_id: UUID):
    row, form = _trial(trial_id), InForceForm()
    if form.validate_on_submit():
        with refusing(form):
            made = actions.put_in_force(row, form.reason.data, form.signer.data.split(","))
            journal.note(
                "ruleset-in-force", f"ruleset:{made.ruleset_id}", on_day=made.on_day.isoformat(), reason=made.reason
            )
            say(
                _("Bộ quy tắc %(id)s có hiệu lực từ %(day)s.", id=made.ruleset_id, day=made.on_day.strftime("%d/%m/%Y"))
            )
            return redirect(url_for("rulesets.rulesets"), 303)
    return _trial_page(_trial(trial_id), form, 422)


@door.post("/quan-tri/quy-tac/tinh-lai")
@allow(Right.ADMINISTER)
def conclude():
    """Some of those whose conclusions wait for the ruleset that came into force."""
    done = actions.conclude_stale(CONCLUDED_AT_ONCE)
    say(_("Đã tính lại cho %(n)s người.", n=done))
    return redirect(url_for("rulesets.rulesets"), 303)


def _try_out(id: UUID, ruleset_id: str, on_day: Any) -> RulesetTrial:
    ruleset = actions.check(ruleset_id, on_day)
    people = queries.people_with_evidence()
    if len(people) > AT_ONCE:
        raise Refusal(
            _(
                "Có %(n)s người phải xem, quá nhiều cho một trang. Nhờ người giữ máy chủ chạy lệnh rulesets activate.",
                n=len(people),
            ),
            "too-many",
        )
    found = list(queries.changes(ruleset, on_day, people))  # read before the write begins
    return actions.keep_trial(id, ruleset, on_day, current_user.person_id, len(people), found)


def _trial_page(row: RulesetTrial, form: InForceForm, status: int = 200):
    counted = queries.counts(row.id)
    totals = {change: sum(one.people for one in counted if one.change == change) for change in Change}
    chosen = request.args.get("loai", "")
    chosen = chosen if chosen in list(Change) else next((str(one) for one in Change if totals[one]), str(Change.GAINS))
    page = queries.names(row.id, chosen, request.args.get("sau"), PAGE)
    if page.rows:
        journal.note_read("person", [line[3] for line in page.rows], "ruleset-trial")
    if status != 200:  # the address of an act that was refused cannot be asked again for the next page
        page = Page(page.rows, None)
    by_unit: dict[str, dict[tuple[str, str], int]] = {}
    for one in counted:
        by_unit.setdefault(one.unit, {})[one.skill_id, one.change] = one.people
    return render_template(
        "rulesets/trial.html",
        trial=row,
        form=form,
        totals=totals,
        by_unit=by_unit,
        skills=skills.framework().skills,
        chosen=chosen,
        page=page,
        overlap_on=overlap_until(row.on_day),
        is_known=any(one.ruleset_id == row.ruleset_id for one in queries.activations()),
    ), status


def _trial(trial_id: UUID) -> RulesetTrial:
    return queries.trial(trial_id) or abort(404)
