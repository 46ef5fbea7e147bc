"""The reducer of the script does what the server's does: on the sample, on every screen, on what nobody would press."""

import hashlib
import json
import random
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from lms.practice.rules.judging import judged
from lms.practice.rules.params import drawn
from lms.practice.rules.reducer import CHOSEN, TAPPED, beginning, offered_items, step
from lms.practice.rules.showing import shown
from lms.web.stylesheet import joined_script
from tests.practice.conftest import compiled

HERE = Path(__file__).parent
PARTS = HERE.parents[1] / "lms" / "web" / "static" / "practice" / "js"
SHIPPED = sorted((HERE.parents[1] / "content" / "practice").rglob("*.yaml"))
FILES = [HERE / "quet-ma.yaml", HERE / "every-screen.yaml", *SHIPPED]
WALKS, SOAKED = 10_000, 100_000
LONGEST_WALK = 24
A_SEED = 25
"""Walks through one drawn variant."""
TEXTS = ["", " ", "rau", "  GẠO ", "Ma\u0323\u0302n", "mận", "45.000đ", "45000", "0912345678", "+84 912 345 678", "001 085 012 345",
         "4111-1111-1111-1111", "12", "=goods", "=nothing", "other", "x" * 201, "\U0001f33c" * 200, "ĐƯỜNG", "a\tb", "\u00a0q\u00a0", "-0"]  # fmt: skip


def walks_of_node(asked: list[dict[str, Any]], tmp_path: Path) -> list[dict[str, Any]]:
    if not shutil.which("node"):
        pytest.skip("node: not on this machine")
    bundle = tmp_path / "practice.js"
    bundle.write_text(joined_script(PARTS), encoding="utf-8")
    command = ["node", str(HERE / "walk.mjs"), str(bundle)]
    ran = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, timeout=300)
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    answer: list[dict[str, Any]] = json.loads(ran.stdout)
    return answer


def walked(spec: dict[str, Any], values: dict[str, Any], actions: list[Any]) -> dict[str, Any]:
    state, steps = beginning(spec), []
    for action in actions:
        after = step(spec, values, state, action)
        steps.append(after)
        state = state if "invalid" in after else after
    return told(spec, values, state, steps)


def told(spec: dict[str, Any], values: dict[str, Any], state: dict[str, Any], steps: list[Any]) -> dict[str, Any]:
    """What walk.mjs says of a walk."""
    return {"steps": steps, "shown": shown(spec, values, state, True), "judged": asdict(judged(spec, values, state))}


def digest(answer: dict[str, Any]) -> str:
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def strolled(spec: dict[str, Any], values: dict[str, Any], dice: random.Random) -> tuple[list[Any], str]:
    """A walk that mostly presses what is there, and sometimes what is not; and the digest of what came of it."""
    state, actions, steps = beginning(spec), [], []
    for _ in range(dice.randint(1, LONGEST_WALK)):
        actions.append(_pressed(spec, values, state, dice))
        steps.append(step(spec, values, state, actions[-1]))
        state = state if "invalid" in steps[-1] else steps[-1]
    return actions, digest(told(spec, values, state, steps))


def _pressed(spec: dict[str, Any], values: dict[str, Any], state: dict[str, Any], dice: random.Random) -> Any:
    odd = [["back"], ["hint"], ["tap", "address"], ["tap", "constructor"], ["choose", "amt", "1"], [], "tap", ["tap"], ["input", "amt", None],
           ["toString", "x"], ["input", "amt", -5], ["choose", "seen", 1], ["back", "x"], None]  # fmt: skip
    items = [
        item for item in offered_items(spec, values, state) if item["kind"] in TAPPED | CHOSEN | {"input", "money"}
    ]
    if not items or dice.random() < 0.15:
        return dice.choice(odd)
    item = dice.choice(items)
    if item["kind"] in TAPPED:
        return ["tap", item["id"]]
    if item["kind"] in CHOSEN:
        return ["choose", item["id"], dice.choice([*(option["id"] for option in item["options"]), "no-such"])]
    known = [value for value in values.values()]
    return ["input", item["id"], dice.choice([*TEXTS, *known, dice.randint(-2, 10**6)])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_reducers_walk_alike(path: Path, tmp_path: Path, soak: bool) -> None:
    """Ten thousand walks over all files, a hundred thousand with --soak; each is compared by the digest of every state."""
    spec = compiled(path)
    seed = random.SystemRandom().randrange(10**9)
    print(f"dice {seed}")  # noqa: T201 printed, so that a failing walk can be walked again
    dice, asked, found = random.Random(seed), [], []
    for _ in range((SOAKED if soak else WALKS) // len(FILES) // A_SEED + 1):
        variant = f"gieo-{dice.randrange(10**9)}"
        values = drawn(spec, variant)
        walks = [strolled(spec, values, dice) for _ in range(A_SEED)]
        asked.append({"seed": variant, "digests": True, "walks": [actions for actions, _digest in walks]})
        found.append((values, walks))
    for (values, walks), answer in zip(found, walks_of_node([{"spec": spec}, *asked], tmp_path)[1:], strict=True):
        assert answer["values"] == values, seed
        for (actions, mine), theirs in zip(walks, answer["walks"], strict=True):
            assert theirs == mine, (seed, values, actions)


def test_the_script_answers_the_vectors_too(tmp_path: Path) -> None:
    kept = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))
    asked = [
        {"spec": kept["specs"][one["spec"]], "seed": one["seed"], "walks": [one["actions"]]} for one in kept["vectors"]
    ]
    for vector, answer in zip(kept["vectors"], walks_of_node(asked, tmp_path), strict=True):
        assert answer["values"] == vector["values"] and answer["walks"][0]["steps"] == vector["states"]
        assert answer["sent"] == [vector["sent"]]


def test_the_scripts_are_small(tmp_path: Path) -> None:
    """What a phone loads once, before compression: the reducer, and all the rest."""
    for part in PARTS.glob("[12]*.js"):
        (tmp_path / part.name).write_text(part.read_text(encoding="utf-8"), encoding="utf-8")
    reducer, whole = (len(joined_script(folder).encode()) for folder in (tmp_path, PARTS))
    assert reducer <= 15 * 1024 and whole <= 30 * 1024
