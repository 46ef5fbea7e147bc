"""What the script tells at the end of a run is what the server's page says: the radar's counts and sentence, the way taken."""

import html
import itertools
import json
import random
import re
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.practice.rules.params import drawn
from lms.practice.rules.radar import Radar, radar_of
from lms.practice.rules.reducer import CHOSEN, TAPPED, beginning, offered_items, step
from lms.practice.rules.telling import path_of
from lms.web.stylesheet import joined_script
from tests.practice import shelf
from tests.practice.players import SHIPPED

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "lms" / "web" / "static" / "practice"
TELLING = ("p.s4.hop-thu-lua-dao", "p.s4.cuoc-goi-gia-danh")
MOST = 12
"""Of scams and of genuine things: twice what one run shows."""
WALKS, FEWER = 60, 10
DICE = 20261122


def answered(tmp_path: Path, readings: list[list[int]], runs: list[dict[str, Any]]) -> dict[str, Any]:
    if not shutil.which("node"):
        pytest.skip("node: not on this machine")
    bundle = tmp_path / "practice.js"
    bundle.write_text(joined_script(STATIC / "js"), encoding="utf-8")
    command = ["node", str(HERE / "ending.mjs"), str(bundle), str(STATIC / "ending.js")]
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


def test_the_same_counts_and_the_same_way_of_whatever_is_pressed(tmp_path: Path) -> None:
    dice, runs, mine = random.Random(DICE), [], []
    for id, spec in SHIPPED.items():
        for number in range(WALKS if id in TELLING else FEWER):
            seed = f"{DICE}.{number}"
            values, taken = drawn(spec, seed), _walked(dice, spec, seed)
            radar = radar_of(spec, values, taken)
            runs.append({"spec": spec, "seed": seed, "actions": [action for action, _after in taken]})
            path = [{**asdict(one), "mistakes": list(one.mistakes)} for one in path_of(spec, values, taken)]
            mine.append({"radar": radar.counts if radar else None, "path": path})
    assert len({tuple(one["radar"]) for one in mine if one["radar"]}) > 10, "the walks judge something"
    assert {step["verb"] for one in mine for step in one["path"]} == {"tap", "input", "choose", "back", "hint"}
    assert any(step["mistakes"] for one in mine for step in one["path"])
    assert answered(tmp_path, [], runs)["runs"] == mine


def test_the_page_brings_the_words_of_what_it_can_tell(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        shelf.publish()
    told = re.search(r"data-practice-ending='([^']+)'", client.get(f"/luyen-tap/{shelf.SAMPLE_ID}").text)
    assert told is not None
    words = json.loads(html.unescape(told.group(1)))
    assert words["path"]["tap"] == "bấm «{what}»" and "{n}" in words["path"]["title"], words
    assert "radar" not in words, "this practice has no signals"


def _walked(dice: random.Random, spec: Any, seed: str) -> list[tuple[list[Any], dict[str, Any]]]:
    values, state = drawn(spec, seed), beginning(spec)
    taken: list[tuple[list[Any], dict[str, Any]]] = []
    for _press in range(spec["pass"]["max_actions"]):
        action = _pressed(dice, spec, values, state)
        after = step(spec, values, state, action)
        if "invalid" in after:
            break
        state = after
        taken.append((action, after))
    return taken


def _pressed(dice: random.Random, spec: Any, values: Any, state: Any) -> list[Any]:
    found: list[list[Any]] = [["back"]] if state["back"] else []
    for item in offered_items(spec, values, state):
        if item["kind"] in TAPPED:
            found.append(["tap", item["id"]])
        elif item["kind"] in CHOSEN:
            found += [["choose", item["id"], option["id"]] for option in item["options"]]
        elif item["kind"] in ("input", "money"):
            found.append(
                ["input", item["id"], dice.choice([45000, "45.000"] if item["kind"] == "money" else ["thử", "gạo"])]
            )
    return ["hint"] if not found or dice.random() < 0.05 else dice.choice(found)
