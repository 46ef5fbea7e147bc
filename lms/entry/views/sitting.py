"""Beginning and ending a session by card in the browser's cookie."""

from flask import redirect, request, session
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from lms import journal
from lms.access.actor import Actor
from lms.clock import now
from lms.people import actions as people
from lms.people.models import SignIn

AGENTS = (("Android", "Điện thoại Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Máy tính Windows"))


def device() -> str:
    """A word by which a person knows the device again."""
    agent = request.user_agent.string
    return next((words for mark, words in AGENTS if mark in agent), "Máy khác")


def begin(row: SignIn, code: str = "") -> Response:
    """Whoever sat here before is signed out, whether they pressed «Đổi bạn» or not."""
    if current_user.is_authenticated:
        people.end_sign_in(current_user.sign_in_key)
    forget()
    session["seen"] = int(now().timestamp())
    session.permanent = row.kind == "card"
    if row.kind == "seat":
        session["seat"] = code
    login_user(Actor(sign_in_key=row.key, person_id=row.person_id, name=""))
    journal.note("sign-in", f"person:{row.person_id}", actor_id=row.person_id, by=row.kind)
    return redirect("/", 303)


def forget() -> None:
    """Nothing of the session before is carried over, but the language."""
    language = session.get("lang")
    logout_user()
    session.clear()
    if language:
        session["lang"] = language
