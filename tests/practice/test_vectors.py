"""The file both reducers are held to: what the server says today is what stands in it."""

import json

from lms.practice.rules.judging import judged
from lms.practice.rules.naming import tagged
from lms.practice.rules.params import drawn
from lms.practice.rules.reducer import beginning, step
from lms.practice.rules.showing import shown
from tests.practice.make_vectors import VECTORS


def test_every_vector_holds() -> None:
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert len(kept["vectors"]) >= 300
    for vector in kept["vectors"]:
        spec = kept["specs"][vector["spec"]]
        values = drawn(spec, vector["seed"])
        assert values == vector["values"]
        state, sent = beginning(spec), []
        for action, expected in zip(vector["actions"], vector["states"], strict=True):
            after = step(spec, values, state, action)
            assert after == expected, (vector["spec"], vector["seed"], action)
            state = state if "invalid" in after else after
            sent += [] if "invalid" in after else [tagged(vector["seed"], action)]
        assert sent == vector["sent"]
        verdict = judged(spec, values, state)
        assert vector["verdict"] == {name: getattr(verdict, name) for name in vector["verdict"]}
        hinted = bool(vector["actions"]) and vector["actions"][-1] == ["hint"]
        assert shown(spec, values, state, with_hint=hinted) == vector["shown"]


def test_the_vectors_meet_every_answer() -> None:
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    reasons = {state.get("invalid") for vector in kept["vectors"] for state in vector["states"]}
    assert {None, "malformed", "not-offered", "personal", "not-money", "done"} <= reasons
    assert any(state.get("mistakes") for vector in kept["vectors"] for state in vector["states"])
