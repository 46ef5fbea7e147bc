"""Values and conditions as data: nothing is parsed, nothing can fail, every text and number gives one answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.practice.rules.texts import text_of

LIMIT = 10**15
"""Beyond it numbers stay where they are: both languages hold every whole number up to here exactly."""

Action = list[Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a condition may look at: the drawn values, the state, and the action being taken (None while drawing)."""

    values: Mapping[str, Any]
    state: Mapping[str, Any]
    action: Action | None = None

    def named(self, name: str) -> Any:
        """A variable, a field, or a drawn value, in this order; a field not yet filled in is the empty text."""
        for place in (self.state["vars"], self.state["fields"], self.values):
            if name in place:
                return place[name]
        return ""


def evaluate(value: Any, scene: Scene) -> Any:
    """A value written as data, as an integer, a text or a list of these."""
    if isinstance(value, str):
        return scene.named(value[1:]) if value.startswith("$") else value
    if isinstance(value, list):
        return [evaluate(one, scene) for one in value]
    if not isinstance(value, dict):
        return value
    if "if" in value:
        return evaluate(value["then" if holds(value["if"], scene) else "else"], scene)
    [(verb, parts)] = value.items()
    known = [evaluate(part, scene) for part in parts]
    if verb == "join":
        return "".join(text_of(part) for part in known)
    numbers = [number if (number := number_of(part)) is not None else 0 for part in known]
    total = numbers[0]
    for number in numbers[1:]:
        total = _bounded(total + number if verb == "add" else total - number if verb == "sub" else total * number)
    return _bounded(total)


def holds(condition: Any, scene: Scene) -> bool:
    """Whether a condition holds; none at all always does."""
    if condition is None:
        return True
    [(verb, said)] = condition.items()
    match verb:
        case "all":
            return all(holds(one, scene) for one in said)
        case "any":
            return any(holds(one, scene) for one in said)
        case "not":
            return not holds(said, scene)
        case "eq" | "ne":
            same: bool = text_of(evaluate(said[0], scene)) == text_of(evaluate(said[1], scene))
            return same is (verb == "eq")
        case "lt" | "gte":
            return _compares(verb, said, scene)
        case "in":
            wanted = text_of(evaluate(said[0], scene))
            among = evaluate(said[1], scene)
            return wanted in [text_of(one) for one in (among if isinstance(among, list) else [among])]
        case _:
            return _happened(verb, said, scene)


def number_of(value: Any) -> int | None:
    """The whole number a value is or spells, or None."""
    if type(value) is int:
        return value
    if not isinstance(value, str) or not 1 <= len(value.removeprefix("-")) <= 15:
        return None
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() else None


def _happened(verb: str, said: Any, scene: Scene) -> bool:
    state, action = scene.state, scene.action
    match verb:
        case "visited":
            return said in state["visited"]
        case "mistake":
            return said in state["mistakes"]
        case "count":
            return bool(state["counts"].get(said[0], 0) >= said[1])
        case "tapped":
            return action is not None and action[0] == "tap" and action[1] == said
        case "chose":
            return action is not None and action[0] == "choose" and action[1:] == said
    raise ValueError(f"unknown condition {verb}")  # the checker refuses it long before


def _compares(verb: str, said: Any, scene: Scene) -> bool:
    left, right = number_of(evaluate(said[0], scene)), number_of(evaluate(said[1], scene))
    if left is None or right is None:
        return False
    return left < right if verb == "lt" else left >= right


def _bounded(number: int) -> int:
    return max(-LIMIT, min(LIMIT, number))
