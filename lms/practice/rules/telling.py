"""A run told in words: on which screen what was pressed, and what each mistake would have meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.practice.rules.reducer import State, beginning
from lms.practice.rules.texts import filled


@dataclass(frozen=True, slots=True)
class Footprint:
    screen: str
    """Title of the screen on which it was done."""
    verb: str
    """tap, input, choose, back or hint."""
    label: str
    choice: str
    """Label of the option chosen, or whether what was typed matched."""
    mistakes: tuple[str, ...]
    """Made by this very action."""


@dataclass(frozen=True, slots=True)
class Slip:
    id: str
    severity: str
    explain: str
    then: str
    step: str


def path_of(
    spec: Mapping[str, Any], values: Mapping[str, Any], taken: Iterable[tuple[list[Any], State]]
) -> list[Footprint]:
    """Every action in order, with the state after it as `frames` gives them."""
    told, before = [], beginning(spec)
    for action, after in taken:
        screen = spec["screens"][before["screen"]]
        known = {**values, **before["fields"], **before["vars"]}
        item: Mapping[str, Any] = next(
            (one for one in screen["items"] if len(action) > 1 and one["id"] == action[1]), {}
        )
        told.append(
            Footprint(
                filled(screen.get("title", ""), known),
                action[0],
                filled(item.get("label", ""), known),
                _choice(item, action, known),
                tuple(id for id in after["mistakes"] if id not in before["mistakes"]),
            )
        )
        before = after
    return told


def slips_of(spec: Mapping[str, Any], values: Mapping[str, Any], made: Iterable[str]) -> list[Slip]:
    """The mistakes made, in the order of the file."""
    ids = set(made)
    return [
        Slip(one["id"], one["severity"], filled(one["explain"], values), filled(one["then"], values), one["step"])
        for one in spec["mistakes"]
        if one["id"] in ids
    ]


def _choice(item: Mapping[str, Any], action: list[Any], known: Mapping[str, Any]) -> str:
    if action[0] != "choose":
        return ""
    option: Mapping[str, Any] = next((one for one in item.get("options", ()) if one["id"] == action[2]), {})
    return filled(option.get("label") or option.get("alt", ""), known)
