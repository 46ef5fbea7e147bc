"""Who taps without reading does not pass: at random, always «scam», never «scam», or with another ticket's trace.

Every shipped simulator, seeds in the message; 10,000 runs of each with --soak.
"""

import random
from typing import Any

import pytest

from lms.practice.rules.conditions import Scene, holds
from lms.practice.rules.judging import judged
from lms.practice.rules.naming import named, tagged_rows
from lms.practice.rules.params import drawn, variant_of
from lms.practice.rules.reducer import ADDRESS, CHOSEN, TAPPED, beginning, offered_items, step
from lms.practice.rules.searching import way_through
from lms.practice.rules.traces import replayed
from tests.practice.players import SHIPPED
from tests.practice.shelf import rows

SEED = 20261122
SAME_DEED = 0.3
"""At most so many variants are solved by another's deeds once they are said in their words; where it happens the careful
way of one was careful enough for both."""


@pytest.fixture
def tries(soak: bool) -> int:
    return 10_000 if soak else 60


@pytest.mark.parametrize("id", SHIPPED)
def test_random_taps_never_pass(id: str, tries: int) -> None:
    dice = random.Random(f"{SEED}{id}")
    passed = [number for number in range(tries) if _wanders(dice, SHIPPED[id], f"{SEED}.{number}")]
    print(f"{id}: {len(passed)} of {tries} pass, dice {SEED}{id}, seeds {SEED}.0 to {SEED}.{tries - 1}")  # noqa: T201
    assert not passed, f"dice {SEED}{id}, seeds {passed[:5]}"


@pytest.mark.parametrize("word", ["says_scam", "says_real"])
def test_who_always_says_the_same_never_passes(word: str, tries: int) -> None:
    dice = random.Random(f"{SEED}{word}")
    for id, spec in SHIPPED.items():
        if word in spec["signals"]:
            passed = [number for number in range(tries) if _wanders(dice, spec, f"{word}.{number}", word)]
            print(f"{id}: {len(passed)} of {tries} pass, dice {SEED}{word}, seeds {word}.0 to .{tries - 1}")  # noqa: T201
            assert not passed, f"{id}: dice {SEED}{word}, seeds {passed[:5]}"


@pytest.mark.parametrize("id", SHIPPED)
def test_a_copied_trace_never_passes(id: str, tries: int) -> None:
    """As it was sent, every one is in another ticket's words, of whatever variant that was.

    Who says all of it anew in this ticket's words knows what was done: that passes where the deed is the same, and no oftener.
    """
    spec, copied, same, read = SHIPPED[id], 0, [], []
    sources = [f"copy.{number}" for number in range(2 if tries < 100 else 12)]
    for source in sources:
        values = drawn(spec, source)
        way = way_through(spec, values)
        assert way is not None
        log = tagged_rows(source, rows(way))
        assert named(spec, source, log) == (rows(way), 0)
        for number in range(tries // len(sources) + 1):
            there = drawn(spec, f"other.{number}")
            read += [(source, f"other.{number}")] * (named(spec, f"other.{number}", log)[1] != 1)
            if variant_of(spec, there) != variant_of(spec, values):
                copied += 1
                same += [(source, f"other.{number}")] * replayed(spec, f"other.{number}", rows(way)).verdict.passed
    told = f"{len(read)} copies are read; said anew {len(same)} of {copied} pass"
    print(f"{id}: {told}; seeds {sources[0]} to {sources[-1]}")  # noqa: T201
    assert not read, f"{len(read)} copies are read: {read[:5]}"
    assert len(same) <= copied * SAME_DEED, f"{len(same)} of {copied} copies pass: {same[:5]}"


def _wanders(dice: random.Random, spec: Any, seed: str, word: str = "") -> bool:
    """`word`: says_scam or says_real is pressed wherever it can be, the other never."""
    values, state = drawn(spec, seed), beginning(spec)
    for _press in range(4 * spec["pass"]["max_actions"]):
        actions = _actions(dice, spec, values, state)
        said = {key: [a for a in actions if _says(spec, values, state, a, key)] for key in ("says_scam", "says_real")}
        if word:
            against = said["says_real" if word == "says_scam" else "says_scam"]
            actions = said[word] or [action for action in actions if action not in against] or actions
        after = step(spec, values, state, dice.choice(actions))
        state = state if "invalid" in after else after
        if judged(spec, values, state).is_over:
            break
    return judged(spec, values, state).passed


def _says(spec: Any, values: Any, state: Any, action: list[Any], key: str) -> bool:
    return key in spec["signals"] and holds(spec["signals"][key], Scene(values, state, action))


def _actions(dice: random.Random, spec: Any, values: Any, state: Any) -> list[list[Any]]:
    actions: list[list[Any]] = [["back"]] if state["back"] else []
    for item in offered_items(spec, values, state):
        if item["kind"] in TAPPED:
            actions.append(["tap", item["id"]])
        elif item["kind"] in CHOSEN:
            actions += [["choose", item["id"], option["id"]] for option in item["options"]]
        elif item["kind"] == "money":
            actions.append(["input", item["id"], dice.randrange(1, 400) * 1000])
        elif item["kind"] == "input":
            actions.append(["input", item["id"], "thử"])
    if spec["screens"][state["screen"]].get("address"):
        actions.append(["tap", ADDRESS])
    return actions or [["hint"]]
