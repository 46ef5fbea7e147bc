"""Five simulators played by those who know: every variant passes; every mistake is recorded; one answer for all fails."""

import random
from typing import Any

import pytest

from lms.practice.rules.judging import judged
from lms.practice.rules.params import drawn, variant_of
from lms.practice.rules.reducer import beginning, step
from tests.practice.players import (
    INTENDED,
    Action,
    calls_all_scam,
    calls_none_scam,
    each_variant,
    inbox_all_scam,
    inbox_none_scam,
    offered,
    play,
    spec_of,
)

RANDOM_RUNS = 200


def tap(*ids: str) -> tuple[Action, ...]:
    return tuple(["tap", id] for id in ids)


def wrong(field: str, option: str, *then: str) -> tuple[Action, ...]:
    return (["choose", field, option], *tap(*then))


SLIPS: dict[str, dict[str, tuple[Action, ...]]] = {
    "s3/chuyen-nham-khoa-the": {
        "ten-la-van-chuyen": (["input", "account_no", "000 999 888"], *tap("go_on", "pay")),
        "sai-so-tien": (["input", "sum", 5000], *tap("go_on", "pay")),
        "noi-dung-mo-ho": wrong("reason", "mo-ho", "go_on", "pay"),
        "khong-luu-bien-lai": tap("skip"),
        "cham-bao-ngan-hang": tap("a_wait"),
        "tu-doi-tien": tap("a_person"),
        "tu-tra-tien-la": tap("a_return"),
        "goi-so-la": tap("m_web"),
        "doc-ma": tap("q_otp"),
        "gui-anh-the": tap("p_card"),
        "noi-chua-dung-viec": tap("p_story"),
        "viec-sau-chua-hop": tap("c_sim"),
        "dung-dua-voi-ke-la": tap("l_more"),
        "tra-phi": tap("f_pay"),
    },
    "s4/hop-thu-lua-dao": {
        "bam-lien-ket": tap("link"),
        "go-mat-khau": tap("link", "give_password"),
        "mo-tep": tap("file"),
        "cai-tep": tap("file", "install"),
        "chuyen-tien": tap("pay", "confirm_pay"),
        "tin-lua-la-that": tap("genuine"),
        "bao-nham": tap("scam"),
        "tra-loi-ke-lua": tap("reply"),
        "sai-dau-hieu": tap("s_long"),
    },
    "s4/cuoc-goi-gia-danh": {
        "chuyen-tien": tap("o_money"),
        "doc-ma": tap("o_code"),
        "cai-theo-loi": tap("o_install"),
        "goi-lai-so-la": tap("k_recent"),
        "nghe-xong-van-tin": tap("follow"),
        "tim-so-vo": tap("l_search"),
        "cham-tre": tap("f_wait"),
        "tra-phi-thu-hoi": tap("p_fee"),
        "bao-nham": tap("hang", "block_now"),
        "hoi-chua-dung-noi": tap("hang", "k_bank"),
        "doc-can-cuoc": tap("give_id"),
        "dung-dang-noi": tap("argue"),
        "giau-chuyen": tap("tell_none"),
        "mat-bang-chung": tap("l_same"),
    },
    "s5/phan-anh-hien-truong": {
        "de-nguoi-gap-nguy": tap("start_report"),
        "goi-khan-cap-thua": tap("c115"),
        "goi-nham-so": tap("c113"),
        "dua-giay-to": tap("app_gift", "fk_give"),
        "sai-loai-viec": tap("kd_rac"),
        "anh-lo-nguoi-khac": wrong("photo_far", "faces", "use_far"),
        "ghim-sai-cho": wrong("pin", "nha", "use_pin"),
        "loi-chua-ro": wrong("text_of", "vague", "use_words"),
        "xem-nham-ma": (["input", "my_code", "PA-0001"], *tap("find")),
        "danh-gia-voi": tap("rate"),
        "gui-trung": tap("again"),
    },
    "s5/dat-lich-kham": {
        "nop-tien-giu-cho": tap("pay_fee"),
        "sai-khoa": (
            *tap("w_real", "d_tai"),
            ["choose", "on_day", "tu"],
            ["choose", "at_time", "sang"],
            *tap("day_on"),
            *wrong("who_for", "patient", "person_on", "book"),
        ),
        "sai-ngay-gio": (*tap("fix_day"), *wrong("on_day", "hai", "day_on", "person_on", "book")),
        "sai-ten-nguoi-kham": (*tap("fix_person"), *wrong("who_for", "other", "person_on", "book")),
        "huy-lich-nguoi-khac": tap("m_other", "th_cancel"),
        "bo-hen": tap("skip_it"),
        "doi-kham-khi-nguy": tap("wait_day"),
        "lam-chua-hop": tap("cancel"),
        "quen-giay-to": tap("pk_none"),
    },
}
"""Simulator → mistake → the steps with which one falls into it, from the first place where they can be taken."""
EACH_SLIP = [(name, mistake) for name, slips in SLIPS.items() for mistake in slips]


@pytest.fixture(scope="module")
def specs() -> dict[str, dict[str, Any]]:
    return {name: spec_of(name) for name in INTENDED}


@pytest.mark.parametrize("name", INTENDED)
def test_one_who_knows_passes_every_variant(specs, name):
    seen = set()
    for values in each_variant(specs[name]):
        state, verdict = play(specs[name], values, INTENDED[name])
        assert verdict.passed and not verdict.mistakes and not verdict.is_assisted, (values, state)
        seen.add(variant_of(specs[name], values))
    assert len(seen) >= 8


@pytest.mark.parametrize("name", INTENDED)
def test_every_mistake_of_the_file_is_tried_below(specs, name):
    assert {mistake["id"] for mistake in specs[name]["mistakes"]} == set(SLIPS[name])


@pytest.mark.parametrize(("name", "mistake"), EACH_SLIP)
def test_a_slip_is_recorded_and_a_grave_one_is_not_passed(specs, name, mistake):
    spec = specs[name]
    severity = {one["id"]: one["severity"] for one in spec["mistakes"]}
    made = 0
    for values in each_variant(spec):
        _state, verdict = play(spec, values, INTENDED[name], SLIPS[name][mistake])
        made += mistake in verdict.mistakes
        if any(severity[id] == "critical" for id in verdict.mistakes):
            assert not verdict.passed
    assert made, "no variant lets one fall into it"


@pytest.mark.parametrize(
    ("name", "player", "mistake"),
    [
        ("s4/hop-thu-lua-dao", inbox_all_scam, "bao-nham"),
        ("s4/hop-thu-lua-dao", inbox_none_scam, "tin-lua-la-that"),
        ("s4/cuoc-goi-gia-danh", calls_all_scam, "bao-nham"),
        ("s4/cuoc-goi-gia-danh", calls_none_scam, None),
    ],
)
def test_one_answer_for_everything_never_passes(specs, name, player, mistake):
    for values in each_variant(specs[name]):
        _state, verdict = play(specs[name], values, player)
        assert not verdict.passed
        assert mistake is None or mistake in verdict.mistakes


def test_one_false_alarm_is_forgiven_two_are_not(specs):
    spec = specs["s4/hop-thu-lua-dao"]
    for values in each_variant(spec):
        _state, verdict = play(spec, values, INTENDED["s4/hop-thu-lua-dao"], SLIPS["s4/hop-thu-lua-dao"]["bao-nham"])
        assert verdict.passed and verdict.mistakes == ("bao-nham",)


@pytest.mark.parametrize("name", ["s4/hop-thu-lua-dao", "s4/cuoc-goi-gia-danh"])
def test_going_back_decides_nothing_twice(specs, name):
    """After a decision, back and the same decision again: the counts stay."""
    spec = specs[name]
    values = next(each_variant(spec))
    state = beginning(spec)
    while not state["done"]:
        action = INTENDED[name](values, state)
        after = step(spec, values, state, action)
        if after["screen"] == "handled":
            again = step(spec, values, step(spec, values, after, ["back"]), action)
            assert again["vars"] == after["vars"]
        state = after
    assert judged(spec, values, state).passed


@pytest.mark.parametrize("name", INTENDED)
def test_tapping_at_random_never_passes(specs, name):
    spec = specs[name]
    for run in range(RANDOM_RUNS):
        dice = random.Random(f"{name} {run}")
        values = drawn(spec, f"{run:032x}")
        state = beginning(spec)
        while not state["done"] and state["n"] < spec["pass"]["max_actions"]:
            state = step(spec, values, state, dice.choice(offered(spec, values, state)))
        assert not judged(spec, values, state).passed, run
