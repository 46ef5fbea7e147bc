"""The doors that belong to no room, and what every template may use."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from lms import clock
from lms.access.guard import public
from lms.db import db
from lms.web import drawing, language
from lms.web.ways import way_back

door = Blueprint("web", __name__, template_folder="templates")

FOREVER = "public, max-age=31536000, immutable"


@door.get("/static/<path:name>")
@public
def asset(name: str) -> AnyResponse:
    found = current_app.extensions["assets"].get(name)
    if found is None:
        abort(404)
    accepted = request.headers.get("Accept-Encoding", "")
    if found.brotli and "br" in accepted:
        response = make_response(found.brotli)
        response.headers["Content-Encoding"] = "br"
    elif found.gzip and "gzip" in accepted:
        response = make_response(found.gzip)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = make_response(found.content)
    response.headers["Content-Type"] = found.kind + ("; charset=utf-8" if found.kind.startswith("text/") else "")
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") == found.digest else "public, max-age=300"
    response.set_etag(found.digest)
    return response.make_conditional(request)


@door.get("/favicon.ico")
@public
def favicon() -> AnyResponse:
    return redirect(current_app.extensions["assets"].url("svg/favicon.svg"), 301)


@door.get("/healthz")
@public
def healthz() -> Response:
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")


@door.get("/robots.txt")
@public
def robots() -> Response:
    lines = [
        "User-agent: *",
        "Allow: /$",
        "Allow: /khoa-hoc",
        "Allow: /luyen-tap$",
        "Allow: /xac-minh$",
        "Allow: /static/",
        "Disallow: /",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


@door.post("/ngon-ngu")
@public
def switch_language() -> AnyResponse:
    wanted = request.form.get("lang", "vi")
    if wanted in language.LANGUAGES:
        session["lang"] = wanted
    return redirect(local_target(request.form.get("tiep")), 303)


def local_target(target: str | None, otherwise: str = "/") -> str:
    """An address inside this site, for going on after sign-in: anything else is replaced (ASVS 3.7.2)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return otherwise
    return target if all(ch.isprintable() for ch in target) else otherwise


def install(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, moment=moment, money=money, number=number, share=share)
    app.jinja_env.globals.update(static_url=app.extensions["assets"].url, today=clock.today, csrf_token=form_token)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(shared)
    language.install(app)
    drawing.install(app.jinja_env)
    app.before_request(_have_token)


def form_token() -> str:
    """The token of this session's forms. It does not grow old (the session does), so it is signed once a session."""
    raw = session.get("csrf_token")
    if raw is None:
        return str(generate_csrf())
    if "csrf_token" not in g:
        g.csrf_token = _signed(str(current_app.secret_key), raw)
    return str(g.csrf_token)


def _have_token() -> None:
    """A form that was sent makes its token anew, needed or not; it finds the one signed already."""
    if request.method == "POST" and "csrf_token" in session:
        form_token()


@lru_cache(maxsize=4096)
def _signed(secret: str, raw: str) -> str:
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def shared() -> dict[str, Any]:
    """What base.html relies on."""
    me = current_user if current_user.is_authenticated else None
    handed = me if me and me.is_handed_over else None
    navigation = current_app.extensions.get("navigation")
    return {
        "me": None if handed else me,
        "seat": me if me and me.is_seated else None,
        "way": way_back() if me and not handed else None,
        "handed_over": {"learner_name": handed.name} if handed else None,
        "nav": navigation(me) if navigation and not handed else (),
        "locale": language.chosen(),
        "languages": language.LANGUAGES,
        "here": request.full_path.rstrip("?") if request else "/",
        "notices": session.pop("notices", []) if "notices" in session else [],
        "url_for": url_for,
        "g": g,
    }


def say(sentence: str, kind: str = "good", undo: str | None = None) -> None:
    """Leave a sentence for the next page; `undo` is the address a POST button undoes it at."""
    session["notices"] = [*session.get("notices", []), {"text": sentence, "kind": kind, "undo": undo}]


def day(value: date | datetime | None) -> str:
    """05/09/2026."""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return value.strftime("%d/%m/%Y") if value else ""


def moment(value: datetime | None) -> str:
    """05/09/2026 14:30, Vietnamese time."""
    return value.astimezone(clock.VIETNAM).strftime("%d/%m/%Y %H:%M") if value else ""


def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """1.234,5 — points between thousands, a comma before decimals."""
    if value is None:
        return ""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def money(value: int) -> str:
    """120.000đ."""
    return number(value) + "đ"


def share(part: int | float, whole: int | float | None = None, decimals: int = 1) -> str:
    """32,5% of a share 0–1, or of a part in a whole; a dash where there is no whole."""
    if whole is not None:
        if not whole:
            return "–"
        part = part / whole
    return number(100 * part, decimals) + "%"
