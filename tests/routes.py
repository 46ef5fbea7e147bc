"""Every test has an application of its own, and each compiled the same three hundred addresses anew: a third of its time.

The function that builds an address depends on the rule's text alone and takes the rule as its first argument, so it is
kept. A werkzeug that works otherwise compiles as it likes.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule


@cache
def compile_each_once() -> None:
    compile_builder: Callable[..., Any] | None = getattr(Rule, "_compile_builder", None)
    if compile_builder is None:
        return
    kept: dict[Any, Any] = {}

    def kept_builder(rule: Any, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = kept_builder  # type: ignore[method-assign]
