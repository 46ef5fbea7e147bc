"""The radar the script tells at the end of a run says what the server's page says: the same counts, the same sentence."""

import itertools
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.practice.rules.params import drawn
from lms.practice.rules.radar import Radar, radar_of
from lms.practice.rules.reducer import CHOSEN, TAPPED, beginning, offered_items, step
from lms.web.stylesheet import joined_script
from tests.practice import shelf
from tests.practice.players import SHIPPED

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "lms" / "web" / "static" / "practice"
TELLING = ("p.s4.hop-thu-lua-dao", "p.s4.cuoc-goi-gia-danh")
MOST = 12
"""Of scams and of genuine things: twice what one run shows."""
WALKS = 60
DICE = 20261122


def answered(tmp_path: Path, readings: list[list[int]], runs: list[dict[str, Any]]) -> dict[str, Any]:
    if not shutil.which("node"):
        pytest.skip("node: not on this machine")
    bundle = tmp_path / "practice.js"
    bundle.write_text(joined_script(STATIC / "js"), encoding="utf-8")
    command = ["node", str(HERE / "radar.mjs"), str(bundle), str(STATIC / "radar.js")]
    asked = json.dumps({"readings": readings, "runs": runs})
    ran = subprocess.run(command, input=asked.encode(), capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def test_the_same_sentence_for_every_count(tmp_path: Path) -> None:
    counts = [
        [hits, scams - hits, alarms, real - alarms]
        for scams, real in itertools.product(range(MOST + 1), repeat=2)
        for hits, alarms in itertools.product(range(scams + 1), range(real + 1))
    ]
    assert answered(tmp_path, counts, [])["readings"] == [Radar(*one).reading for one in counts]


def test_the_same_counts_of_whatever_is_pressed(tmp_path: Path) -> None:
    dice, runs, mine = random.Random(DICE), [], []
    for number, id in itertools.product(range(WALKS), TELLING):
        spec, seed = SHIPPED[id], f"{DICE}.{number}"
        values, state = drawn(spec, seed), beginning(SHIPPED[id])
        actions: list[list[Any]] = []
        taken: list[tuple[list[Any], dict[str, Any]]] = []
        for _press in range(spec["pass"]["max_actions"]):
            action = _pressed(dice, spec, values, state)
            after = step(spec, values, state, action)
            if "invalid" in after:
                break
            state = after
            actions.append(action)
            taken.append((action, after))
        runs.append({"spec": spec, "seed": seed, "actions": actions})
        mine.append(radar_of(spec, values, taken))
    assert len({tuple(one.counts) for one in mine if one}) > 10, "the walks judge something"
    assert answered(tmp_path, [], runs)["runs"] == [one.counts for one in mine if one]


def test_only_practices_with_a_radar_load_it(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        shelf.publish()
    assert "practice-radar" not in client.get(f"/luyen-tap/{shelf.SAMPLE_ID}").text


def _pressed(dice: random.Random, spec: Any, values: Any, state: Any) -> list[Any]:
    found: list[list[Any]] = [["back"]] if state["back"] else []
    for item in offered_items(spec, values, state):
        if item["kind"] in TAPPED:
            found.append(["tap", item["id"]])
        elif item["kind"] in CHOSEN:
            found += [["choose", item["id"], option["id"]] for option in item["options"]]
    return dice.choice(found or [["hint"]])
