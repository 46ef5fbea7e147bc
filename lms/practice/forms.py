"""What the browser sends while practising: one press, and the fields of the screen."""

from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from lms.practice.rules.reducer import CHOSEN, TYPED


class BareForm(FlaskForm):
    """Only the token against forged forms."""


def wanted_actions(shown: dict[str, Any], sent: MultiDict[str, str]) -> list[list[Any]]:
    """What changed in the fields, in the order of the items, then the press."""
    found = [action for item in shown["items"] for action in _changed(item, sent)]
    press = sent.get("lam", "").split(" ")
    return found if press == ["giu"] else [*found, press]


def _changed(item: dict[str, Any], sent: MultiDict[str, str]) -> list[list[Any]]:
    name = f"o-{item['id']}"
    if item["kind"] in TYPED:
        text = sent.get(name, "").strip()
        if name not in sent or text == str(item["typed"]) or (item["kind"] == "money" and not text):
            return []  # no amount is none, not a wrong one
        return [["input", item["id"], text]]
    if item["kind"] not in CHOSEN:
        return []
    before = [option["id"] for option in item["options"] if option["is_on"]]
    after = sent.getlist(name)
    if item["kind"] == "checks":
        is_there = f"co-{item['id']}" in sent or bool(after)
        return [["choose", item["id"], id] for id in sorted({*before} ^ {*after})] if is_there else []
    return [["choose", item["id"], after[0]]] if after and after[:1] != before else []
