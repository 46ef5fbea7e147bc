"""One action after another: what changes, what is refused, and that nothing else happens."""

import copy
import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.practice.rules.judging import judged
from lms.practice.rules.params import completed, draw, drawn, variant_of
from lms.practice.rules.reducer import beginning, step
from lms.practice.rules.showing import shown
from tests.practice.conftest import compiled

SPEC = compiled()
PICKED = {"name": "Páo", "payee": "QUAN CO MAN", "goods": "gạo", "amount": 50000, "sticker": "that", "table": 2}
HONEST = completed(SPEC, PICKED)
PASTED = completed(SPEC, {**PICKED, "sticker": "bi_dan_de"})


def run(values: dict[str, Any], *actions: list[Any]) -> dict[str, Any]:
    state = beginning(SPEC)
    for action in actions:
        state = step(SPEC, values, state, action)
    return state


PAYING = (["tap", "scan"], ["input", "amt", "50.000 đ"], ["tap", "pay"])


def test_paying_the_right_person_the_right_amount_passes() -> None:
    end = run(HONEST, *PAYING)
    assert (end["screen"], end["done"], end["vars"]["paid"], end["back"]) == ("done", True, 1, ["home", "confirm"])
    assert judged(SPEC, HONEST, end).passed


def test_the_same_taps_on_a_pasted_code_are_a_critical_mistake() -> None:
    end = run(PASTED, *PAYING)
    verdict = judged(SPEC, PASTED, end)
    assert (verdict.is_over, verdict.goal_met, verdict.passed, verdict.mistakes) == (True, False, False, ("m1",))
    assert judged(SPEC, PASTED, run(PASTED, ["tap", "scan"], ["tap", "ask"])).passed


def test_a_hint_makes_a_pass_assisted() -> None:
    verdict = judged(SPEC, HONEST, run(HONEST, ["hint"], *PAYING))
    assert (verdict.passed, verdict.hints, verdict.is_assisted) == (True, 1, True)


def test_a_wrong_amount_stays_on_the_screen_and_is_noted_once() -> None:
    state = run(HONEST, ["tap", "scan"], ["input", "amt", 7], ["tap", "pay"], ["tap", "pay"])
    assert (state["screen"], state["mistakes"], state["counts"]["pay"], state["n"]) == ("confirm", ["m3"], 2, 4)


def test_what_is_typed_is_compared_and_never_kept() -> None:
    def kept(text: str) -> str:
        return str(run(HONEST, ["tap", "scan"], ["input", "note", text])["fields"]["note"])

    assert kept("  GẠO ") == "=goods" and kept("gạo") == "=goods"
    assert kept("P á o") == "=name"
    assert kept("tiền nhà") == "other" and kept("   ") == ""


@pytest.mark.parametrize("text", ["001 099 012 345", "0912.345.678", "+84912345678", "gọi 0912 345 678 nhé", "4" * 16])
def test_real_looking_data_is_refused(text: str) -> None:
    assert run(HONEST, ["tap", "scan"], ["input", "note", text]) == {"invalid": "personal"}


def test_back_goes_where_one_came_from() -> None:
    state = run(HONEST, ["tap", "news"], ["tap", "address"], ["back"])
    assert (state["screen"], state["back"], state["counts"]) == ("home", [], {"news": 1, "address": 1, "back": 1})
    assert run(HONEST, ["back"]) == {"invalid": "not-offered"}


def test_checks_toggle_and_stand_in_the_order_of_the_options() -> None:
    ticked = run(HONEST, ["tap", "scan"], ["choose", "seen", "tien"], ["choose", "seen", "ten"])
    assert ticked["fields"]["seen"] == ["ten", "tien"]
    assert step(SPEC, HONEST, ticked, ["choose", "seen", "ten"])["fields"]["seen"] == ["tien"]


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (["tap", "pay"], "not-offered"),  # on another screen
        (["tap", "nowhere"], "not-offered"),
        (["tap", "address"], "not-offered"),  # no address bar here
        (["choose", "scan", "a"], "not-offered"),
        (["input", "scan", "a"], "not-offered"),
        (["tap"], "malformed"),
        (["tap", 3], "malformed"),
        (["fly", "home"], "malformed"),
        ([], "malformed"),
        ("tap", "malformed"),
        (["input", "amt", True], "malformed"),
        (["input", "amt", ["1"]], "malformed"),
    ],
)
def test_what_is_not_offered_is_invalid(action: Any, reason: str) -> None:
    assert run(HONEST, action) == {"invalid": reason}


def test_a_hidden_control_is_not_offered_until_it_is_shown() -> None:
    assert run(HONEST, ["tap", "scan"], ["tap", "otp"]) == {"invalid": "not-offered"}
    assert run(HONEST, ["tap", "scan"], ["input", "amt", 1], ["tap", "otp"])["mistakes"] == ["m2"]
    assert run(HONEST, ["tap", "scan"], ["input", "amt", "nhiều"]) == {"invalid": "not-money"}
    assert run(HONEST, ["tap", "scan"], ["choose", "seen", "lạ"]) == {"invalid": "not-offered"}


def test_after_the_end_and_after_sixty_actions_nothing_goes() -> None:
    assert step(SPEC, HONEST, run(HONEST, *PAYING), ["back"]) == {"invalid": "done"}
    tired = run(HONEST, *([["hint"]] * 60))
    assert tired["hints"] == 60 and step(SPEC, HONEST, tired, ["hint"]) == {"invalid": "too-many"}
    assert judged(SPEC, HONEST, tired).is_over and not judged(SPEC, HONEST, tired).passed


def test_a_draw_is_the_same_for_ever() -> None:
    assert [draw("mau", at, 1000) for at in range(4)] == [draw("mau", at, 1000) for at in range(4)]
    assert draw("a", 0, 2**48) == int("".join(f"{byte:02x}" for byte in _sha("a:0")[:6]), 16)
    assert variant_of(SPEC, HONEST) == "p.s3.quet-ma-mau:sticker=that:table=2"


def _sha(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


ACTIONS = st.one_of(
    st.sampled_from(["scan", "news", "send", "pay", "ask", "otp", "address"]).map(lambda id: ["tap", id]),
    st.tuples(st.sampled_from(["amt", "note", "phone"]), st.one_of(st.integers(), st.text(max_size=20))).map(
        lambda pair: ["input", *pair]
    ),
    st.sampled_from(["ten", "tien", "x"]).map(lambda id: ["choose", "seen", id]),
    st.sampled_from([["back"], ["hint"], ["tap", "nowhere"], []]),
)


@given(seed=st.text(min_size=1, max_size=8), actions=st.lists(ACTIONS, max_size=30))
def test_every_action_gives_one_answer_and_changes_nothing_given_out(seed: str, actions: list[Any]) -> None:
    values = drawn(SPEC, seed)
    state = beginning(SPEC)
    for action in actions:
        before = copy.deepcopy(state)
        after = step(SPEC, values, state, action)
        assert state == before and after == step(SPEC, values, state, action)
        if set(after) == {"invalid"}:
            continue
        assert after["n"] == state["n"] + 1 and after["screen"] in SPEC["screens"]
        assert shown(SPEC, values, after)["screen"] == after["screen"]
        state = after
    judged(SPEC, values, state)
