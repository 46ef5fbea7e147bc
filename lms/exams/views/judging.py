"""What looks odd in an exam, for a person to look at and to say what they think. It fails nobody."""

from dataclasses import asdict
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.exams.actions.judging import judge
from lms.exams.forms import JudgeForm
from lms.exams.queries import canonical
from lms.exams.queries.looking import odd_in
from lms.exams.rules import suspicion
from lms.exams.views.doors import door, window_or_404
from lms.quizzes.queries import quiz
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/coi-thi/<uuid:window_id>/luu-y", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def odd(window_id: UUID):
    window, form = window_or_404(window_id), JudgeForm()
    found = odd_in(window)
    if found:
        journal.note_read("person", [person.id for one in found for person in one.people], "exam")
    if form.validate_on_submit():
        asked = next((one for one in found if one.found.name == form.finding.data), None) or abort(404)
        with refusing(form):
            facts = asdict(asked.found)
            judge(
                form.sent_id,
                window.id,
                asked.found.name,
                facts,
                form.verdict.data,
                form.note.data,
                current_user.person_id,
            )
            journal.note("exam-judgement", f"window:{window.id}", finding=asked.found.name, verdict=form.verdict.data)
            say(_("Đã ghi nhận xét."))
            return redirect(url_for("exams.odd", window_id=window_id), 303)
    form.id.data = str(uuid4())
    return render_template(
        "exams/odd.html", window=window, test=quiz(window.quiz_id), found=found, form=form, rules=suspicion,
        canonical=canonical, verdicts={one.value: one.label for one in form.verdict.choices},
    ), 422 if request.method == "POST" else 200  # fmt: skip
