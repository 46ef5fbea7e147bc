"""A mark sheet that was filled in away from the network: tried first, written when the teacher says so."""

import hashlib
from pathlib import PurePath

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes.rules.school_weeks import Term
from lms.documents.limits import MAX_BYTES
from lms.documents.tables import read_tables
from lms.gradebooks import actions, queries
from lms.gradebooks.actions import reading
from lms.gradebooks.forms import TERM_WORDS, BareForm, SheetForm
from lms.gradebooks.models import MarkSheet
from lms.gradebooks.queries.mark_sheets import sheet_of
from lms.gradebooks.rules.marks import GENERAL, MARK_WORDS, holding, mark_of
from lms.gradebooks.views.doors import Book, door, opened_to_write
from lms.refusals import Refusal
from lms.vietnamese import clean
from lms.web.pages import say
from lms.web.refusing import refusing

SHOWN = 400


@door.route("/lop-hoc/<int:class_id>/so-theo-doi/phieu", methods=["GET", "POST"])
@allow(Right.MARK_CLASS)
def upload(class_id: int):
    book, form = opened_to_write(class_id), SheetForm()
    if form.validate_on_submit():
        try:
            kept = _read(book, form)
        except Refusal as refusal:
            form.file.errors = [refusal.sentence]
        else:
            return redirect(url_for(".sheet", class_id=class_id, sheet_id=kept.id), 303)
    page = render_template("gradebooks/upload.html", form=form, book=book, school_class=book.row, terms=TERM_WORDS)
    return page, 422 if request.method == "POST" else 200


@door.get("/lop-hoc/<int:class_id>/so-theo-doi/phieu/<int:sheet_id>")
@allow(Right.MARK_CLASS)
def sheet(class_id: int, sheet_id: int):
    return _shown(*_opened(class_id, sheet_id), BareForm())


@door.post("/lop-hoc/<int:class_id>/so-theo-doi/phieu/<int:sheet_id>/ghi")
@allow(Right.MARK_CLASS)
def apply(class_id: int, sheet_id: int):
    book, kept = _opened(class_id, sheet_id)
    form = BareForm()
    if form.validate_on_submit():
        with refusing(form):
            written = actions.apply_sheet(kept, {person.id for person in book.people})
            say(_("Đã ghi %(n)s mục vào sổ.", n=written))
            return redirect(url_for(".register", class_id=class_id, ky=kept.term), 303)
    return _shown(book, kept, form), 422


@door.post("/lop-hoc/<int:class_id>/so-theo-doi/phieu/<int:sheet_id>/bo")
@allow(Right.MARK_CLASS)
def discard(class_id: int, sheet_id: int):
    book, kept = _opened(class_id, sheet_id)
    actions.discard_sheet(kept)
    say(_("Đã bỏ bản đọc thử. Không có gì được ghi."))
    return redirect(url_for(".upload", class_id=class_id, ky=book.term), 303)


def _opened(class_id: int, sheet_id: int) -> tuple[Book, MarkSheet]:
    """A sheet its own reader may look at."""
    book = opened_to_write(class_id)
    kept = sheet_of(book.row.id, sheet_id, current_user.person_id) or abort(404)
    return book, kept


def _read(book: Book, form: SheetForm) -> MarkSheet:
    """Parse and understand; the file itself is not kept."""
    name = clean(PurePath((form.file.data.filename or "").replace("\\", "/")).name) or "phieu"
    content = form.file.data.stream.read(MAX_BYTES + 1)
    tables = read_tables(name, content)
    people = book.people
    written = queries.entries_of(book.row.id, [person.id for person in people])
    known = {}
    for person in people:
        held = holding(one for one in written.get(person.id, ()) if one.term == book.term)
        known[person.id] = reading.Known(
            person.id, person.full_name, {subject: (one.mark, one.words) for (subject, _t), one in held.items()}
        )
    subjects = [column.id for column in book.columns]
    read, problems = reading.read_marks(tables, book.row.id, book.term, subjects, known)
    digest = hashlib.sha256(content).hexdigest()
    return actions.keep_sheet(book.row.id, book.term, name, digest, read, problems, current_user.person_id)


def _shown(book: Book, kept: MarkSheet, form: BareForm) -> str:
    names = {person.id: person.full_name for person in book.people}
    told = {column.id: column.title for column in book.columns} | {GENERAL: _("Nhận xét chung")}
    if kept.entries:
        journal.note_read("person", sorted({one["person"] for one in kept.entries}), "mark sheet")
    return render_template(
        "gradebooks/sheet.html",
        book=book,
        school_class=book.row,
        kept=kept,
        rows=[
            {**one, "name": names.get(one["person"]), "title": told.get(one["subject"], one["subject"]),
             "told": MARK_WORDS[mark] if (mark := mark_of(one["mark"])) else ""}
            for one in kept.entries[:SHOWN]
        ],
        more=max(0, len(kept.entries) - SHOWN),
        term=TERM_WORDS[Term(kept.term)],
        form=form,
    )  # fmt: skip
