"""The table: pupils by skills and modules, on the screen, on paper and as a workbook."""

from flask import Response, render_template, request

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.db import db
from lms.documents.workbooks import MEDIA_TYPE, write_workbook
from lms.gradebooks import queries
from lms.gradebooks.forms import TERM_WORDS
from lms.gradebooks.queries import Line, Subject
from lms.gradebooks.rules.marks import MARK_WORDS
from lms.gradebooks.views import workbook
from lms.gradebooks.views.doors import Book, door, opened
from lms.people.models import Person
from lms.places.models import Site
from lms.vietnamese import slug
from lms.web.paging import page_of

PAGE = 30
ON_PAPER = 60
AT_ONCE = 400
"""Pupils reckoned in one go for a workbook."""


@door.get("/lop-hoc/<int:class_id>/so-theo-doi")
@allow(Right.READ_CLASS)
def register(class_id: int):
    return render_template("gradebooks/register.html", **_page(opened(class_id), PAGE))


@door.get("/lop-hoc/<int:class_id>/so-theo-doi/ban-in")
@allow(Right.READ_CLASS)
def paper(class_id: int):
    return render_template("gradebooks/paper.html", **_page(opened(class_id), ON_PAPER))


@door.get("/lop-hoc/<int:class_id>/so-theo-doi.xlsx")
@allow(Right.READ_CLASS)
def download(class_id: int):
    """Register, sheet to fill in and history of this class, and of nobody else."""
    book = opened(class_id)
    people, columns = book.people, book.columns
    lines = _lines(book, people, columns)
    history = queries.entries_of(book.row.id, [person.id for person in people])
    writers = queries.names_of(one.by for entries in history.values() for one in entries)
    if people:
        journal.note_read("person", [person.id for person in people], "register file")
    content = write_workbook(workbook.pages(book, _site(book), columns, lines, history, writers))
    response = Response(content, mimetype=MEDIA_TYPE)
    name = f"so-theo-doi-{slug(book.row.name)}-{book.term}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(book: Book, size: int) -> dict[str, object]:
    page = page_of(
        classes.enrolled(book.row.id, book.on),
        (Person.name_key, Person.id),
        request.args.get("sau"),
        size,
        lambda one: (one.name_key, one.id),
        scalars=True,
    )
    columns = book.columns
    if page.rows:
        journal.note_read("person", [person.id for person in page.rows], "register")
    return {
        "book": book,
        "school_class": book.row,
        "site": _site(book),
        "columns": columns,
        "lines": queries.lines(book.row.id, page.rows, columns, book.term, book.as_of),
        "page": page,
        "terms": TERM_WORDS,
        "mark_words": MARK_WORDS,
        "teachers": classes.teachers(book.row.id, book.on),
    }


def _lines(book: Book, people: list[Person], columns: list[Subject]) -> list[Line]:
    return [
        line
        for start in range(0, len(people), AT_ONCE)
        for line in queries.lines(book.row.id, people[start : start + AT_ONCE], columns, book.term, book.as_of)
    ]


def _site(book: Book) -> str:
    return db.session.get_one(Site, book.row.site_id).name
