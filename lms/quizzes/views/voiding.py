"""Withdrawing a faulty question: found, tried dry, done with a reason; and taken back. Keys are no part of these pages."""

from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal, regrading
from lms.access.guard import allow
from lms.access.rules import Right
from lms.quizzes.forms import VoidForm
from lms.quizzes.models import Item
from lms.quizzes.queries import regrading as queries
from lms.quizzes.views.doors import door
from lms.web.pages import say
from lms.web.refusing import refusing

FOUND_AT_MOST = 30
GAINING_AT_MOST = 50
ACTS_AT_MOST = 50


@door.get("/huy-cau")
@allow(Right.VOID_QUESTION)
def voidings():
    """Find a question by its id or its words; what was withdrawn lately."""
    words = request.args.get("tim", "").strip()
    return render_template(
        "quizzes/voidings.html",
        words=words,
        found=queries.found_questions(words, FOUND_AT_MOST) if words else [],
        acts=queries.latest_acts(ACTS_AT_MOST),
    )


@door.get("/huy-cau/<string:item_id>")
@allow(Right.VOID_QUESTION)
def voiding(item_id: str):
    return _page(_row(item_id), VoidForm(formdata=None, id=str(uuid4())))


@door.post("/huy-cau/<string:item_id>")
@allow(Right.VOID_QUESTION)
def void_question(item_id: str):
    row, form = _row(item_id), VoidForm()
    if form.validate_on_submit():
        with refusing(form):
            act = regrading.void_item(form.id.data, row.id, _version(), form.why.data, current_user.person_id)
            journal.note("void-item", f"item:{row.id}", version=act.version or "", why=act.why)
            say(_("Đã huỷ câu này và bắt đầu chấm lại."))
            return redirect(url_for("quizzes.voiding", item_id=row.id), 303)
    return _page(row, form, 422)


@door.post("/huy-cau/<string:item_id>/cham-tiep")
@allow(Right.VOID_QUESTION)
def regrade_on(item_id: str):
    """The next few people; the daily housekeeping does the rest by itself."""
    row = _row(item_id)
    for act in queries.acts_on(row.id):
        if act.finished_at is None:
            regrading.regrade_some(act.id)
            break
    return redirect(url_for("quizzes.voiding", item_id=row.id), 303)


@door.post("/huy-cau/<string:item_id>/rut-lai")
@allow(Right.VOID_QUESTION)
def take_back(item_id: str):
    row, form = _row(item_id), VoidForm()
    act_id = request.form.get("viec", type=UUID) or abort(400)
    if act_id not in {act.id for act in queries.acts_on(row.id)}:
        abort(404)
    if form.validate_on_submit():
        with refusing(form):
            act = regrading.bring_back(form.id.data, act_id, form.why.data, current_user.person_id)
            journal.note("restore-item", f"item:{row.id}", act=str(act_id), why=act.why)
            say(_("Câu này lại được tính, và đang chấm lại."))
            return redirect(url_for("quizzes.voiding", item_id=row.id), 303)
    return _page(row, form, 422)


def _page(row: Item, form: VoidForm, status: int = 200):
    form.id.data = str(uuid4())
    version, acts = _version(), queries.acts_on(row.id)
    back = {act.undoes_id for act in acts}
    standing = [act for act in acts if act.undoes_id is None and act.id not in back]
    is_voided = any(act.version in (None, version) for act in standing)
    run = queries.dry_run(row, version, GAINING_AT_MOST) if not is_voided else None
    if run and run.gaining:
        journal.note_read("person", [person.id for person in run.gaining], "test")
    return render_template(
        "quizzes/voiding.html",
        row=row,
        question=queries.question(row),
        version=version,
        versions=queries.versions_asked(row.id),
        acts=acts,
        standing={act.id for act in standing},
        run=run,
        form=form,
    ), status


def _row(item_id: str) -> Item:
    return queries.recorded_question(item_id) or abort(404)


def _version() -> str | None:
    return request.values.get("ban") or None
