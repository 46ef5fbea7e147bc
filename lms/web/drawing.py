"""Drawings that look the same for everybody are drawn once: a village's garden is sixty flowers of a few kinds."""

import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

KEPT = 4096
HELD = re.compile(r'<div class="phone-frame__picture d-([a-z-]+)">')
"""Where a lesson's drawn screen holds a place for a drawing (lms/library/screens.py)."""


def install(env: Environment) -> None:
    """Templates call `drawn(template, macro, …)` with hashable values; the macro must need nothing of the request."""

    @lru_cache(maxsize=KEPT)
    def drawn(template: str, macro: str, *values: Any) -> Markup:
        return Markup(getattr(env.get_template(template).module, macro)(*values))  # noqa: S704 escaped there

    env.globals["drawn"] = drawn

    def illustrated(clean: str) -> Markup:
        """Clean HTML of a lesson with its drawings put in; what the drawing shows stands behind it in words."""
        return Markup(HELD.sub(lambda held: held[0] + drawn("web/_drawings.html", "drawing", held[1]), clean))  # noqa: S704

    env.filters["illustrated"] = illustrated
