"""A published question turned back into what its author wrote, to go on from as a new question."""

import re
from collections.abc import Mapping
from typing import Any

from lms.quizzes.rules.types.registry import TYPES

AS_THEY_ARE = (
    "type", "competency", "level", "critical", "pool", "stem", "explain", "step", "facts", "review_by", "fixed", "source",
)  # fmt: skip
"""Of every type; each adds the keys of its form."""
NUMBERS = frozenset({"answer", "value", "abs", "rel"})
"""Kept with a point, written with a comma."""
_KEPT = re.compile(r"-?\d+(?:\.\d+)?")
UNSCORED = "f"
FILES = ("image", "audio")


def as_written(body: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of one entry of questions.yaml, out of a published version; facts stand in it as they were put in."""
    own = [field.key for field in TYPES[body["type"]].FORM]
    written = _plain({key: body[key] for key in dict.fromkeys((*AS_THEY_ARE, *own)) if key in body})
    written["competency"] = body.get("competency") or UNSCORED
    said = body.get("media") or {}
    written |= {key: said[key].rpartition("/")[2] if key in FILES else said[key] for key in said if said[key]}
    options = body.get("options") or ()
    of_type = getattr(TYPES[body["type"]], "as_written", None)
    if of_type:
        written |= of_type(body)
    elif options:
        written["options"] = [_plain(one) for one in options]
    kept: dict[str, Any] = tidy(written)
    return kept


def tidy(value: Any) -> Any:
    """Without what says nothing: empty texts and lists, and flags that are down."""
    if isinstance(value, Mapping):
        kept = {key: tidy(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ("", "false", [], {})}
    return [tidy(one) for one in value] if isinstance(value, list) else value


def _number(value: Any) -> str:
    text = str(value)
    return text.removesuffix(".0").replace(".", ",") if _KEPT.fullmatch(text) else text


def _plain(value: Any) -> Any:
    """Every scalar as text, as a file would hold it."""
    if isinstance(value, Mapping):
        return {key: _number(one) if key in NUMBERS else _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
