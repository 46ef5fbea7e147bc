"""Writing a question: a new one, the next version, a copy of one from files; and what it looks like so far."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank import actions, queries
from lms.bank.actions import editing, media
from lms.bank.queries import Question, listing
from lms.bank.rules.duplicates import like
from lms.bank.rules.lifecycle import Act, may
from lms.bank.rules.media import KEYS, WORDS
from lms.bank.rules.sheets import homeless, laid_out, read
from lms.bank.rules.types import TYPE_HINTS, TYPE_WORDS
from lms.bank.rules.writing import tidy
from lms.bank.views.doors import door
from lms.bank.views.listing import fields_of, question_or_404
from lms.bank.views.showing import previewed
from lms.db import db
from lms.documents.media import MOST_SENT, cleaned
from lms.library.questions import MADE_HERE
from lms.library.written import Fault
from lms.quizzes.publishing import shown_as
from lms.refusals import Refusal
from lms.web.pages import say

NOT_YET = f"{MADE_HERE}moi"
"""The id by which a question is read before it has one."""
MOST_LIKE = 5
NO_FILE = "Tệp gửi kèm chưa nhận được, lý do ghi ở ô ấy. Chưa lưu gì cả."
Faults = dict[str, list[str]]


@door.get("/ngan-hang/moi")
@allow(Right.WRITE_QUESTIONS)
def new():
    """Which type, then its form."""
    kind = request.args.get("loai", "")
    if kind not in TYPE_WORDS:
        return render_template("bank/types.html", type_words=TYPE_WORDS, type_hints=TYPE_HINTS)
    return _form(None, {"type": kind, "level": "1", "pool": "luyen"})


@door.post("/ngan-hang/moi")
@allow(Right.WRITE_QUESTIONS)
def add():
    body, refused = _sent()
    if refused:
        return _form(None, body, NO_FILE, refused)
    if not _is_to_be_saved():
        return _form(None, body)
    try:
        made = actions.add_draft(body, origin="browser", by=current_user.person_id)
    except Refusal as refusal:
        return _refused(None, body, refusal)
    return _saved(made.id, body)


@door.get("/ngan-hang/<string:item_id>/sua")
@allow(Right.WRITE_QUESTIONS)
def edit(item_id: str):
    found = _to_be_edited(item_id)
    return _form(found, found.newest.body if found.newest else {})


@door.post("/ngan-hang/<string:item_id>/sua")
@allow(Right.WRITE_QUESTIONS)
def save(item_id: str):
    found = _to_be_edited(item_id)
    body, refused = _sent()
    if refused:
        return _form(found, body, NO_FILE, refused)
    if not _is_to_be_saved():
        return _form(found, body)
    note = request.form.get("ghi-chu", "").strip()[:200]
    try:
        editing.save(item_id, body, current_user.person_id, note, request.form.get("ban", type=int))
    except Refusal as refusal:
        return _refused(found, body, refusal)
    return _saved(item_id, body)


@door.post("/ngan-hang/xem-thu")
@allow(Right.WRITE_QUESTIONS)
def preview():
    """The part of the page that shows the question, for a script that asks while one types."""
    body, _refused = _sent()
    read = queries.written(NOT_YET, body)
    return render_template("bank/_preview_part.html", preview=previewed(NOT_YET, body, read))


@door.post("/ngan-hang/<string:item_id>/chep")
@allow(Right.WRITE_QUESTIONS)
def copy(item_id: str):
    question_or_404(item_id)
    try:
        made = editing.copy(item_id, current_user.person_id)
    except Refusal as refusal:
        say(refusal.sentence, "bad")
        return redirect(url_for("bank.question", item_id=item_id), 303)
    say(_("Đã chép thành một câu mới. Sửa câu này không đổi câu cũ."))
    return redirect(url_for("bank.edit", item_id=made.id), 303)


def _to_be_edited(item_id: str) -> Question:
    found = question_or_404(item_id)
    no = may(Act.EDIT, found.standing, current_user.person_id, current_user.may(Right.REVIEW_QUESTIONS))
    if no is not None:
        abort(404)
    return found


def _sent() -> tuple[dict[str, Any], Faults]:
    """The question in the form, and what is wrong with the files beside it."""
    kind = request.form.get("type", "")
    if kind not in TYPE_WORDS:
        abort(400)
    form, refused = _with_files(request.form.to_dict())
    body: dict[str, Any] = tidy({"type": kind, **read(fields_of(kind), form)})
    return body, refused


def _with_files(form: dict[str, str]) -> tuple[dict[str, str], Faults]:
    """A file sent just now takes the place of the one named; it is kept at once, so that it is not sent twice."""
    refused: Faults = {}
    for key in KEYS:
        sent = request.files.get(f"{key}-file")
        if sent and sent.filename:
            try:
                found = cleaned(sent.stream.read(MOST_SENT + 1), as_sound=key == "audio")
                form[key] = media.keep(found, current_user.person_id)
            except Refusal as refusal:
                refused[key] = [refusal.sentence]
        elif form.get(f"{key}-bo"):
            form[key] = form[WORDS[key]] = ""
    return form, refused


def _is_to_be_saved() -> bool:
    return request.form.get("viec") == "luu"


def _form(
    found: Question | None, body: Mapping[str, Any], told: str = "", refused: Faults | None = None
) -> tuple[str, int] | str:
    """The form with what stands in it, every fault at its field, and the question as it looks so far."""
    more = request.form.get("viec", "").removeprefix("them:") if request.method == "POST" else ""
    read_so_far = queries.written(found.item.id if found else NOT_YET, dict(body))
    is_new = request.method == "GET" and found is None
    faults = {**_by_field(() if is_new else read_so_far.faults), **(refused or {})}
    cells = laid_out(fields_of(str(body["type"])), body, faults, more)
    page = render_template(
        "bank/form.html",
        found=found,
        body=body,
        cells=cells,
        faults=faults,
        homeless=homeless(faults, cells),
        told=told,
        preview=None if is_new else previewed(NOT_YET, body, read_so_far),
        likes=[] if is_new else _likes(found, body),
        type_words=TYPE_WORDS,
        type_hints=TYPE_HINTS,
    )
    return (page, 422) if told else page


def _refused(found: Question | None, body: Mapping[str, Any], refusal: Refusal) -> tuple[str, int] | str:
    db.session.rollback()
    return _form(queries.question(current_user, found.item.id) if found else None, body, refusal.sentence)


def _saved(item_id: str, body: Mapping[str, Any]) -> Response:
    faults = queries.written(item_id, dict(body)).faults
    if faults:
        say(_("Đã lưu bản nháp. Còn %(n)s chỗ phải sửa trước khi gửi duyệt.", n=len(faults)), "warn")
    else:
        say(_("Đã lưu bản nháp. Câu này gửi duyệt được rồi."))
    return redirect(url_for("bank.question", item_id=item_id), 303)


def _by_field(faults: tuple[Fault, ...]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in faults:
        told.setdefault(one.field, []).append(one.sentence)
    return told


def _likes(found: Question | None, body: Mapping[str, Any]) -> list[Any]:
    """Questions that ask nearly the same, as somebody should know before writing on."""
    folded = shown_as("", body)["words"].strip()
    others = listing.folded_stems(current_user)
    if found:
        others.pop(found.item.id, None)
    ids = [id for id, _how in like(folded, others)[:MOST_LIKE]]
    rows = listing.labels(ids)
    return [rows[id] for id in ids]
