"""A question as the bank keeps it (a published body) told again as the entry of questions.yaml it came from."""

from collections.abc import Mapping
from typing import Any

from lms.exchange.formats.entries import number_here

_PLAIN = ("level", "critical", "pool", "explain", "step", "facts", "review_by", "fixed", "source")
_ASKS = {
    "cloze": ("text", "gaps"),
    "hotspot": ("regions", "hide_count"),
    "matching": ("pairs", "extra_right"),
    "multiple": ("options", "hide_count"),
    "numeric": ("answer", "tolerance", "band", "unit", "wrong"),
    "ordering": ("items", "before"),
    "scenario": ("start", "nodes"),
    "short": ("accept", "near", "reject", "accents", "typo"),
    "single": ("options",),
    "truefalse": (),
}
_LEFT_OUT_WHEN = {"accents": "lenient", "weight": 1, "level": 1, "pool": "luyen"}


def entry_of_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something: what stands at its default is left out."""
    kind = body["type"]
    entry = {"type": kind, "competency": body.get("competency") or "f", "stem": body["stem"]}
    entry |= {name: body.get(name) for name in (*_PLAIN, *_ASKS[kind])}
    entry |= {name: said for name, said in (body.get("media") or {}).items() if said}
    if kind == "truefalse":
        entry |= _truefalse(body["options"])
    elif kind == "numeric":
        entry |= _numbers(entry)
    elif kind == "cloze":
        entry["gaps"] = {
            name: gap | (_numbers(gap) if gap["type"] == "numeric" else {}) for name, gap in body["gaps"].items()
        }
    compact: dict[str, Any] = _compact(entry)
    return compact


def _truefalse(options: Any) -> dict[str, Any]:
    return {
        "answer": next(one["id"] for one in options if one["correct"]),
        "feedback": {one["id"]: one["feedback"] for one in options if one.get("feedback")},
    }


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """Kept with a point, written with a comma."""
    told: dict[str, Any] = {"answer": number_here(str(row["answer"]))}
    for name in ("tolerance", "band"):
        if row.get(name):
            told[name] = {side: number_here(str(value)) for side, value in row[name].items()}
    if row.get("wrong"):
        told["wrong"] = [{**one, "value": number_here(str(one["value"]))} for one in row["wrong"]]
    return told


def _compact(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {name: _compact(one) for name, one in value.items()}
        return {
            name: one
            for name, one in kept.items()
            if one not in (None, "", [], {}, False) and one != _LEFT_OUT_WHEN.get(name)
            if not (name in ("typo", "points") and one == 0)
        }
    return [_compact(one) for one in value] if isinstance(value, list | tuple) else value
