"""*Trao máy*: a host's device locked to one learner, given back by the host's password or PIN, resumed by a code."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from lms import journal
from lms.access.actor import Actor
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now, today
from lms.db import db
from lms.people import passwords
from lms.people.models import Person
from lms.practice import queries as practices
from lms.quizzes.queries import consent_to_tests
from lms.skills import queries as skills
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing import queries
from lms.witnessing.actions import handing
from lms.witnessing.forms import BareForm, ResumeForm, ReturnForm
from lms.witnessing.models import PracticeSession, TestWindow
from lms.witnessing.queries.facts import without_consent
from lms.witnessing.queries.handing import Handed, handed, host_account
from lms.witnessing.queries.sessions import people_of, present_in, runs_in, session_is_open, sessions_of
from lms.witnessing.views.doors import door

TRIES_WINDOW = timedelta(minutes=15)
TRIES_TO_RETURN = 10
TRIES_TO_RESUME = 60
"""Per network: a class of 45 behind one address may mistype; a code has 39 bits and lives two hours at most."""
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters that are taken for digits."""
CODE_LENGTH = 8


@door.route("/trao-may", methods=["GET", "POST"])
@allow(Right.HAND_OVER)
def hand_over():
    """Choose one of my open tests or practice sessions and one person in it; POST locks this device to that person."""
    form = BareForm()
    windows = queries.windows_of(current_user.person_id, now())
    open_sessions = [row for row in sessions_of(current_user.person_id, today()) if session_is_open(row, now())]
    row = _chosen([window for window, _quiz in windows], open_sessions)
    if request.method == "POST" and form.validate_on_submit() and row is not None:
        learner_id = request.form.get("nguoi", type=int) or abort(400)
        with refusing(form):
            locked = handing.hand_over(current_user.sign_in_key, current_user.person_id, row, learner_id)
            journal.note("hand-over", f"person:{learner_id}")
            _lock_to(locked.sign_in_key or "", learner_id)
            return redirect(url_for("witnessing.handed_over"), 303)
    window, session = (row, None) if isinstance(row, TestWindow) else (None, row)
    people = queries.people_in(window) if window else people_of(session) if session else []
    if people:
        journal.note_read("person", [person.id for person in people], "list")
    return render_template(
        "witnessing/hand_over.html",
        form=form,
        windows=windows,
        sessions=open_sessions,
        skill_names={skill.id: skill.name for skill in skills.framework().skills},
        window=window,
        session=session,
        people=people,
        sittings=queries.sittings(window.id) if window else {},
        present=present_in(session.id) if session else set(),
        unasked=without_consent(people, today()),
    ), 422 if request.method == "POST" else 200


@door.post("/trao-may/ma")
@allow(Right.HAND_OVER)
def print_code():
    """A code on paper with which the learner goes on, on any device, while the window is open. Shown once."""
    window = db.session.get(TestWindow, request.form.get("bai", type=UUID) or abort(400)) or abort(404)
    learner = db.session.get(Person, request.form.get("nguoi", type=int) or abort(400)) or abort(404)
    if window.opener_id != current_user.person_id:
        abort(404)
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    handing.leave_code(current_user.sign_in_key, current_user.person_id, window, learner.id, _hash(code))
    journal.note("hand-over-code", f"person:{learner.id}")
    spaced = f"{code[:4]} {code[4:]}"
    return render_template("witnessing/code.html", code=spaced, learner=learner, window=window)


@door.get("/trao-may/dang-lam")
@allow(Right.HAND_BACK)
def handed_over():
    found = _handed()
    if found.session is None:
        is_open = found.is_open(now())
        return render_template("witnessing/handed_over.html", quiz=found.quiz, window=found.window, is_open=is_open)
    skill_id = found.session.skill_id
    runs = runs_in(found.session.id).get(current_user.canonical_id, ())
    return render_template(
        "witnessing/handed_in_session.html",
        session=found.session,
        is_open=found.is_open(now()),
        skill=next(skill for skill in skills.framework().skills if skill.id == skill_id),
        practices=[one for one in practices.shelf() if one.skill_id == skill_id],
        passes=sum(run.is_unaided for run in runs),
        keeps=consent_to_tests(current_user.canonical_id, today()).holds,
    )


@door.route("/trao-may/tra-lai", methods=["GET", "POST"])
@allow(Right.HAND_BACK)
def give_back():
    found = _handed()
    form = ReturnForm()
    if found.row.host_sign_in_key is None:
        return _end_resumed(found)
    if form.validate_on_submit():
        if _fits(found.row.host_id, form.secret.data):
            row = handing.give_back(found.row)
            journal.note("hand-back", f"person:{found.row.learner_id}", actor_id=found.row.host_id)
            _forget()
            if row is None:
                return redirect(url_for("people.sign_in"), 303)
            _begin(row.key, row.person_id)
            say(_("Đã nhận lại máy."))
            if found.session is not None:
                return redirect(url_for("witnessing.session", session_id=found.session.id), 303)
            return redirect(url_for("witnessing.window", window_id=found.row.window_id), 303)
        form.secret.errors = [_("Mật khẩu hoặc mã PIN chưa đúng.")]
    return render_template("witnessing/give_back.html", form=form), 422 if request.method == "POST" else 200


@door.route("/trao-may/tiep-tuc", methods=["GET", "POST"])
@public
def resume():
    form, key = ResumeForm(), f"network:{request.remote_addr}"
    if form.validate_on_submit():
        if journal.recent("resume-failed", key, TRIES_WINDOW) >= TRIES_TO_RESUME:
            abort(429)
        with refusing(form):
            row = handing.resume(_hash(form.code.data))
            journal.note("hand-over-resumed", f"person:{row.learner_id}", actor_id=row.learner_id)
            _lock_to(row.sign_in_key or "", row.learner_id)
            return redirect(url_for("witnessing.handed_over"), 303)
    if form.form_errors:
        journal.note("resume-failed", key)
    return render_template("witnessing/resume.html", form=form), 422 if request.method == "POST" else 200


@door.before_app_request
def keep_to_the_occasion() -> Response | None:
    """A handed-over device reaches what it was handed over for: one test, or the practices of one session while it is open."""
    asks = request.blueprint in ("quizzes", "practice") or request.endpoint == "witnessing.note_place"
    if not asks or not current_user.is_authenticated or not current_user.is_handed_over:
        return None
    found = handed(current_user.sign_in_key)
    if found is None or not _is_for(found, request.view_args or {}):
        return redirect(url_for("witnessing.handed_over"))
    return None


def _is_for(found: Handed, asked: Mapping[str, Any]) -> bool:
    if request.blueprint == "quizzes":
        return found.quiz is not None and asked.get("quiz") == found.quiz.id
    if found.session is None or not found.is_open(now()):
        return False
    if "practice" not in asked:  # its script, and the place on the leader's board
        return True
    one = practices.practice(asked["practice"])
    return one is not None and one.skill_id == found.session.skill_id


def _chosen(windows: list[TestWindow], sessions: list[PracticeSession]) -> TestWindow | PracticeSession | None:
    """What the address names; without a name the only one there is."""
    window_id, session_id = request.values.get("bai", type=UUID), request.values.get("buoi", type=UUID)
    if window_id is None and session_id is None:
        only: list[TestWindow | PracticeSession] = [*windows, *sessions]
        return only[0] if len(only) == 1 else None
    named = next((row for row in windows if row.id == window_id), None)
    return named or next((row for row in sessions if row.id == session_id), None)


def _end_resumed(found: Handed):
    """On a device resumed by a code nobody else's session waits: ending it opens nothing, so no password is asked."""
    form = BareForm()
    if form.validate_on_submit():
        handing.give_back(found.row)
        _forget()
        return redirect(url_for("people.sign_in"), 303)
    return render_template("witnessing/end_resumed.html", form=form)


def _handed() -> Handed:
    return handed(current_user.sign_in_key) or abort(404)


def _fits(host_id: int, secret: str) -> bool:
    """The host's password or PIN. Wrong ones are counted by host: whoever holds the device cannot go on guessing."""
    key = f"host:{host_id}"
    if journal.recent("hand-back-failed", key, TRIES_WINDOW) >= TRIES_TO_RETURN:
        abort(429)
    account = host_account(host_id)
    looks_like_pin = len(secret) == 6 and secret.isascii() and secret.isdecimal()
    hashes = (
        [account.password_hash, *([account.pin_hash] if looks_like_pin and account.pin_hash else [])] if account else []
    )
    if any(passwords.matches(one, secret) for one in hashes):
        return True
    journal.note("hand-back-failed", key)
    return False


def _lock_to(key: str, learner_id: int) -> None:
    _forget()
    _begin(key, learner_id)


def _begin(key: str, person_id: int) -> None:
    session["seen"] = int(now().timestamp())
    session.permanent = True
    login_user(Actor(sign_in_key=key, person_id=person_id, name=""))


def _forget() -> None:
    """Nothing of the session before is carried over, but the language."""
    language = session.get("lang")
    logout_user()
    session.clear()
    if language:
        session["lang"] = language


def _hash(code: str) -> str:
    """Keyed, so that a copy of the database does not give the codes away; spaces and small letters do not matter."""
    plain = "".join(code.upper().split())
    secret = current_app.extensions["settings"].secret_key
    return hmac.new(secret.encode(), f"hand-over:{plain}".encode(), hashlib.sha256).hexdigest()
