"""Makes `vectors.json`, which both reducers must agree on: `python -m tests.practice.make_vectors`.

Hypothesis draws seeds and actions over the sample, the gallery of every screen and the shipped simulators; what the
reducer of the server says to each is kept.
"""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from lms.library.reading import read_books
from lms.practice.rules.judging import judged
from lms.practice.rules.naming import tagged
from lms.practice.rules.params import drawn
from lms.practice.rules.reducer import CHOSEN, beginning, offered_items, step
from lms.practice.rules.showing import shown
from lms.settings import PROJECT
from tests.practice.conftest import SAMPLE, compiled

VECTORS = Path(__file__).parent / "vectors.json"
COUNT = 360
TYPED = [
    "",
    "  gạo ",
    "GẠO",
    "0912 345 678",
    "001099012345",
    "=goods",
    "other",
    "120.000 đ",
    "7",
    "-3",
    "thử",
    "Đ",
    "e\u0323\u0302",
    "x" * 201,
]


def specs() -> dict[str, dict[str, Any]]:
    """By name: the sample, every screen, and what is shipped."""
    found = {"sample": compiled(SAMPLE)}
    every = SAMPLE.parent / "every-screen.yaml"
    if every.is_file():
        found["every-screen"] = compiled(every)
    books = read_books([PROJECT / "content"])[0]
    return found | {one.id: json.loads(json.dumps(one.spec)) for one in books.practices}


def played(spec: dict[str, Any], seed_text: str, choices: list[int]) -> dict[str, Any]:
    """One vector: what was tried, and what the reducer said to each."""
    values, state = drawn(spec, seed_text), beginning(spec)
    actions, states = [], []
    for choice in choices:
        action = _action(spec, values, state, choice)
        after = step(spec, values, state, action)
        actions.append(action)
        states.append(after)
        state = state if "invalid" in after else after
    verdict = judged(spec, values, state)
    told = {"goal_met": verdict.goal_met, "passed": verdict.passed, "is_assisted": verdict.is_assisted}
    sent = [tagged(seed_text, action) for action, after in zip(actions, states, strict=True) if "invalid" not in after]
    return {"seed": seed_text, "values": values, "actions": actions, "states": states, "sent": sent, "verdict": told,
            "shown": shown(spec, values, state, with_hint=bool(actions) and actions[-1] == ["hint"])}  # fmt: skip


def _action(spec: dict[str, Any], values: dict[str, Any], state: dict[str, Any], choice: int) -> Any:
    """Mostly what is offered; now and then what is not."""
    odd = [["back"], ["hint"], ["tap", "address"], ["tap", "nowhere"], [], ["fly", "x"], ["tap", 3], ["input", "x"]]
    if choice % 7 == 0:
        return odd[(choice // 7) % len(odd)]
    items = [
        item
        for item in offered_items(spec, values, state)
        if item["kind"] in (*CHOSEN, "button", "row", "product", "input", "money")
    ]
    if not items:
        return ["back"]
    item, rest = items[choice % len(items)], choice // len(items)
    if item["kind"] in CHOSEN:
        return ["choose", item["id"], item["options"][rest % len(item["options"])]["id"]]
    if item["kind"] in ("input", "money"):
        texts = [
            *TYPED,
            *(str(value) for value in values.values()),
            *(value for value in values.values() if type(value) is int),
        ]
        return ["input", item["id"], texts[rest % len(texts)]]
    return ["tap", item["id"]]


def made() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    every = specs()

    @seed(20261122)
    @settings(max_examples=COUNT, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(sorted(every)), st.text(max_size=6), st.lists(st.integers(0, 10_000), min_size=1, max_size=14)
    )
    def gather(name: str, seed_text: str, choices: list[int]) -> None:
        found.append({"spec": name, **played(every[name], seed_text, choices)})

    gather()
    return found


if __name__ == "__main__":
    vectors = made()
    used = {vector["spec"] for vector in vectors}
    text = json.dumps(
        {"specs": {name: spec for name, spec in specs().items() if name in used}, "vectors": vectors},
        ensure_ascii=False,
    )
    VECTORS.write_text(text.replace('}, {"spec"', '},\n{"spec"') + "\n", encoding="utf-8")
