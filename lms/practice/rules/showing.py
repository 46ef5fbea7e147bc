"""What stands on the screen now, as plain data: the page and the script draw from the same structure."""

from collections.abc import Mapping
from typing import Any

from lms.practice.rules.conditions import Scene, evaluate
from lms.practice.rules.reducer import ADDRESS, State, offered_items
from lms.practice.rules.texts import filled, text_of

SAID = ("text", "label", "alt", "name", "number", "at")
"""The keys of an item in which a value may be put."""


def shown(spec: Mapping[str, Any], values: Mapping[str, Any], state: State, with_hint: bool = False) -> dict[str, Any]:
    """The screen of this state. `with_hint`: the last action asked for one."""
    screen = spec["screens"][state["screen"]]
    known = {**values, **state["fields"], **state["vars"]}
    hint = screen.get("hint", "")
    return {
        "screen": state["screen"],
        "app": screen["app"],
        "title": filled(screen.get("title", ""), known),
        "address": filled(screen.get("address", ""), known),
        "address_id": ADDRESS,
        "is_address_open": state["counts"].get(ADDRESS, 0) > 0,
        "hint": filled(hint, known) if with_hint else "",
        "has_hint": bool(hint) and not state["done"],
        "can_go_back": bool(state["back"]) and not state["done"],
        "is_end": state["done"],
        "items": [_item(item, known, values, state) for item in offered_items(spec, values, state)],
        "n": state["n"],
        "max_actions": spec["pass"]["max_actions"],
    }


def _item(item: Mapping[str, Any], known: Mapping[str, Any], values: Mapping[str, Any], state: State) -> dict[str, Any]:
    given = {key: said for key, said in item.items() if key not in ("when", "expect", "store")}
    for key in SAID:
        if key in given:
            given[key] = filled(given[key], known)
    for key in ("value", "of"):
        if key in given:
            given[key] = evaluate(given[key], Scene(values, state))
    if "options" in given:
        given["options"] = [_option(option, known, state["fields"].get(item["id"], [])) for option in given["options"]]
    if item["kind"] in ("input", "money"):
        field = state["fields"].get(item["id"], "")
        expected = known.get(field[1:], "") if isinstance(field, str) and field.startswith("=") else field
        hides = field == "other" and item.get("store") == "match_only"
        given["field"] = field
        given["typed"] = "" if hides else text_of(expected)
        given["is_filled"] = field != ""
    return given


def _option(option: Mapping[str, Any], known: Mapping[str, Any], field: Any) -> dict[str, Any]:
    said = {key: filled(text, known) if key in ("label", "alt") else text for key, text in option.items()}
    return {**said, "is_on": option["id"] == field or (isinstance(field, list) and option["id"] in field)}
