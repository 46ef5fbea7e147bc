"""The verdict over an end state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.practice.rules.conditions import Scene, holds
from lms.practice.rules.reducer import State


@dataclass(frozen=True, slots=True)
class Verdict:
    is_over: bool
    goal_met: bool
    passed: bool
    hints: int
    is_assisted: bool
    """Passed, but with a hint: shown as progress, never counted."""
    mistakes: tuple[str, ...]


def judged(spec: Mapping[str, Any], values: Mapping[str, Any], state: State) -> Verdict:
    """Goal, mistakes and hints together; a run that did not reach an end is not passed."""
    rule = spec["pass"]
    severity = {mistake["id"]: mistake["severity"] for mistake in spec["mistakes"]}
    made = [severity[id] for id in state["mistakes"]]
    is_over = state["done"] or state["n"] >= rule["max_actions"]
    goal_met = state["done"] and holds(spec["goal"], Scene(values, state))
    passed = goal_met and made.count("critical") <= rule["critical"] and made.count("minor") <= rule["minor_max"]
    return Verdict(
        is_over, goal_met, passed, state["hints"], passed and state["hints"] > rule["hints"], tuple(state["mistakes"])
    )
