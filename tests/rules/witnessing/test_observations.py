"""What an observation is worth: every core line and the whole act at 3 or more, no critical line failed, the right person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.witnessing.rules.observations import (
    Card,
    Needs,
    Observation,
    RubricLine,
    judge,
    observation_problems,
    read_card,
)

CARD = Card(
    "t.s3.quet-ma",
    "s3",
    (
        RubricLine("r1", "s3.2", core=True, critical=True, text="Đọc tên người nhận"),
        RubricLine("r2", "s3.3", core=True, critical=False, text="Chuyển đúng số"),
        RubricLine("r3", "s3.4", core=False, critical=True, text="Không đọc mã OTP"),
        RubricLine("r4", "s3.5", core=False, critical=False, text="Lưu biên lai"),
    ),
)
GOOD = Observation({"r1": 3, "r2": 3, "r3": 2, "r4": 0}, independence=3, identity_checked=True)


def seen(**changes: object) -> Observation:
    lines = {**GOOD.lines, **{line: level for line, level in changes.items() if line in GOOD.lines}}
    return replace(GOOD, lines=lines, **{key: one for key, one in changes.items() if key not in lines})  # type: ignore[arg-type]


def test_done_alone_before_a_witness() -> None:
    judged = judge(CARD, GOOD)
    assert judged.passed and judged.counts_as_witness and not judged.assisted and judged.reasons == ()


@pytest.mark.parametrize(
    ("observation", "passed", "assisted", "counts", "codes"),
    [
        (seen(r1=4, r2=4, independence=4), True, False, True, []),
        (seen(r2=2), False, True, False, ["helped"]),
        (seen(r1=2), False, True, False, ["helped"]),
        (seen(independence=2), False, True, False, ["helped"]),
        (seen(r1=2, r2=2), False, True, False, ["helped", "helped"]),
        (seen(r3=1), False, False, False, ["critical-failed"]),
        (seen(r1=1), False, False, False, ["critical-failed", "helped"]),
        (seen(failed=frozenset({"r3"})), False, False, False, ["critical-failed"]),
        (seen(r3=4, failed=frozenset({"r3"})), False, False, False, ["critical-failed"]),
        (seen(r4=0), True, False, True, []),
        (seen(identity_checked=False), True, False, False, ["identity"]),
        (seen(accommodation="reader"), True, False, True, []),
        (seen(accommodation="held-the-phone"), False, True, True, ["accommodation"]),
    ],
)
def test_what_an_observation_is_worth(
    observation: Observation, passed: bool, assisted: bool, counts: bool, codes: list[str]
) -> None:
    judged = judge(CARD, observation)
    assert (judged.passed, judged.assisted, judged.counts_as_witness) == (passed, assisted, counts)
    assert [reason.code for reason in judged.reasons] == codes
    assert all(reason.sentence.endswith(".") for reason in judged.reasons)


def test_the_numbers_are_the_rulesets() -> None:
    assert not judge(CARD, GOOD, Needs(min_independence=4)).passed
    assert judge(CARD, seen(identity_checked=False), Needs(identity_checked=False)).counts_as_witness
    assert judge(CARD, seen(accommodation="reader"), Needs(accommodations=frozenset({"none"}))).assisted


def test_a_card_without_a_core_line_shows_nothing() -> None:
    bare = replace(CARD, rubric=CARD.rubric[2:])
    assert not judge(bare, Observation({"r3": 4, "r4": 4}, 4, True)).passed


def test_a_line_not_filled_in_was_not_seen() -> None:
    assert not judge(CARD, replace(GOOD, lines={"r1": 3})).passed


LEVELS = st.fixed_dictionaries({line.id: st.integers(0, 4) for line in CARD.rubric})
OBSERVATIONS = st.builds(
    Observation, LEVELS, st.integers(0, 4), st.booleans(), st.just("none"), st.frozensets(st.sampled_from(["r1", "r3"]))
)


@given(OBSERVATIONS)
def test_exactly_one_of_passed_assisted_failed(observation: Observation) -> None:
    judged = judge(CARD, observation)
    assert not (judged.passed and judged.assisted)
    assert judged.counts_as_witness <= judged.passed, "nobody attests what was not passed"
    assert bool(judged.reasons) is not (judged.passed and judged.counts_as_witness)


@given(OBSERVATIONS, st.sampled_from(["r1", "r2", "r3", "r4"]))
def test_doing_better_on_a_line_never_lowers(observation: Observation, line: str) -> None:
    better = replace(observation, lines={**observation.lines, line: min(4, observation.lines[line] + 1)})
    assert judge(CARD, better).passed >= judge(CARD, observation).passed


@pytest.mark.parametrize(
    ("observation", "code"),
    [
        (replace(GOOD, lines={**GOOD.lines, "r9": 3}), "unknown-line"),
        (replace(GOOD, lines={"r1": 3, "r2": 3, "r3": 3}), "missing-line"),
        (seen(r2=5), "level"),
        (seen(r2=-1), "level"),
        (seen(independence=5), "independence"),
        (seen(independence=-1), "independence"),
        (seen(failed=frozenset({"r4"})), "not-critical"),
        (seen(failed=frozenset({"r9"})), "not-critical"),
    ],
)
def test_what_cannot_be_signed(observation: Observation, code: str) -> None:
    problems = observation_problems(CARD, observation)
    assert [problem.code for problem in problems] == [code] and problems[0].sentence.endswith(".")


@given(OBSERVATIONS)
def test_a_filled_in_sheet_can_be_signed_whatever_was_seen(observation: Observation) -> None:
    assert observation_problems(CARD, observation) == []


def test_a_published_card_is_read_as_it_was_kept() -> None:
    raw = {"id": "t.s3.quet-ma", "version": "1.0.0", "skill": "s3", "rubric": [
        {"id": "r1", "competency": "s3.2", "core": True, "critical": True, "text": "Đọc tên người nhận"}]}  # fmt: skip
    assert read_card(raw) == replace(CARD, rubric=CARD.rubric[:1])
