"""Passing to the letter: ⌈4n/5⌉ right and ⌈3c/4⌉ of the safety items; a voided question can only help."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.attempts import AttemptState, Standing
from lms.quizzes.rules.blueprints import PassMark, renewal_blueprint
from lms.quizzes.rules.results import AttemptResult, result, result_to_json, scores
from lms.quizzes.rules.shapes import Item
from tests.rules.quizzes.bank import SKILL, multiple, single

PASS = PassMark()
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
FORM = [
    single(f"q{at:02d}", critical=at < 4, competency=("s3.2", "s3.4", "s3.6", "s3.6")[at] if at < 4 else "s3.5")
    for at in range(15)
]


def answered(right: int, critical_right: int, form: list[Item] = FORM) -> AttemptState:
    """So many right answers in all, so many of them on safety items; the rest wrong."""
    critical = [item.id for item in form if item.critical]
    others = [item.id for item in form if not item.critical]
    good = {*critical[:critical_right], *others[: right - critical_right]}
    return state({item.id: "a" if item.id in good else "b" for item in form})


def state(chosen: dict[str, str]) -> AttemptState:
    return AttemptState(Standing.FINISHED, {item: {"chosen": [*letters]} for item, letters in chosen.items()})


@pytest.mark.parametrize(
    ("right", "critical_right", "passed"),
    [
        (15, 4, True),
        (12, 4, True),
        (12, 3, True),
        (14, 3, True),
        (11, 4, False),
        (11, 3, False),
        (13, 2, False),
        (12, 2, False),
        (0, 0, False),
    ],
)
def test_twelve_of_fifteen_and_three_of_four(right: int, critical_right: int, passed: bool) -> None:
    outcome = result(FORM, answered(right, critical_right), PASS)
    assert (outcome.right, outcome.critical_right, outcome.valid, outcome.critical) == (right, critical_right, 15, 4)
    assert outcome.passed is passed


def test_an_unanswered_question_is_wrong() -> None:
    outcome = result(FORM, state({"q00": "a"}), PASS)
    assert (outcome.right, outcome.valid) == (1, 15) and not outcome.passed


def test_half_a_score_is_not_right() -> None:
    form = [multiple(f"q{at:02d}", critical=at < 4) for at in range(15)]
    assert result(form, state({item.id: "a" for item in form}), PASS).right == 0
    assert result(form, state({item.id: "ab" for item in form}), PASS).right == 15


def test_answers_to_questions_of_another_form_do_not_count() -> None:
    assert result(FORM, state({"q99": "a"}), PASS).right == 0


def test_the_result_names_competencies_to_read_again_most_missed_first() -> None:
    chosen = {item.id: "a" for item in FORM} | {"q00": "b", "q02": "b", "q03": "b"}
    assert result(FORM, state(chosen), PASS).revise == ("s3.6", "s3.2")
    assert result(FORM, answered(15, 4), PASS).revise == ()


def test_unscored_questions_name_no_competency() -> None:
    form = [single(f"f.o{at}", skill=None, competency=None) for at in range(5)]
    outcome = result(form, state({item.id: "b" for item in form}), PassMark(Fraction(1), Fraction(1), 5))
    assert outcome == AttemptResult(0, 5, 0, 0, False, ())


def test_a_recorded_result_carries_no_key_no_question_and_no_answer() -> None:
    kept = result_to_json(result(FORM, answered(9, 2), PASS))
    assert set(kept) == {"right", "valid", "critical_right", "critical", "passed", "revise"}
    text = json.dumps(kept)
    assert not [item.id for item in FORM if item.id in text] and "chosen" not in text and "Phương án" not in text


@pytest.mark.parametrize(
    ("right", "critical_right", "voided", "valid", "passed"),
    [
        # 11 of 15 fails; without one wrong ordinary item 11 of 14 (needs 12) still fails, without two 11 of 13 passes
        (11, 4, ["q14"], 14, False),
        (11, 4, ["q13", "q14"], 13, True),
        # a right one stays whatever is voided
        (12, 4, ["q00", "q05"], 15, True),
        # 2 of 4 safety items: voiding one wrong leaves 2 of 3, which needs 3; voiding both leaves 2 of 2
        (13, 2, ["q03"], 14, False),
        (13, 2, ["q02", "q03"], 13, True),
    ],
)
def test_voided_questions_count_or_not_whichever_is_better(
    right: int, critical_right: int, voided: list[str], valid: int, passed: bool
) -> None:
    outcome = result(FORM, answered(right, critical_right), PASS, voided)
    assert (outcome.valid, outcome.passed) == (valid, passed)


def test_never_fewer_valid_questions_than_say_something() -> None:
    everything = [item.id for item in FORM]
    outcome = result(FORM, answered(9, 4), PASS, everything)
    assert (outcome.right, outcome.valid) == (9, 12) and not outcome.passed
    assert result(FORM, answered(10, 4), PASS, everything).passed, "10 of 12"


def test_a_voided_safety_question_goes_first() -> None:
    """2 of 4 safety items and 11 of 15 in all: three may go, and only without both wrong safety items does it pass."""
    voided = ["q02", "q03", "q13", "q14"]
    outcome = result(FORM, answered(11, 2), PASS, voided)
    assert (outcome.critical_right, outcome.critical, outcome.valid, outcome.passed) == (2, 2, 12, True)


def test_a_form_with_too_few_questions_passes_nobody() -> None:
    assert not result(FORM[:11], answered(11, 4, FORM[:11]), PASS).passed
    assert result(FORM[:12], answered(12, 4, FORM[:12]), PASS).passed


MARKS = st.lists(st.booleans(), min_size=15, max_size=15)
VOIDS = st.sets(st.integers(0, 14))


@given(MARKS, VOIDS, VOIDS)
def test_another_void_never_turns_a_pass_into_a_fail(marks: list[bool], some: set[int], more: set[int]) -> None:
    given_answers = state({f"q{at:02d}": "a" if right else "b" for at, right in enumerate(marks)})
    before = result(FORM, given_answers, PASS, {f"q{at:02d}" for at in some})
    after = result(FORM, given_answers, PASS, {f"q{at:02d}" for at in some | more})
    assert after.passed or not before.passed


@given(MARKS, VOIDS)
def test_the_better_of_every_way_to_leave_voided_questions_out(marks: list[bool], voided: set[int]) -> None:
    """Dropping only wrong ones, safety first, passes whenever any choice among the voided does."""
    given_answers = state({f"q{at:02d}": "a" if right else "b" for at, right in enumerate(marks)})
    wrong_critical = [at for at in voided if not marks[at] and at < 4]
    wrong_others = [at for at in voided if not marks[at] and at >= 4]
    best = any(
        result([item for item in FORM if item.id not in left_out], given_answers, PASS).passed
        for critical in range(len(wrong_critical) + 1)
        for others in range(len(wrong_others) + 1)
        if (left_out := {f"q{at:02d}" for at in [*wrong_critical[:critical], *wrong_others[:others]]}) is not None
    )
    outcome = result(FORM, given_answers, PASS, {f"q{at:02d}" for at in voided})
    assert outcome.passed is best


@given(MARKS, st.integers(0, 14))
def test_one_more_right_answer_never_lowers(marks: list[bool], mended: int) -> None:
    def outcome(of: list[bool]) -> AttemptResult:
        return result(FORM, state({f"q{at:02d}": "a" if right else "b" for at, right in enumerate(of)}), PASS)

    better = [right or at == mended for at, right in enumerate(marks)]
    assert outcome(better).passed or not outcome(marks).passed


def test_a_renewal_needs_seven_of_eight_and_every_safety_item() -> None:
    pass_mark = renewal_blueprint(SKILL).pass_mark
    form = [single(f"q{at}", critical=at < 3) for at in range(8)]
    assert result(form, answered(8, 3, form), pass_mark).passed
    assert result(form, answered(7, 3, form), pass_mark).passed
    assert not result(form, answered(7, 2, form), pass_mark).passed
    assert not result(form, answered(6, 3, form), pass_mark).passed
    assert result(form, answered(7, 2, form), pass_mark, ["q2"]).passed, "7 of 7 once the faulty safety item is void"


def test_the_scores_kept_with_the_evidence() -> None:
    form = [single("q1", critical=True), multiple("q2", keys=2, options=5)]
    kept = scores(form, state({"q1": "a", "q2": "a"}))
    assert [(one.item, one.right, one.critical, one.options) for one in kept] == [
        ("q1", True, True, 4),
        ("q2", False, False, 5),
    ]
    assert kept[0].digest == "digest of q1"
    assert [one.right for one in scores([replace(form[0], body=form[1].body)], state({"q1": "a"}))] == [False], (
        "the pinned version marks, not another"
    )
