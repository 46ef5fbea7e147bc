"""Signing in and out."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from lms import journal
from lms.access.actor import Actor
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now
from lms.people import actions, passwords, queries
from lms.people.forms import SignInForm
from lms.web.pages import local_target

door = Blueprint("people", __name__, template_folder="templates")

TRIES_WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
TRIES_PER_NETWORK = 300
"""A class of 45 behind one address may mistype six times each (T9: the class behind one NAT still works)."""


@door.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in():
    form = SignInForm(tiep=request.args.get("tiep", ""))
    if not form.validate_on_submit():
        return render_template("people/sign_in.html", form=form), 422 if request.method == "POST" else 200
    account_key, network_key = f"account:{form.username.data.strip().lower()}", f"network:{request.remote_addr}"
    if _too_many(account_key, network_key):
        abort(429)
    account = queries.account_named(form.username.data)
    fits = passwords.matches(account.password_hash if account else None, form.password.data)
    if not fits or account is None or account.disabled_at:
        journal.note("sign-in-failed", account_key)
        journal.note("sign-in-failed", network_key)
        form.password.errors = [_("Tên đăng nhập hoặc mật khẩu chưa đúng.")]
        return render_template("people/sign_in.html", form=form), 422
    row = actions.start_sign_in(account, _device(request.user_agent.string))
    session.clear()
    session["seen"] = int(now().timestamp())
    session.permanent = True
    login_user(Actor(sign_in_key=row.key, person_id=row.person_id, name=""))
    journal.note("sign-in", account_key, actor_id=row.person_id)
    return redirect(local_target(form.tiep.data), 303)


@door.post("/dang-xuat")
@allow(Right.OWN_ACCOUNT)
def sign_out():
    actions.end_sign_in(current_user.sign_in_key)
    logout_user()
    session.clear()
    return redirect("/", 303)


@door.route("/mat-khau", methods=["GET", "POST"])
@allow(Right.OWN_ACCOUNT)
def change_password():
    abort(404)


def _too_many(account_key: str, network_key: str) -> bool:
    return (
        journal.recent("sign-in-failed", account_key, TRIES_WINDOW) >= TRIES_PER_ACCOUNT
        or journal.recent("sign-in-failed", network_key, TRIES_WINDOW) >= TRIES_PER_NETWORK
    )


def _device(agent: str) -> str:
    """A word by which a person knows the device again; the full user agent is never kept."""
    known = (("Android", "Điện thoại Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Máy tính Windows"))
    return next((words for mark, words in known if mark in agent), "Máy khác")
