"""One cell of the register: what stands behind it, what teachers wrote, and writing a new entry."""

from uuid import UUID, uuid4

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.gradebooks import actions, queries
from lms.gradebooks.forms import TERM_WORDS, EntryForm, RemarkForm
from lms.gradebooks.queries import Subject, evidence
from lms.gradebooks.rules.marks import GENERAL, MARK_WORDS, Entry, mark_of
from lms.gradebooks.views.doors import Book, door, opened, opened_to_write, pupil_of
from lms.people.models import Person
from lms.skills.rules.words import status_words
from lms.web.pages import say
from lms.web.refusing import refusing


@door.get("/lop-hoc/<int:class_id>/so-theo-doi/<int:person_id>/<string:subject>")
@allow(Right.READ_CLASS)
def cell(class_id: int, person_id: int, subject: str):
    book = opened(class_id)
    person, column = pupil_of(book, person_id), _column(book, subject)
    return _shown(book, person, column, _form(column, held=_held(book, person, subject)))


@door.post("/lop-hoc/<int:class_id>/so-theo-doi/<int:person_id>/<string:subject>")
@allow(Right.MARK_CLASS)
def write(class_id: int, person_id: int, subject: str):
    book = opened_to_write(class_id)
    person, column = pupil_of(book, person_id), _column(book, subject)
    form = EntryForm() if column else RemarkForm()
    if form.validate_on_submit():
        mark = mark_of(form.mark.data) if column else None
        with refusing(form):
            sent = UUID(str(form.sent.data))
            actions.write_entry(
                sent, book.row.id, person.id, subject, book.term, mark, form.words.data or "", current_user.person_id
            )
            say(_("Đã ghi vào sổ. Lời ghi trước vẫn giữ trong lịch sử."))
            here = url_for(".cell", class_id=class_id, person_id=person_id, subject=subject, ky=book.term)
            return redirect(here, 303)
    return _shown(book, person, column, form), 422


def _column(book: Book, subject: str) -> Subject | None:
    """The subject, nothing for general remarks, 404 for what is not in this register."""
    if subject == GENERAL:
        return None
    return next((one for one in book.columns if one.id == subject), None) or abort(404)


def _held(book: Book, person: Person, subject: str) -> Entry | None:
    written = queries.entries_of(book.row.id, [person.id]).get(person.id, [])
    return next((one for one in reversed(written) if (one.subject, one.term) == (subject, book.term)), None)


def _form(column: Subject | None, held: Entry | None) -> EntryForm | RemarkForm:
    """Filled with what holds; saving writes a new entry beside it."""
    words = held.words if held else ""
    if column is None:
        return RemarkForm(words=words, sent=str(uuid4()))
    return EntryForm(mark=str(held.mark) if held and held.mark else "", words=words, sent=str(uuid4()))


def _shown(book: Book, person: Person, column: Subject | None, form: EntryForm | RemarkForm) -> str:
    journal.note_read("person", person.id, "register")
    (line,) = queries.lines(book.row.id, [person], [column] if column else [], book.term, book.as_of)
    subject = column.id if column else GENERAL
    written = [one for one in queries.entries_of(book.row.id, [person.id]).get(person.id, []) if one.subject == subject]
    return render_template(
        "gradebooks/cell.html",
        book=book,
        school_class=book.row,
        person=person,
        column=column,
        subject=subject,
        cell=line.cells[0] if column else None,
        written=list(reversed(written)),
        writers=queries.names_of(one.by for one in written),
        terms={str(term): words for term, words in TERM_WORDS.items()},
        mark_words=MARK_WORDS,
        form=form,
        **_behind(book, person, column),
    )


def _behind(book: Book, person: Person, column: Subject | None) -> dict[str, object]:
    if column is None:
        return {}
    if not column.is_skill:
        return {"steps": evidence.steps_of(person.id, column, book.as_of)}
    through = person.canonical_id or person.id
    return {
        "standing": evidence.standing_of(through, column.id, book.as_of),
        "events": evidence.events_of(through, column.id, book.as_of),
        "status_words": status_words,
    }
