"""Bringing questions in: past imports, the upload, the dry run, keeping it, taking it back."""

from pathlib import PurePath
from time import monotonic
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank.rules.types import TYPE_WORDS
from lms.clock import now
from lms.db import db
from lms.documents.limits import MAX_BYTES
from lms.exchange import actions, queries
from lms.exchange.forms import FORMAT_WORDS, KeepForm, QuestionFileForm
from lms.exchange.models import QuestionImport
from lms.exchange.reading import format_of, read_questions
from lms.exchange.views.doors import door
from lms.refusals import Refusal
from lms.skills.queries import framework
from lms.vietnamese import clean
from lms.web.pages import say

PATIENCE_SECONDS = 15.0
"""How long one request carries on; what is left goes on at the next press, so that no browser gives up waiting."""
STATE_WORDS = {
    "read": "đọc thử, chưa giữ câu nào",
    "keeping": "đang giữ dở",
    "kept": "đã giữ trong ngân hàng",
    "undone": "đã hoàn tác",
}


@door.route("/ngan-hang/nhap", methods=["GET", "POST"])
@allow(Right.WRITE_QUESTIONS)
def imports():
    form = QuestionFileForm()
    form.kind.choices = [("", _("Tự nhận ra theo tên tệp")), *FORMAT_WORDS.items()]
    if form.validate_on_submit():
        try:
            brought_id = _read(form)
        except Refusal as refusal:
            form.file.errors = [refusal.sentence]
        else:
            return redirect(url_for("exchange.brought", brought_id=brought_id), 303)
    page = render_template(
        "exchange/imports.html",
        form=form,
        imports=queries.listed(current_user, now()),
        format_words=FORMAT_WORDS,
        state_words=STATE_WORDS,
    )
    return page, 422 if request.method == "POST" else 200


@door.get("/ngan-hang/nhap/<uuid:brought_id>")
@allow(Right.WRITE_QUESTIONS)
def brought(brought_id: UUID):
    return _shown(_visible(brought_id), KeepForm())


@door.post("/ngan-hang/nhap/<uuid:brought_id>/giu")
@allow(Right.WRITE_QUESTIONS)
def keep(brought_id: UUID):
    row = _visible(brought_id)
    form = _with_competencies(KeepForm())
    if not form.validate_on_submit():
        return _shown(row, form), 422
    until = monotonic() + PATIENCE_SECONDS
    try:
        finished = False
        while not finished and monotonic() < until:
            finished = actions.keep_next(brought_id, form.competency.data)
            db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        say(refusal.sentence, "bad")
    else:
        if finished:
            say(_("Đã giữ. Các câu này là bản nháp, chưa ai gặp cho đến khi được duyệt."))
    return redirect(url_for("exchange.brought", brought_id=brought_id), 303)


@door.post("/ngan-hang/nhap/<uuid:brought_id>/hoan-tac")
@allow(Right.WRITE_QUESTIONS)
def undo(brought_id: UUID):
    row = _visible(brought_id)
    try:
        done = actions.undo(row.id, current_user.person_id)
    except Refusal as refusal:
        say(refusal.sentence, "bad")
    else:
        say(_("Đã hoàn tác: %(n)s câu ra khỏi ngân hàng.", n=len(done.gone)))
    return redirect(url_for("exchange.brought", brought_id=brought_id), 303)


@door.post("/ngan-hang/nhap/<uuid:brought_id>/bo")
@allow(Right.WRITE_QUESTIONS)
def discard(brought_id: UUID):
    try:
        actions.discard(_visible(brought_id).id)
    except Refusal as refusal:
        say(refusal.sentence, "bad")
        return redirect(url_for("exchange.brought", brought_id=brought_id), 303)
    say(_("Đã bỏ bản đọc thử. Không có câu nào được giữ."))
    return redirect(url_for("exchange.imports"), 303)


def _visible(brought_id: UUID) -> QuestionImport:
    return queries.import_for(current_user, brought_id, now()) or abort(404)


def _shown(row: QuestionImport, form: KeepForm) -> str:
    only_problems = request.args.get("chi") == "loi"
    return render_template(
        "exchange/brought.html",
        brought=row,
        page=queries.rows(row.id, request.args.get("sau"), only_problems),
        only_problems=only_problems,
        form=_with_competencies(form),
        format_words=FORMAT_WORDS,
        state_words=STATE_WORDS,
        type_words=TYPE_WORDS,
    )


def _with_competencies(form: KeepForm) -> KeepForm:
    known = [(one.id, f"{one.id} · {one.name}") for one in framework().competencies]
    form.competency.choices = [("", _("Để trống, ghi sau ở từng câu")), *known, ("f", _("Không thuộc năng lực nào"))]
    return form


def _read(form: QuestionFileForm) -> UUID:
    """Parse and keep what was found; the file itself is not kept."""
    sent: FileStorage = form.file.data
    name = clean(PurePath((sent.filename or "").replace("\\", "/")).name) or "cau-hoi"
    content = sent.stream.read(MAX_BYTES + 1)
    kind = form.kind.data or format_of(name, content)
    founds = read_questions(name, content, kind)
    return actions.keep_reading(name, kind, founds, current_user.person_id)
