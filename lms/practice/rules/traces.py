"""Replaying a trace: the server runs every action again and believes nothing else that was sent."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.practice.rules.judging import Verdict, judged
from lms.practice.rules.params import drawn, variant_of
from lms.practice.rules.reducer import State, beginning, step

LONGEST = 24 * 3600 * 1000
"""Milliseconds: a run may lie on a table over night, not longer."""
HASTE = 300
"""Milliseconds an action: a median below it only flags, it refuses nothing."""


@dataclass(frozen=True, slots=True)
class Replay:
    reason: str
    """Empty where every action was offered and the run is over."""
    at: int
    """The action (from 1) at which it was refused."""
    state: State
    values: dict[str, Any]
    verdict: Verdict
    variant: str
    is_hasty: bool


def replayed(spec: Mapping[str, Any], seed: str, rows: Any) -> Replay:
    """Run `[[n, ms, verb, target?, value?], …]` again from the seed."""
    values = drawn(spec, seed)
    state, reason, at = _run(spec, values, rows)
    verdict = judged(spec, values, state)
    if not reason and not verdict.is_over:
        reason = "unfinished"
    hasty = not reason and _is_hasty([row[1] for row in rows])
    return Replay(reason, at, state, values, verdict, variant_of(spec, values), hasty)


def frames(spec: Mapping[str, Any], seed: str, rows: Any) -> Iterator[tuple[list[Any], State]]:
    """Each action that was taken and the state after it, for playing a trace back."""
    values = drawn(spec, seed)
    state = beginning(spec)
    for row in rows if isinstance(rows, list) else []:
        after = step(spec, values, state, list(row[2:])) if _fault(row, row[0], 0) == "" else {"invalid": "malformed"}
        if "invalid" in after:
            return
        state = after
        yield list(row[2:]), state


def kept_action(action: list[Any], after: State) -> list[Any]:
    """The action as a trace keeps it: of a typed text only whether it matched."""
    return ["input", action[1], after["fields"][action[1]]] if action[0] == "input" else action


def digest_of(thing: Any) -> str:
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _run(spec: Mapping[str, Any], values: Mapping[str, Any], rows: Any) -> tuple[State, str, int]:
    state, last = beginning(spec), 0
    if not isinstance(rows, list):
        return state, "malformed", 0
    for number, row in enumerate(rows, 1):
        fault = _fault(row, number, last)
        if fault:
            return state, fault, number
        after = step(spec, values, state, list(row[2:]))
        if "invalid" in after:
            return state, after["invalid"], number
        state, last = after, row[1]
    return state, "", 0


def _fault(row: Any, number: int, last: int) -> str:
    if not isinstance(row, list) or not 3 <= len(row) <= 5 or type(row[0]) is not int or type(row[1]) is not int:
        return "malformed"
    if row[0] != number or not last <= row[1] <= LONGEST:
        return "time"
    return ""


def _is_hasty(moments: list[int]) -> bool:
    gaps = sorted(later - sooner for sooner, later in zip(moments, moments[1:], strict=False))
    return bool(gaps) and gaps[len(gaps) // 2] < HASTE
