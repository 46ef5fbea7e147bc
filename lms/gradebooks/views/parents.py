"""The page a pupil takes home: what is reached, what the teachers wrote, which papers stand, whether the home is linked."""

from flask import render_template, request

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.classes.queries import waiting
from lms.clock import today
from lms.db import db
from lms.gradebooks import queries
from lms.gradebooks.forms import TERM_WORDS
from lms.gradebooks.rules.marks import MARK_WORDS
from lms.gradebooks.views.doors import Book, door, opened, pupil_of
from lms.people.models import Person
from lms.people.queries import standing_consents
from lms.people.rules import Purpose
from lms.places.models import Site
from lms.web.paging import Page, page_of

PAGE = 60


@door.get("/lop-hoc/<int:class_id>/phu-huynh")
@allow(Right.READ_CLASS)
def parents(class_id: int):
    """One page a pupil, for the whole class."""
    book = opened(class_id)
    page = page_of(
        classes.enrolled(book.row.id, book.on),
        (Person.name_key, Person.id),
        request.args.get("sau"),
        PAGE,
        lambda one: (one.name_key, one.id),
        scalars=True,
    )
    return _shown(book, list(page.rows), page)


@door.get("/lop-hoc/<int:class_id>/phu-huynh/<int:person_id>")
@allow(Right.READ_CLASS)
def parent(class_id: int, person_id: int):
    book = opened(class_id)
    return _shown(book, [pupil_of(book, person_id)], Page([], None))


def _shown(book: Book, people: list[Person], page: Page[Person]) -> str:
    if people:
        journal.note_read("person", [person.id for person in people], "page for parents")
    columns = book.columns
    held = waiting.held([person.canonical_id or person.id for person in people], today()).values()
    return render_template(
        "gradebooks/parents.html",
        book=book,
        school_class=book.row,
        site=db.session.get_one(Site, book.row.site_id).name,
        teachers=classes.teachers(book.row.id, book.on),
        columns=columns,
        lines=queries.lines(book.row.id, people, columns, book.term, book.as_of),
        consents=standing_consents(people, today()),
        purposes=Purpose,
        term=TERM_WORDS[book.term],
        mark_words=MARK_WORDS,
        untold={(one.person_id, one.skill_id): one.told_from for one in held},
        page=page,
        alone=people[0] if len(people) == 1 and not page.rows else None,
    )
