from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, request
from flask_login import current_user

from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.classes.queries import planning
from lms.classes.rules.school_weeks import SchoolYear, Term, last_day, term_on
from lms.clock import today
from lms.db import db
from lms.gradebooks import queries
from lms.gradebooks.queries import Subject
from lms.people.models import Person

door = Blueprint("gradebooks", "lms.gradebooks", template_folder="templates")


@dataclass(frozen=True)
class Book:
    """The register that was opened: a class, one term, and up to which day it counts."""

    row: SchoolClass
    year: SchoolYear | None
    term: Term
    as_of: date
    on: date
    """The day whose pupils it lists: today, or the last day of a class that has ended."""

    @property
    def columns(self) -> list[Subject]:
        return queries.subjects(self.row.id)

    @property
    def may_write(self) -> bool:
        return classes.teaches(current_user.person_id, self.row.id, today())

    @property
    def people(self) -> list[Person]:
        return classes.pupils(self.row.id, self.on)


def opened(class_id: int) -> Book:
    """The register, or 404 outside the actor's classes; `?ky=` chooses the term."""
    row = classes.visible_class(current_user, class_id, today()) or abort(404)
    year = planning.year_of(row)
    wanted = request.values.get("ky", "")
    term = Term(wanted) if wanted in set(Term) else term_on(year, today())
    on = min(today(), row.until_on - timedelta(days=1)) if row.until_on else today()
    return Book(row, year, term, last_day(term, year, on), on)


def opened_to_write(class_id: int) -> Book:
    """Only the class's own teachers write into its register."""
    book = opened(class_id)
    if not book.may_write:
        abort(404)
    return book


def pupil_of(book: Book, person_id: int) -> Person:
    wanted = classes.enrolled(book.row.id, book.on).where(Person.id == person_id)
    return db.session.scalar(wanted) or abort(404)
