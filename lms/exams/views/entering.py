"""A pupil enters an exam with the code on the board. Wrong codes are counted, by person and by network."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now
from lms.exams import actions
from lms.exams.forms import CodeForm
from lms.exams.queries import hall_of
from lms.exams.views.doors import door, hash_of
from lms.quizzes import queries as quizzes
from lms.web.refusing import refusing
from lms.witnessing.queries import open_window_for

TRIES_WINDOW = timedelta(minutes=15)
TRIES_BY_PERSON = 5
TRIES_BY_NETWORK = 60
"""A class of 45 behind one address may mistype."""


@door.route("/kiem-tra/<string:quiz>/ma", methods=["GET", "POST"])
@allow(Right.OWN_RECORD)
def enter(quiz: str):
    test = quizzes.quiz(quiz) or abort(404)
    window = open_window_for(current_user.person_id, test.id, now()) or abort(404)
    me, form = current_user.canonical_id, CodeForm()
    hall = hall_of(window.id, me)
    if hall is None or hall.exam is None or current_user.is_handed_over:
        abort(404)
    if hall.place.has_entered:
        return redirect(url_for("quizzes.quiz", quiz=test.id))
    if form.validate_on_submit():
        _check_tries(me)
        with refusing(form):
            actions.enter(window.id, me, hash_of(form.code.data, window.id))
            return redirect(url_for("quizzes.quiz", quiz=test.id), 303)
    if form.form_errors:
        _count_try(me)
    status = 422 if request.method == "POST" else 200
    return render_template("exams/enter.html", test=test, form=form), status


def _keys(person_id: int) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"person:{person_id}", TRIES_BY_PERSON), (f"network:{request.remote_addr}", TRIES_BY_NETWORK)


def _check_tries(person_id: int) -> None:
    for key, most in _keys(person_id):
        if journal.recent("exam-code-failed", key, TRIES_WINDOW) >= most:
            abort(429)


def _count_try(person_id: int) -> None:
    for key, _most in _keys(person_id):
        journal.note("exam-code-failed", key)
