"""Passing any of the ten simulators over HTTP as a device does: the bundle, the intended way, the trace."""

from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from lms.practice.rules.naming import tagged_rows
from lms.practice.rules.params import drawn
from lms.practice.rules.reducer import CHOSEN, beginning, step
from tests.practice.players import INTENDED
from tests.practice.shelf import rows
from tests.practice.test_sims_a import WAYS

FILES = {
    "p.s1.nop-ho-so": "s1/nop-ho-so",
    "p.s1.tra-cuu-bo-sung": "s1/tra-cuu-bo-sung",
    "p.s2.mua-hang": "s2/mua-hang",
    "p.s2.doi-tra-khieu-nai": "s2/doi-tra-khieu-nai",
    "p.s3.quet-ma": "s3/quet-ma",
    "p.s3.chuyen-nham-khoa-the": "s3/chuyen-nham-khoa-the",
    "p.s4.hop-thu-lua-dao": "s4/hop-thu-lua-dao",
    "p.s4.cuoc-goi-gia-danh": "s4/cuoc-goi-gia-danh",
    "p.s5.phan-anh-hien-truong": "s5/phan-anh-hien-truong",
    "p.s5.dat-lich-kham": "s5/dat-lich-kham",
}


def bundle(client: FlaskClient, practice: str) -> dict[str, Any]:
    answer = client.get(f"/luyen-tap/{practice}/bo.json")
    assert answer.status_code == 200, answer.status_code
    return dict(answer.get_json())


def send(client: FlaskClient, box: dict[str, Any], actions: list[list[Any]] | None = None) -> dict[str, Any]:
    """The trace of the right way, or of other actions."""
    taken = rows(right_actions(box["practice"], box["spec"], box["seed"]) if actions is None else actions)
    said = tagged_rows(box["seed"], taken)
    body = {"id": str(uuid4()), "ticket": box["ticket"], "digest": box["digest"], "actions": said}
    answer = client.post(f"/luyen-tap/{box['practice']}/vet", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.get_json())


def passes(client: FlaskClient, practice: str, with_hint: bool = False) -> dict[str, Any]:
    box = bundle(client, practice)
    way = right_actions(practice, box["spec"], box["seed"])
    said = send(client, box, [["hint"], *way] if with_hint else way)
    assert said["accepted"] and said["passed"] and said["assisted"] == with_hint, said
    return said


def right_actions(practice: str, spec: Any, seed: str) -> list[list[Any]]:
    name, values, state = FILES[practice], drawn(spec, seed), beginning(spec)
    done: list[list[Any]] = []
    if name in INTENDED:
        while not state["done"]:
            action = INTENDED[name](values, state)
            state = step(spec, values, state, action)
            done.append(list(action))
        return done
    for written in WAYS[name](values):
        control, _, value = written.partition("=")
        item = next(one for one in spec["screens"][state["screen"]]["items"] if one["id"] == control)
        action = ["choose" if item["kind"] in CHOSEN else "input", control, value] if value else ["tap", control]
        state = step(spec, values, state, action)
        done.append(action)
    return done
