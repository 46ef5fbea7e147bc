"""What one press on a screen without a script means: the fields that changed, then the button (docs/luyen-tap.md)."""

from typing import Any

from lms.practice.rules.reducer import CHOSEN, TYPED

Form = Any
"""As the browser sends it: something with `get`, `getlist` and `in`."""


def wanted_actions(shown: dict[str, Any], sent: Form) -> list[list[Any]]:
    """What changed in the fields, in the order of the items, then the press.

    A page that is older than the run (another tab, the browser's back) carries its press, not its fields.
    """
    is_this_screen = sent.get("n") == str(shown["n"])
    found = [action for item in shown["items"] if is_this_screen for action in _changed(item, sent)]
    press = sent.get("act", "").split(":", 1)
    return found if press == ["keep"] else [*found, press]


def _changed(item: dict[str, Any], sent: Form) -> list[list[Any]]:
    name = f"f-{item['id']}"
    if item["kind"] in TYPED:
        text = sent.get(name, "").strip()
        if name not in sent or (item["kind"] == "money" and not text):
            return []  # no amount is none, not a wrong one
        is_hidden = item["is_filled"] and (item["field"] == "other" or str(item["field"]).startswith("="))
        before = "" if is_hidden else str(item["field"])
        return [] if text == before else [["input", item["id"], text]]
    if item["kind"] not in CHOSEN:
        return []
    before_ids = [option["id"] for option in item["options"] if option["is_on"]]
    after = sent.getlist(name)
    if item["kind"] == "checks":
        return [["choose", item["id"], id] for id in sorted({*before_ids} ^ {*after})]
    return [["choose", item["id"], after[0]]] if after and after[:1] != before_ids else []
