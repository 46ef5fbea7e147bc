"""Opening an attended test, and looking at one that is open."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.people.models import Person
from lms.quizzes.models import Quiz
from lms.quizzes.publishing import TEAM_QUIZ
from lms.quizzes.queries import quiz
from lms.skills import queries as skills
from lms.teams.queries import are_members
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing import actions, queries
from lms.witnessing.forms import BareForm, OpenForm
from lms.witnessing.models import TestWindow
from lms.witnessing.queries.facts import without_consent
from lms.witnessing.views.choosing import choose, chosen_class, chosen_people, form_for
from lms.witnessing.views.doors import door


@door.route("/chung-kien/mo-bai", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def open_test():
    school_class, people = chosen_class(), chosen_people()
    if school_class is None and not people:
        title, legend = _("Mở bài kiểm tra"), _("Chọn những người sẽ làm bài")
        return choose("witnessing.open_test", title, _("Mở bài kiểm tra cho ai?"), legend)
    form = OpenForm(quiz_id=request.args.get("bai"))
    form.quiz_id.choices = [SelectChoice(quiz.id, quiz.title) for quiz in _quizzes([person.id for person in people])]
    if form.validate_on_submit():
        with refusing(form):
            window = actions.open_window(
                form.window_id,
                current_user.person_id,
                form.quiz_id.data,
                class_id=school_class.id if school_class else None,
                person_ids=[person.id for person in people],
                minutes=form.minutes.data,
                name=form.name.data or "",
            )
            say(_("Đã mở bài kiểm tra. Bài tự đóng khi hết giờ."))
            return redirect(url_for("witnessing.window", window_id=window.id), 303)
    return form_for("witnessing/open_form.html", form, school_class, people)


@door.get("/chung-kien/mo-bai/<uuid:window_id>")
@allow(Right.OPEN_TEST)
def window(window_id: UUID):
    row = _window(window_id)
    people = queries.people_in(row)
    sittings = queries.sittings(row.id)
    if people:
        journal.note_read("person", [person.id for person in people], "test")
    return render_template(
        "witnessing/window.html",
        window=row,
        quiz=quiz(row.quiz_id),
        people=people,
        sittings=sittings,
        is_open=queries.window_is_open(row, now()),
        minutes_left=max(0, int((row.closes_at - now()).total_seconds() // 60)),
        unasked=without_consent(people, today()),
        counts=_counts(people, sittings),
        is_mine=row.opener_id == current_user.person_id,
        form=BareForm(),
    )


@door.post("/chung-kien/mo-bai/<uuid:window_id>/dong")
@allow(Right.OPEN_TEST)
def close(window_id: UUID):
    row = _window(window_id)
    actions.close_window(row)
    undo = url_for("witnessing.reopen", window_id=row.id) if row.closes_at > now() else None
    say(_("Đã đóng bài kiểm tra. Những câu đã làm vẫn còn."), undo=undo)
    return redirect(url_for("witnessing.window", window_id=window_id), 303)


@door.post("/chung-kien/mo-bai/<uuid:window_id>/mo-lai")
@allow(Right.OPEN_TEST)
def reopen(window_id: UUID):
    actions.reopen_window(_window(window_id))
    say(_("Bài kiểm tra mở lại."))
    return redirect(url_for("witnessing.window", window_id=window_id), 303)


def _quizzes(person_ids: list[int]) -> list[Quiz]:
    """The tests of the skills; for members of teams the exam of their course too."""
    tests = queries.quizzes([skill.id for skill in skills.framework().skills])
    exam = quiz(TEAM_QUIZ) if are_members(person_ids, today()) else None
    return [*tests, exam] if exam else tests


def _window(window_id: UUID) -> TestWindow:
    return queries.window_visible_to(current_user.person_id, window_id, today()) or abort(404)


def _counts(people: list[Person], sittings: dict[int, queries.Sitting]) -> dict[str, int]:
    rows = list(sittings.values())
    return {
        "people": len(people),
        "started": len(rows),
        "finished": sum(row.closed_at is not None for row in rows),
        "passed": sum(bool(row.passed) for row in rows),
    }
