"""«Buổi thực hành» for whoever learns: coming in with the code on the board, its simulators, and where one is."""

from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now
from lms.practice import queries as practices
from lms.skills import queries as skills
from lms.web.refusing import refusing
from lms.witnessing.actions import practising
from lms.witnessing.forms import EnterForm
from lms.witnessing.queries import sessions as queries
from lms.witnessing.rules.sessions import pass_of
from lms.witnessing.views.doors import door

TRIES = 20
TRIES_WINDOW = timedelta(minutes=15)


@door.route("/buoi-thuc-hanh", methods=["GET", "POST"])
@allow(Right.OWN_RECORD)
def enter_session():
    form, key = EnterForm(), f"person:{current_user.person_id}"
    if form.validate_on_submit():
        if journal.recent("session-code-failed", key, TRIES_WINDOW) >= TRIES:
            abort(429)
        with refusing(form):
            row = practising.enter(current_user.person_id, form.code.data)
            return redirect(url_for("witnessing.attend", session_id=row.id), 303)
    if form.form_errors:
        journal.note("session-code-failed", key)
    return render_template(
        "witnessing/enter_session.html",
        form=form,
        sessions=queries.sessions_open_for(current_user.person_id, now()),
        skill_names={skill.id: skill.name for skill in skills.framework().skills},
    ), 422 if request.method == "POST" else 200


@door.get("/buoi-thuc-hanh/<uuid:session_id>")
@allow(Right.OWN_RECORD)
def attend(session_id: UUID):
    """The simulators of the session's skill, and what one has passed here."""
    mine = queries.sessions_open_for(current_user.person_id, now())
    row = next((one for one, entered_at in mine if one.id == session_id and entered_at), None) or abort(404)
    runs = queries.runs_in(row.id).get(current_user.canonical_id, ())
    return render_template(
        "witnessing/attend.html",
        session=row,
        skill=next(skill for skill in skills.framework().skills if skill.id == row.skill_id),
        practices=[one for one in practices.shelf() if one.skill_id == row.skill_id],
        passes=sum(run.is_unaided for run in runs),
        has_passed=pass_of(runs) is not None,
    )


@door.post("/buoi-thuc-hanh/cho")
@allow(Right.PRACTISE)
def note_place():
    """From the script of a practice: which screen is open now. Outside a session nothing is kept."""
    said = request.get_json(silent=True)
    practice, screen = (said.get("practice"), said.get("screen")) if isinstance(said, dict) else (None, None)
    if not isinstance(practice, str) or not isinstance(screen, str):
        abort(400)
    one = practices.practice(practice) or abort(404)
    spec = practices.spec(one.id, one.digest) or abort(404)
    if screen not in spec["screens"]:
        abort(400)
    practising.note_place(current_user.person_id, one.id, screen)
    return "", 204
