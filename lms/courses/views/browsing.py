"""The shelf, one course, the teacher guide and the whole lesson on paper. Public, but for the guide."""

from flask import abort, render_template
from flask_login import current_user

from lms.access.actor import Actor
from lms.access.guard import allow, public
from lms.access.rules import Right, Role
from lms.clock import today
from lms.courses import queries
from lms.courses.views.doors import door
from lms.quizzes import queries as quizzes
from lms.quizzes.publishing import OBSERVER_QUIZ, TEAM_QUIZ
from lms.quizzes.queries import placing
from lms.quizzes.queries.outcomes import passed_observer
from lms.quizzes.rules.behaviours import asked
from lms.quizzes.rules.items import practice_order
from lms.skills import queries as skills


@door.get("/khoa-hoc")
@public
def courses():
    cards = queries.shelf(reader_id(), may_attest())
    return render_template(
        "courses/courses.html", cards=cards, skills={skill.id: skill for skill in skills.framework().skills}
    )


@door.get("/khoa-hoc/<string:course>")
@public
def course(course: str):
    card = queries.course(course, reader_id(), may_attest()) or abort(404)
    skill = next((one for one in skills.framework().skills if one.id == card.skill_id), None)
    quiz_id = skill.slug if skill else _own_test(card.audience)
    passed = bool(reader_id()) and card.audience == queries.WITNESSES and passed_observer(current_user.person_id)
    return render_template(
        "courses/course.html",
        card=card,
        skill=skill,
        quiz_id=quiz_id,
        passed=passed,
        may_teach=may_teach(),
        known=_known_steps(card.skill_id),
        here=[one for one in queries.platforms(card.skill_id) if one.state == "here"] if card.skill_id else [],
    )


def _own_test(audience: str) -> str | None:
    """The test at the end of a course that belongs to no skill, for those who may sit it."""
    if audience == queries.WITNESSES:
        return OBSERVER_QUIZ
    is_member = bool(reader_id()) and current_user.holds(Role.TEAM_MEMBER, Role.TEAM_LEADER)
    return TEAM_QUIZ if audience == queries.TEAMS and is_member else None


@door.get("/khoa-hoc/<string:course>/<string:lesson>/huong-dan")
@allow(Right.READ_GUIDE)
def guide(course: str, lesson: str):
    place = lesson_or_404(course, lesson)[0]
    if not place.has_guide:
        abort(404)
    return render_template("courses/guide.html", place=place, html=queries.guide(place.module_id))


@door.get("/khoa-hoc/<string:course>/<string:lesson>/ban-in")
@public
def printed(course: str, lesson: str):
    """All steps on one page, for paper."""
    place = lesson_or_404(course, lesson)[0]
    outline = queries.outline(place.id, place.digest)
    items = quizzes.practice_items(item for step in outline.steps for item in step.checks)
    return render_template(
        "courses/printed.html",
        place=place,
        outline=outline,
        checks={id: asked(item, practice_order(item)) for id, item in items.items()},
        expired=queries.expired_facts(outline.facts, today()),
    )


def _known_steps(skill_id: str | None) -> dict[str, list[queries.StepLink]]:
    """Lesson (its slug) → the steps that placement found known to its reader."""
    me = reader()
    found = placing.placed(me.canonical_id).get(skill_id) if me and skill_id else None
    known: dict[str, list[queries.StepLink]] = {}
    for link in queries.step_links(sorted(placing.steps_known([found]))).values() if found else ():
        known.setdefault(link.lesson, []).append(link)
    return known


def lesson_or_404(course: str, lesson: str, me: Actor | None = None) -> tuple[queries.LessonAt, frozenset[str]]:
    """The lesson and the steps its reader has read; what is for observers and teams exists for those who may attest."""
    me = me or reader()
    found = queries.lesson_and_progress(course, lesson, me.person_id if me else None)
    if found is None or (found[0].audience != queries.EVERYBODY and not (me and me.may(Right.ATTEST))):
        abort(404)
    return found


def reader() -> Actor | None:
    """Whoever is signed in, taken out of the proxy once: each look through it costs."""
    actor = current_user._get_current_object()
    return actor if isinstance(actor, Actor) else None


def reader_id() -> int | None:
    me = reader()
    return me.person_id if me else None


def may_attest() -> bool:
    me = reader()
    return me is not None and me.may(Right.ATTEST)


def may_teach() -> bool:
    me = reader()
    return me is not None and me.may(Right.READ_GUIDE)
