"""Vietnamese is the source; a visitor may choose English where a catalogue has it."""

from functools import lru_cache
from typing import Any

import flask_babel
from flask import Flask, g, has_request_context, session
from markupsafe import Markup

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def chosen() -> str:
    """The language of this request."""
    if not has_request_context():
        return "vi"
    wanted = session.get("lang", "vi")
    return wanted if wanted in LANGUAGES else "vi"


def install(app: Flask) -> None:
    """Templates translate through here: Vietnamese is the source text, so a page in it asks no catalogue anything."""
    app.extensions["babel"].instance.domain_instance = SourceFirst()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = said
    app.jinja_env.filters["told"] = gettext  # a title out of the books: in English where the catalogue has it


class SourceFirst(flask_babel.Domain):  # type: ignore[misc]
    """The same for `_()` in Python."""

    def gettext(self, string: str, **variables: Any) -> str:
        if not has_request_context() or _is_source():
            return string % variables if variables else string
        return str(super().gettext(string, **variables))


def said(message: str, /, **values: Any) -> str:
    """`_()` of the templates, as Jinja's newer style has it: always a format, its values escaped.

    Jinja's own asks for the context, which copies it at every call inside a loop.
    """
    return _plain(gettext(message)) if not values else Markup(gettext(message)) % values  # noqa: S704 our own sentences


@lru_cache(maxsize=4096)
def _plain(sentence: str) -> Markup:
    return Markup(sentence) % ()  # noqa: S704


def gettext(message: str) -> str:
    return message if _is_source() else str(flask_babel.get_translations().ugettext(message))


def ngettext(singular: str, plural: str, number: int) -> str:
    """Vietnamese has one form for every number."""
    return singular if _is_source() else str(flask_babel.get_translations().ungettext(singular, plural, number))


def _is_source() -> bool:
    kept: Any = g.get("is_vietnamese")
    if kept is None:
        kept = g.is_vietnamese = chosen() == "vi"
    return bool(kept)
