"""The roof: settings → database → rooms → guard → error pages → commands."""

import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import collisions, journal, logs
from lms import db as database
from lms import settings as settings_module
from lms.access import guard
from lms.db import db
from lms.home.queries import actor_by_sign_in
from lms.rooms import ABOVE, ROOMS
from lms.settings import Settings
from lms.web import errors, form_words, headers, language, pages
from lms.web.assets import Assets

LARGEST_BODY = 12 * 1024 * 1024
"""Import files are at most 10 MB (the main job, «Imports»); the rest is the form around them."""


class House(Flask):
    """Every view and hook here is synchronous, so none is asked whether it is."""

    def dispatch_request(self) -> ResponseReturnValue:
        return collisions.answered(super().dispatch_request)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application. Raises UndeclaredView if an endpoint declares no right."""
    settings = settings or settings_module.from_environment()
    app = House(__name__, static_folder=None)
    app.extensions["settings"] = settings
    app.config.update(_flask_config(settings))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    load_models()
    database.install(app)
    _install_migrations(app)
    CSRFProtect(app)
    Babel(
        app,
        locale_selector=language.chosen,
        default_translation_directories=str(Path(__file__).parent / "translations"),
    )
    Compress(app)
    app.extensions["assets"] = Assets(Path(__file__).parent / "web" / "static")
    _install_login(app)
    logs.install(app, settings)
    _open_doors(app)
    form_words.install()
    pages.install(app)
    headers.install(app, settings)
    app.after_request(finish)
    guard.install(app)
    errors.install(app)
    return app


def load_models() -> None:
    """Make every table known, whichever room is asked first."""
    for room in (*ROOMS, *ABOVE):
        if importlib.util.find_spec(f"lms.{room}.models"):
            importlib.import_module(f"lms.{room}.models")


def finish(response: Response) -> Response:
    """The one commit place: unsafe method and status < 400 → commit, anything else → rollback; then the journal.

    The journal comes after the outcome is known and before the answer leaves.
    """
    if request.method not in database.SAFE_METHODS and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    if journal.is_waiting():
        journal.write_lines(db.engine)
    return response


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": 16,
            "max_overflow": 16,
            "pool_use_lifo": True,
            "pool_pre_ping": not settings.is_sqlite,
        },
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "SESSION_COOKIE_NAME": "__Host-namcanh" if settings.is_https else "namcanh",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "BABEL_DEFAULT_LOCALE": "vi",
        "WTF_CSRF_TIME_LIMIT": None,
        # WTForms has no Vietnamese, and looking for it on the disk cost every form more than reading it: lms/web/form_words.py.
        "WTF_I18N_ENABLED": False,
        "WTF_CSRF_SSL_STRICT": settings.is_https,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 4,  # half the work of 6 for pages a few hundredths larger
        "COMPRESS_MIMETYPES": ["text/html", "application/json"],
    }


def _install_migrations(app: Flask) -> None:
    """Only where somebody works on the tables and has loaded it: the flask command, the first step of serving, tests. A
    process that only serves need not hold its 10 MiB.
    """
    if "flask_migrate" in sys.modules or click.get_current_context(silent=True):
        migrate = importlib.import_module("flask_migrate").Migrate
        migrate(app, db, directory=str(settings_module.PROJECT / "migrations"), render_as_batch=True)


def _install_login(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(actor_by_sign_in)
    manager.init_app(app)


def _open_doors(app: Flask) -> None:
    """Every room's doors: pages from views.py (a Blueprint called `door`) and commands from commands.py."""
    app.register_blueprint(pages.door)
    for room in ("library", *ROOMS, *ABOVE):
        for kind in ("views", "commands"):
            if importlib.util.find_spec(f"lms.{room}.{kind}"):
                module = importlib.import_module(f"lms.{room}.{kind}")
                if kind == "views":
                    app.register_blueprint(module.door)
                else:
                    for command in (module.commands, *getattr(module, "MORE", ())):
                        app.cli.add_command(command)
