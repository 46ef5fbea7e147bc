"""The reducer: `step(spec, values, state, action)` gives the next state, or says why the action is invalid.

Total and deterministic: integers and NFC texts only; no clock, no chance, no code. What it changes it copies, so a
state once given out never changes.
"""

from collections.abc import Mapping
from typing import Any

from lms.practice.rules.conditions import Action, Scene, evaluate, holds
from lms.practice.rules.texts import amount_of, filled, folded, looks_personal, text_of, typed

Spec = Mapping[str, Any]
State = dict[str, Any]
Item = Mapping[str, Any]

TAPPED = frozenset({"button", "row", "product"})
TYPED = frozenset({"input", "money"})
CHOSEN = frozenset({"choice", "checks", "photos", "pins"})
ADDRESS = "address"
"""The address bar of a browser is looked at by tapping it."""


def beginning(spec: Spec) -> State:
    """The state before the first action."""
    return {
        "screen": spec["start"],
        "back": [],
        "vars": dict(spec["vars"]),
        "fields": {},
        "counts": {},
        "visited": [spec["start"]],
        "mistakes": [],
        "hints": 0,
        "n": 0,
        "done": False,
    }


def step(spec: Spec, values: Mapping[str, Any], state: State, action: Any) -> State:
    """The next state, or `{"invalid": reason}`. `values`: what the seed drew, with what is derived from it."""
    if state["done"]:
        return _invalid("done")
    if state["n"] >= spec["pass"]["max_actions"]:
        return _invalid("too-many")
    if not _is_action(action):
        return _invalid("malformed")
    if action[0] == "hint":
        return _hinted(spec, values, state, action)
    if action[0] == "back":
        return _gone_back(spec, values, state, action)
    item = _offered(spec, values, state, action)
    if item is None:
        return _invalid("not-offered")
    field = _field(spec, values, state, item, action)
    if isinstance(field, dict):
        return field
    after = _copied(state)
    if field is not None:
        after["fields"][item["id"]] = field
    _count(after, action[1])
    _note_mistakes(spec, values, after, action)
    _move(spec, values, after, action)
    return after


def offered_items(spec: Spec, values: Mapping[str, Any], state: State) -> list[Item]:
    """The items of the screen that are shown now."""
    scene = Scene(values, state)
    return [item for item in spec["screens"][state["screen"]]["items"] if holds(item.get("when"), scene)]


def _is_action(action: Any) -> bool:
    if not isinstance(action, list) or not action or not isinstance(action[0], str):
        return False
    size = {"tap": 2, "input": 3, "choose": 3, "back": 1, "hint": 1}.get(action[0])
    if size != len(action) or not all(isinstance(part, str) for part in action[:2]):
        return False
    return size < 3 or isinstance(action[2], str) or (action[0] == "input" and type(action[2]) is int)


def _hinted(spec: Spec, values: Mapping[str, Any], state: State, action: Action) -> State:
    if not spec["screens"][state["screen"]].get("hint"):
        return _invalid("not-offered")
    after = _copied(state)
    after["hints"] += 1
    _count(after, "hint")
    _note_mistakes(spec, values, after, action)
    return after


def _gone_back(spec: Spec, values: Mapping[str, Any], state: State, action: Action) -> State:
    if not state["back"]:
        return _invalid("not-offered")
    after = _copied(state)
    _count(after, "back")
    _note_mistakes(spec, values, after, action)
    after["screen"] = after["back"].pop()
    return after


def _offered(spec: Spec, values: Mapping[str, Any], state: State, action: Action) -> Item | None:
    screen = spec["screens"][state["screen"]]
    if action == ["tap", ADDRESS] and screen.get("address"):
        return {"id": ADDRESS, "kind": "button"}
    kinds = {"tap": TAPPED, "input": TYPED, "choose": CHOSEN}[action[0]]
    for item in screen["items"]:
        if item["id"] == action[1] and item["kind"] in kinds and holds(item.get("when"), Scene(values, state)):
            known = item["kind"] not in CHOSEN or any(option["id"] == action[2] for option in item["options"])
            return item if known else None
    return None


def _field(spec: Spec, values: Mapping[str, Any], state: State, item: Item, action: Action) -> Any:
    """What is kept of a typed or chosen value; None where nothing is; a dict says why it is refused."""
    if item["kind"] in TAPPED:
        return None
    if item["kind"] == "checks":
        ticked = set(state["fields"].get(item["id"], [])) ^ {action[2]}
        return [option["id"] for option in item["options"] if option["id"] in ticked]
    if item["kind"] in CHOSEN:
        return action[2]
    if item["kind"] == "money":
        amount = amount_of(action[2])
        return _invalid("not-money") if amount is None else amount
    text = typed(text_of(action[2]))
    if text is None:
        return _invalid("malformed")
    return _kept(spec, values, state, item, text)


def _kept(spec: Spec, values: Mapping[str, Any], state: State, item: Item, text: str) -> Any:
    scene = Scene(values, state)
    if item["store"] == "match_only" and text.startswith("=") and text[1:] in item["expect"]:
        return text  # a trace carries what was kept, never what was typed
    for name in item["expect"]:
        if text and folded(text) == folded(text_of(scene.named(name))):
            return f"={name}" if item["store"] == "match_only" else text
    if looks_personal(text, filled(spec["card"], values), values.values()):
        return _invalid("personal")
    return text if item["store"] == "exact" or not text else "other"


def _copied(state: State) -> State:
    after = dict(state)
    for name in ("vars", "fields", "counts"):
        after[name] = dict(state[name])
    for name in ("back", "visited", "mistakes"):
        after[name] = list(state[name])
    after["n"] += 1
    return after


def _count(after: State, what: str) -> None:
    after["counts"][what] = after["counts"].get(what, 0) + 1


def _note_mistakes(spec: Spec, values: Mapping[str, Any], after: State, action: Action) -> None:
    """Mistakes are judged on the screen where the action was taken; each is noted once."""
    scene = Scene(values, after, action)
    found = [m["id"] for m in spec["mistakes"] if m["id"] not in after["mistakes"] and holds(m["when"], scene)]
    after["mistakes"] += found


def _move(spec: Spec, values: Mapping[str, Any], after: State, action: Action) -> None:
    """The first transition that fits: variables are set all at once from what held before, then the screen changes."""
    scene = Scene(values, after, action)
    for one in spec["transitions"]:
        if one["on"] != action[0] or one["id"] != action[1] or (one["from"] and after["screen"] not in one["from"]):
            continue
        if not holds(one["when"], scene):
            continue
        after["vars"].update({name: evaluate(value, scene) for name, value in one["set"].items()})
        if one["to"] is not None:
            _go(spec, after, one["to"])
        return


def _go(spec: Spec, after: State, screen: str) -> None:
    if screen != after["screen"]:
        after["back"].append(after["screen"])
        after["screen"] = screen
    if screen not in after["visited"]:
        after["visited"].append(screen)
    after["done"] = bool(spec["screens"][screen].get("end"))


def _invalid(reason: str) -> State:
    return {"invalid": reason}
