"""Signing in and out."""

from datetime import timedelta

from flask import abort, current_app, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from lms import journal
from lms.access.actor import Actor
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now
from lms.people import actions, passwords, queries
from lms.people.forms import SignInForm
from lms.people.models import Account
from lms.people.views.doors import door
from lms.web.pages import local_target

TRIES_WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
TRIES_PER_NETWORK = 300
"""A class of 45 behind one address may mistype six times each (T9: the class behind one NAT still works)."""


@door.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in():
    form = SignInForm(tiep=request.args.get("tiep", ""))
    if not form.validate_on_submit():
        return _page(form, 422 if request.method == "POST" else 200)
    name = form.username.data.strip().lower()
    account_key, network_key = f"account:{name}", f"network:{request.remote_addr}"
    if _too_many(account_key, network_key):
        journal.note("throttled", account_key)
        abort(429)
    account = queries.account_named(name)
    fits = passwords.matches(account.password_hash if account else None, form.password.data)
    if not fits or account is None or account.disabled_at or _first_password_is_over(account):
        journal.note("sign-in-failed", account_key)
        journal.note("sign-in-failed", network_key)
        form.password.errors = [_("Tên đăng nhập hoặc mật khẩu chưa đúng.")]
        return _page(form, 422)
    row = actions.start_sign_in(account, device_words(request.user_agent.string))
    _begin_session(row.key, row.person_id)
    journal.note("sign-in", account_key, actor_id=row.person_id)
    return redirect(local_target(form.tiep.data), 303)


@door.post("/dang-xuat")
@allow(Right.OWN_ACCOUNT)
def sign_out():
    actions.end_sign_in(current_user.sign_in_key)
    logout_user()
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    return redirect("/", 303)


@door.get("/quen-mat-khau")
@public
def forgotten():
    return render_template("people/forgotten.html")


def device_words(agent: str) -> str:
    """A word by which a person knows the device again; the full user agent is never kept."""
    known = (("Android", "Điện thoại Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Máy tính Windows"))
    return next((words for mark, words in known if mark in agent), "Máy khác")


def _page(form: SignInForm, status: int):
    demo = current_app.extensions.get("demo_accounts")
    return render_template("people/sign_in.html", form=form, demo_accounts=demo() if demo else []), status


def _begin_session(key: str, person_id: int) -> None:
    """A new session for every sign-in (ASVS 7.2.4); only the language is carried over."""
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    session["seen"] = int(now().timestamp())
    session.permanent = True
    login_user(Actor(sign_in_key=key, person_id=person_id, name=""))


def _too_many(account_key: str, network_key: str) -> bool:
    return (
        journal.recent("sign-in-failed", account_key, TRIES_WINDOW) >= TRIES_PER_ACCOUNT
        or journal.recent("sign-in-failed", network_key, TRIES_WINDOW) >= TRIES_PER_NETWORK
    )


def _first_password_is_over(account: Account) -> bool:
    return account.first_password_until is not None and now() > account.first_password_until
