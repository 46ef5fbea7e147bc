"""Drawings that look the same for everybody are drawn once: a village's garden is sixty flowers of a few kinds."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

KEPT = 4096


def install(env: Environment) -> None:
    """Templates call `drawn(template, macro, …)` with hashable values; the macro must need nothing of the request."""

    @lru_cache(maxsize=KEPT)
    def drawn(template: str, macro: str, *values: Any) -> Markup:
        return Markup(getattr(env.get_template(template).module, macro)(*values))  # noqa: S704 escaped there

    env.globals["drawn"] = drawn
