"""What a proctor does: an exam of a window, codes, presence, pauses, more time, an attempt that does not count."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from lms import journal, proctoring
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now
from lms.db import db
from lms.exams import actions, queries
from lms.exams.forms import BareForm, TimeForm, WhyForm
from lms.exams.rules.hall import CODE_LIVES
from lms.exams.views.doors import door, hash_of, new_code, person_or_404, window_or_404
from lms.exams.views.words import words_of
from lms.quizzes.queries import quiz
from lms.quizzes.queries.regrading import later_steps
from lms.refusals import Refusal
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing.queries.facts import role_towards


@door.post("/coi-thi/<uuid:window_id>/bat")
@allow(Right.OPEN_TEST)
def make_exam(window_id: UUID):
    window = window_or_404(window_id)
    _do(lambda: actions.make_exam(window, current_user.person_id), _("Đã chuyển thành buổi thi. Điểm danh rồi đọc mã."))
    journal.note("exam", f"window:{window_id}")
    return _back(window_id)


@door.post("/coi-thi/<uuid:window_id>/ma")
@allow(Right.OPEN_TEST)
def show_code(window_id: UUID):
    """A new code, shown large, once; only its hash is kept."""
    window, code = window_or_404(window_id), new_code()
    if not BareForm().validate_on_submit():
        abort(400)
    if queries.exam_of(window.id) is None:
        return _back(window_id)
    exam = actions.set_code(window.id, hash_of(code, window.id))
    journal.note("exam-code", f"window:{window_id}")
    until = (exam.code_made_at or now()) + CODE_LIVES
    return render_template("exams/code.html", window=window, code=f"{code[:3]} {code[3:]}", until=until)


@door.post("/coi-thi/<uuid:window_id>/co-mat")
@allow(Right.OPEN_TEST)
def mark_present(window_id: UUID):
    window = window_or_404(window_id)
    present = set(request.form.getlist("co-mat", type=int))
    places = {
        int(name.removeprefix("cho-")): int(value) if value.isdecimal() and 0 < int(value) < 1000 else None
        for name, value in request.form.items()
        if name.startswith("cho-") and name.removeprefix("cho-").isdecimal() and len(value) < 4
    }
    _do(lambda: actions.mark_present(window, present, places), _("Đã ghi điểm danh."))
    journal.note("exam-presence", f"window:{window_id}", count=len(present))
    return _back(window_id)


@door.post("/coi-thi/<uuid:window_id>/dung")
@allow(Right.OPEN_TEST)
def hold(window_id: UUID):
    window, person_id = window_or_404(window_id), _whom(window_id)
    _do(lambda: proctoring.hold(window, person_id), _("Đã tạm dừng. Thời gian dừng sẽ được bù."))
    journal.note("exam-hold", f"person:{person_id}" if person_id else f"window:{window_id}")
    return _back(window_id)


@door.post("/coi-thi/<uuid:window_id>/cho-lam-tiep")
@allow(Right.OPEN_TEST)
def release(window_id: UUID):
    window, person_id = window_or_404(window_id), _whom(window_id)
    _do(lambda: proctoring.release(window, person_id), _("Làm tiếp. Thời gian dừng đã được bù."))
    journal.note("exam-release", f"person:{person_id}" if person_id else f"window:{window_id}")
    return _back(window_id)


@door.route("/coi-thi/<uuid:window_id>/nguoi/<int:person_id>", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def one(window_id: UUID, person_id: int):
    """One person of the exam: more time, a pause, or an attempt that does not count."""
    window = window_or_404(window_id)
    person = person_or_404(window, person_id)
    me, form = queries.canonical(person), TimeForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.give_time(window, me, form.minutes.data)
            journal.note("exam-time", f"person:{person.id}", minutes=form.minutes.data)
            say(_("Đã thêm %(n)s phút.", n=form.minutes.data))
            return redirect(url_for("exams.one", window_id=window_id, person_id=person_id), 303)
    return _one(window_id, person_id, form, WhyForm(formdata=None), 422 if request.method == "POST" else 200)


@door.post("/coi-thi/<uuid:window_id>/nguoi/<int:person_id>/huy-bai")
@allow(Right.OPEN_TEST)
def void(window_id: UUID, person_id: int):
    """The attempt does not count, or counts again (`lai`); the reason stays with it."""
    window = window_or_404(window_id)
    person = person_or_404(window, person_id)
    attempt = queries.attempts_in(window.id).get(queries.canonical(person)) or abort(404)
    form, again = WhyForm(), bool(request.form.get("lai"))
    if form.validate_on_submit():
        with refusing(form):
            role = str(role_towards(current_user.person_id, person.id, _skill(window.quiz_id), now()))
            act = proctoring.restore_attempt if again else proctoring.void_attempt
            act(attempt.id, form.why.data, current_user.person_id, role)
            journal.note("restore-attempt" if again else "void-attempt", f"person:{person.id}", attempt=str(attempt.id))
            say(_("Bài này lại được tính.") if again else _("Bài này không được tính. Người làm thấy lý do."))
            return redirect(url_for("exams.one", window_id=window_id, person_id=person_id), 303)
    return _one(window_id, person_id, TimeForm(formdata=None), form, 422)


def _one(window_id: UUID, person_id: int, time_form: TimeForm, why_form: WhyForm, status: int):
    window = window_or_404(window_id)
    person = person_or_404(window, person_id)
    journal.note_read("person", person.id, "exam")
    exam = queries.exam_of(window.id)
    row = next(row for row in queries.board(window, exam) if row.person.id == person.id)
    hall = queries.hall_of(window.id, queries.canonical(person)) or abort(404)
    return render_template(
        "exams/one.html",
        window=window,
        exam=exam,
        person=person,
        row=row,
        words=words_of,
        until=hall.times(now()).closes_at,
        later=later_steps(row.attempt.id) if row.attempt else [],
        form=time_form,
        why_form=why_form,
    ), status


def _skill(quiz_id: str) -> str:
    test = quiz(quiz_id) or abort(404)
    return test.skill_id or ""


def _whom(window_id: UUID) -> int | None:
    """The one person of the form, by canonical id; nobody named is everybody."""
    asked = request.form.get("nguoi", type=int)
    return queries.canonical(person_or_404(window_or_404(window_id), asked)) if asked is not None else None


def _do(act, done: str) -> None:
    """A refusal is said on the board instead."""
    if not BareForm().validate_on_submit():
        abort(400)
    try:
        act()
    except Refusal as refusal:
        db.session.rollback()
        say(refusal.sentence, "bad")
    else:
        say(done)


def _back(window_id: UUID) -> Response:
    return redirect(url_for("exams.board", window_id=window_id), 303)
