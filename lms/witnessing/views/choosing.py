"""Whom to open a test or a session for: one of my classes, or people looked up by name."""

from flask import abort, render_template, request
from flask_login import current_user
from flask_wtf import FlaskForm

from lms import journal
from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.clock import today
from lms.db import db
from lms.people.models import Person
from lms.people.queries import found
from lms.witnessing.queries.facts import without_consent
from lms.witnessing.queries.reach import classes_visible_to, people_visible_to

FOUND_AT_MOST = 30


def choose(target: str, title: str, heading: str, legend: str):
    """The page of choice; `target` is the endpoint that is asked again with `?lop=` or `?nguoi=`."""
    words, people = looked_up()
    return render_template(
        "witnessing/open_choose.html",
        classes=classes_visible_to(current_user, today()),
        words=words,
        people=people,
        target=target,
        title=title,
        heading=heading,
        legend=legend,
    ), 422 if request.method == "POST" else 200


def looked_up() -> tuple[str, list[Person]]:
    """The words of the search (`?tim=`), and whom of those one may stand witness for they find."""
    words = request.args.get("tim", "").strip()
    if not words:
        return "", []
    wanted = found(people_visible_to(current_user, today()), words)
    people = list(db.session.scalars(wanted.order_by(Person.name_key, Person.id).limit(FOUND_AT_MOST)))
    if people:
        journal.note_read("person", [person.id for person in people], "list")
    return words, people


def chosen_class() -> SchoolClass | None:
    class_id = request.args.get("lop", type=int)
    if class_id is None:
        return None
    found_here = (row for row, _site in classes_visible_to(current_user, today()) if row.id == class_id)
    return next(found_here, None) or abort(404)


def chosen_people() -> list[Person]:
    ids = set(request.values.getlist("nguoi", type=int))
    if not ids:
        return []
    wanted = people_visible_to(current_user, today()).where(Person.id.in_(ids))
    people = list(db.session.scalars(wanted.order_by(Person.name_key, Person.id)))
    return people if len(people) == len(ids) else abort(404)


def form_for(template: str, form: FlaskForm, school_class: SchoolClass | None, people: list[Person]):
    """The last page before opening: the form, for whom it is, and who has not been asked for consent yet."""
    pupils = classes.pupils(school_class.id, today()) if school_class else []
    everybody = [*pupils, *people]
    journal.note_read("person", [person.id for person in everybody], "list")
    return render_template(
        template,
        form=form,
        school_class=school_class,
        people=people,
        pupils=pupils,
        unasked=without_consent(everybody, today()),
    ), 422 if request.method == "POST" else 200
