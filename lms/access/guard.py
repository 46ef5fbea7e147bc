"""Denied unless declared: every endpoint says `@allow(Right.X)` or `@public`, or the application does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from lms import journal
from lms.access.rules import Right

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"


class UndeclaredView(RuntimeError):
    """A view without a declared right; the message names it and the cure."""


def allow(right: Right) -> Callable[[View], View]:
    """Only for actors whose roles hold the right. Goes directly under the route."""

    def declare(view: View) -> View:
        view.required_right = right  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """For anybody, signed in or not."""
    view.required_right = PUBLIC  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Check every declaration, then stand before every request."""
    app.extensions["rights"] = {endpoint: _declared(endpoint, view) for endpoint, view in app.view_functions.items()}
    app.before_request(_stand)


def _declared(endpoint: str, view: Callable[..., Any]) -> Right | str:
    right: Right | str | None = getattr(view, "required_right", None)
    if right is None:
        where = f"{view.__module__}.{view.__name__}"
        raise UndeclaredView(f"{endpoint} ({where}) declares no right: add @allow(Right.…) or @public under its route")
    return right


def _stand() -> Response | None:
    if request.endpoint is None:
        return None
    right = current_app.extensions["rights"][request.endpoint]
    if right == PUBLIC:
        return _keep_to_the_learner()
    if not current_user.is_authenticated:
        if request.method == "GET":
            return redirect(url_for("people.sign_in", tiep=request.full_path.rstrip("?")))
        abort(401)
    g.actor_id = current_user.person_id
    if current_user.must_change_password and right != Right.OWN_ACCOUNT:
        return redirect(url_for("people.change_password"))
    if not current_user.may(right):
        journal.note("refused", f"person:{current_user.person_id}", right=str(right))
        abort(403)
    return None


FIRST_PAGE = "home.first_page"
"""Open to everybody, but what it shows to somebody signed in is not: a first password is changed before."""
ALWAYS_OPEN = frozenset({"web.asset", "web.healthz", "web.switch_language", "library.picture", "bank.medium"})


OPEN_IN_A_SESSION = frozenset(
    f"practice.{view}" for view in ("begin", "bundle", "practice", "press", "result", "screen", "worker")
)
"""Open to everybody; on a handed-over device only in the session it was handed over for (`witnessing/views/handing.py`)."""


def _keep_to_the_learner() -> Response | None:
    """While a device is handed over nothing else can be reached, public pages included."""
    if request.endpoint in ALWAYS_OPEN:
        return None
    me = current_user._get_current_object()
    if not me.is_authenticated:
        return None
    if me.is_handed_over and request.endpoint not in OPEN_IN_A_SESSION:
        return redirect(url_for("witnessing.handed_over"))
    if request.endpoint == FIRST_PAGE:
        g.actor_id = me.person_id
        if me.must_change_password:
            return redirect(url_for("people.change_password"))
    return None
