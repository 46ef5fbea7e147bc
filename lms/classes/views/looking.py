"""Looking at classes and pupils; each read is journalled."""

from collections import Counter
from datetime import timedelta

from flask import abort, render_template, request
from flask_login import current_user
from sqlalchemy import select

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.classes import queries
from lms.classes.forms import BareForm
from lms.classes.models import SchoolClass
from lms.classes.queries import planning
from lms.classes.queries.progress import progress_of, sheet
from lms.classes.views.doors import door, visible_class
from lms.clock import today
from lms.courses.models import Lesson
from lms.db import db
from lms.people.models import Person
from lms.people.queries import standing_consents
from lms.people.rules import Purpose
from lms.places.models import Site
from lms.quizzes.models import Attempt, Quiz
from lms.skills import queries as skills
from lms.skills.rules.flowers import flower_of
from lms.skills.rules.words import status_words
from lms.web.paging import page_of

ATTEMPTS_SHOWN = 20
UNDO_SHOWN = timedelta(days=30)
"""So long a class of the new year offers to be undone; whether it may be is asked when somebody wants it."""
PAGE = 60
"""No real class is larger; where one is (a whole school put into one list), counts are those of the page shown."""


@door.get("/lop-hoc")
@allow(Right.READ_CLASS)
def classes():
    shown = queries.classes_with_sizes(current_user, today())
    overseen = set(current_user.site_ids(Role.PRINCIPAL))
    if current_user.holds(Role.ADMIN):
        overseen |= {site.id for _row, site, _pupils in shown if site.kind in ("school", "centre")}
    return render_template("classes/classes.html", classes=shown, overseen=overseen)


@door.get("/lop-hoc/<int:class_id>")
@allow(Right.READ_CLASS)
def school_class(class_id: int):
    row = visible_class(class_id)
    page = page_of(
        queries.enrolled(row.id, today()),
        (Person.name_key, Person.id),
        request.args.get("sau"),
        PAGE,
        lambda one: (one.name_key, one.id),
        scalars=True,
    )
    people = page.rows
    is_whole = page.next_mark is None and "sau" not in request.args
    if people:
        journal.note_read("person", [person.id for person in people], "class")
    lines = sheet(row.id, people, today())
    given = [one for line in lines for one in line.given]
    return render_template(
        "classes/school_class.html",
        school_class=row,
        site=db.session.get_one(Site, row.site_id),
        lines=lines,
        page=page,
        size=len(lines) if is_whole else queries.size_of(row.id, today()),
        helped=[line for line in lines if line.help],
        lacking=[line for line in lines if line.lacking],
        tasks=planning.tasks(row.id),
        asked=Counter(one.id for one in given),
        read=Counter(one.id for one in given if one.is_read),
        teachers=queries.teachers(row.id, today()),
        skills=skills.framework().skills,
        mine=current_user.holds(Role.ADMIN) or queries.teaches(current_user.person_id, row.id, today()),
        can_undo=row.continues_id is not None and today() < row.from_on + UNDO_SHOWN,
        form=BareForm(),
    )


@door.get("/hoc-sinh/<int:person_id>")
@allow(Right.READ_CLASS)
def pupil(person_id: int):
    person = visible_pupil(person_id)
    journal.note_read("person", person.id, "record")
    through = person.canonical_id or person.id
    standings = skills.standings([through], today())[through]
    framework = skills.framework()
    classes = queries.classes_of(person.id, today())
    mine = queries.visible_to(current_user, today()).where(SchoolClass.id.in_([row.id for row in classes]))
    return render_template(
        "classes/pupil.html",
        person=person,
        classes=classes,
        own_class=db.session.scalar(mine.order_by(SchoolClass.id).limit(1)),
        flower=flower_of(standings, framework.short_names),
        standings=standings,
        skills=framework.skills,
        words=status_words,
        lessons=_lessons(person.id),
        attempts=_attempts(person.id),
        consents=standing_consents([person], today())[person.id],
        purposes=Purpose,
        form=BareForm(),
    )


def visible_pupil(person_id: int) -> Person:
    wanted = select(Person).where(
        Person.id == person_id, Person.id.in_(queries.visible_pupil_ids(current_user, today()))
    )
    return db.session.scalar(wanted) or abort(404)


def _lessons(person_id: int) -> list[tuple[str, int]]:
    """Lessons begun, with how many steps are read."""
    read = progress_of([person_id], []).read[person_id]
    titles = db.session.execute(
        select(Lesson.id, Lesson.title).where(Lesson.id.in_(list(read))).order_by(Lesson.position)
    )
    return [(title, read[lesson]) for lesson, title in titles]


def _attempts(person_id: int) -> list[tuple[Attempt, Quiz]]:
    wanted = (
        select(Attempt, Quiz)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.person_id == person_id)
        .order_by(Attempt.started_at.desc())
        .limit(ATTEMPTS_SHOWN)
    )
    return [(attempt, quiz) for attempt, quiz in db.session.execute(wanted)]
