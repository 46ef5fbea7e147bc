"""What answers tell about a test and its questions: for teachers of their own classes, for administrators of all.

Nobody is named, and nothing is said below the counts of the rules. Keys and options are for administrators alone: who
teaches a class that will sit the test need not know them.
"""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask_login import current_user
from sqlalchemy import Select

from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.classes.models import Enrolment, SchoolClass
from lms.clock import today
from lms.quizzes import queries
from lms.quizzes.models import Quiz
from lms.quizzes.queries.figures import about, first_sittings
from lms.quizzes.rules.shapes import Item
from lms.quizzes.rules.statistics import flags as counts
from lms.quizzes.rules.statistics.figures import (
    Key,
    QuestionFigures,
    Sat,
    learned,
    question_figures,
    test_figures,
)
from lms.quizzes.views.doors import door
from lms.skills import queries as skills
from lms.web.paging import Page, read_mark, write_mark

PAGE = 20


@dataclass(frozen=True)
class Counted:
    test: Quiz
    sat: list[Sat]
    items: dict[Key, Item]
    questions: list[QuestionFigures]
    room: SchoolClass | None
    """The class asked for; None is every class in reach."""


@door.get("/so-lieu")
@allow(Right.READ_CLASS)
def figures():
    """Which test, and of which class."""
    return render_template(
        "quizzes/figures.html",
        tests=[test for test in queries.quizzes() if test.kind == "skill"],
        rooms=[room for room, _site, _size in classes.classes_with_sizes(current_user, today())],
        room=_room(),
    )


@door.get("/so-lieu/<string:quiz>")
@allow(Right.READ_CLASS)
def test_statistics(quiz: str):
    counted = _counted(quiz)
    ruleset = queries.ruleset_on(today())
    need = queries.blueprint(counted.test, ruleset).pass_mark.needs(ruleset.know.items) if ruleset else 12
    names = {one.id: one.name for one in skills.framework().competencies}
    return render_template(
        "quizzes/test_figures.html",
        counted=counted,
        whole=test_figures(counted.sat, need),
        need=need,
        page=_page(counted.questions),
        names=names,
        counts=counts,
        gains=learned(counted.sat, about(counted.items)),
    )


@door.get("/so-lieu/<string:quiz>/cau/<string:item_id>")
@allow(Right.READ_CLASS)
def question_statistics(quiz: str, item_id: str):
    """One question, each version it was asked in by itself."""
    counted = _counted(quiz)
    found = [one for one in counted.questions if one.key[0] == item_id]
    if not found and not queries.is_asked_in(counted.test, item_id):
        abort(404)
    return render_template(
        "quizzes/question_figures.html",
        counted=counted,
        found=found,
        names={one.id: one.name for one in skills.framework().competencies},
        counts=counts,
        item_id=item_id,
        with_keys=current_user.may(Right.ADMINISTER),
        with_bank=current_user.may(Right.REVIEW_QUESTIONS),
    )


def _counted(quiz_id: str) -> Counted:
    test = queries.quiz(quiz_id) or abort(404)
    if test.kind != "skill":
        abort(404)
    room = _room()
    sat, items = first_sittings(test.id, _people(room))
    return Counted(test, sat, items, question_figures(sat, about(items)), room)


def _room() -> SchoolClass | None:
    """The class of the address; one out of reach does not exist."""
    if not request.args.get("lop"):
        return None
    class_id = request.args.get("lop", type=int) or abort(404)
    return classes.visible_class(current_user, class_id, today()) or abort(404)


def _people(room: SchoolClass | None) -> Select[int] | None:
    if room is not None:
        return classes.enrolled(room.id, today()).with_only_columns(Enrolment.person_id)
    return None if current_user.may(Right.ADMINISTER) else classes.visible_pupil_ids(current_user, today())


def _page(rows: list[QuestionFigures]) -> Page[QuestionFigures]:
    mark = read_mark(request.args.get("sau"), 1)
    start = mark[0] if mark and isinstance(mark[0], int) and mark[0] > 0 else 0
    more = start + PAGE < len(rows)
    return Page(rows[start : start + PAGE], write_mark([start + PAGE]) if more else None)
