"""An attempt folded from its steps: the same in any order, doubled or late; and when an answer may be saved."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.attempts import (
    AttemptState,
    Ignored,
    Standing,
    Step,
    StepKind,
    Window,
    fold,
    may_answer,
    may_resume,
    should_lapse,
)

NINE = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
WINDOW = Window(NINE, NINE + timedelta(minutes=120))
GRACE = timedelta(minutes=5)
CHOSEN = {"chosen": ["a"]}


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def step(n: int, kind: str, item: str | None = None, answer: str | None = None, minutes: int | None = None) -> Step:
    body = None if answer is None else {"chosen": [answer]}
    return Step(f"id-{n}", n, StepKind(kind), at(n if minutes is None else minutes), item, body)


def answers(state: AttemptState) -> dict[str, str]:
    return {item: raw["chosen"][0] for item, raw in state.answers.items()}


STORY = [
    step(1, "start"),
    step(2, "answer", "q1", "a"),
    step(3, "answer", "q2", "b"),
    step(4, "pause"),
    step(5, "resume"),
    step(6, "answer", "q1", "c"),
    step(7, "finish"),
]


def test_the_latest_answer_before_the_finish_counts() -> None:
    state = fold(STORY)
    assert state.standing is Standing.FINISHED and answers(state) == {"q1": "c", "q2": "b"}
    assert state.started_at == at(1) and state.closed_at == at(7) and state.saved_at["q1"] == at(6)
    assert state.ignored == ()


def test_every_order_of_reading_ends_the_same() -> None:
    for order in permutations(STORY[:6]):
        assert fold([*order, STORY[6]]) == fold(STORY)


STEPS = st.lists(
    st.builds(
        Step,
        id=st.sampled_from([f"id-{at}" for at in range(9)]),
        n=st.integers(0, 6),
        kind=st.sampled_from(StepKind),
        at=st.integers(0, 6).map(at),
        item_id=st.sampled_from(["q1", "q2", "q3"]),
        answer=st.sampled_from([{"chosen": ["a"]}, {"chosen": ["b"]}]),
    ),
    max_size=12,
)


@given(STEPS, st.integers())
def test_shuffled_and_doubled_steps_change_nothing(steps: list[Step], seed: int) -> None:
    again = [*steps, *steps[::2]]
    Random(seed).shuffle(again)
    assert fold(again) == fold(steps)


@given(STEPS, STEPS)
def test_nothing_after_the_end_changes_the_attempt(steps: list[Step], late: list[Step]) -> None:
    closed = [*steps, Step("begin", 7, StepKind.START, at(7)), Step("end", 8, StepKind.FINISH, at(8))]
    later = [
        Step(f"late {place}", 9 + place, one.kind, one.at, one.item_id, one.answer) for place, one in enumerate(late)
    ]
    before, after = fold(closed), fold([*closed, *later])
    assert (after.standing, after.answers, after.closed_at) == (before.standing, before.answers, before.closed_at)
    assert {one for one, why in after.ignored if why is Ignored.AFTER_END} >= {one.id for one in later}


def test_an_answer_after_the_finish_is_ignored_and_said_so() -> None:
    state = fold([*STORY, step(8, "answer", "q1", "a"), step(9, "lapse")])
    assert answers(state)["q1"] == "c" and state.standing is Standing.FINISHED
    assert state.ignored == (("id-8", Ignored.AFTER_END), ("id-9", Ignored.AFTER_END))


def test_a_lapsed_attempt_keeps_what_was_saved() -> None:
    state = fold([*STORY[:3], step(4, "lapse"), step(5, "answer", "q1", "d"), step(6, "finish")])
    assert state.standing is Standing.LAPSED and state.is_closed and answers(state) == {"q1": "a", "q2": "b"}


def test_a_clock_set_back_does_not_reorder_what_was_appended() -> None:
    state = fold([step(1, "start"), step(2, "answer", "q1", "a", minutes=30), step(3, "answer", "q1", "b", minutes=10)])
    assert answers(state) == {"q1": "b"}
    late = fold([step(1, "start"), step(2, "finish", minutes=30), step(3, "answer", "q1", "b", minutes=10)])
    assert answers(late) == {} and late.ignored == (("id-3", Ignored.AFTER_END),)


@pytest.mark.parametrize(
    ("steps", "ignored"),
    [
        ([step(1, "answer", "q1", "a"), step(2, "start")], Ignored.BEFORE_START),
        ([step(1, "finish"), step(2, "start")], Ignored.BEFORE_START),
        ([step(1, "start"), step(2, "start")], Ignored.REPEATED),
        ([step(1, "start"), step(2, "pause"), step(3, "answer", "q1", "a")], Ignored.WHILE_PAUSED),
        ([step(1, "start"), step(2, "pause"), step(3, "pause")], Ignored.REPEATED),
        ([step(1, "start"), step(2, "resume")], Ignored.REPEATED),
    ],
)
def test_a_step_out_of_place_changes_nothing(steps: list[Step], ignored: Ignored) -> None:
    state = fold(steps)
    assert [why for _, why in state.ignored] == [ignored] and answers(state) == {}
    assert not state.is_closed and state.started_at == at(2 if ignored is Ignored.BEFORE_START else 1)


def test_a_paused_attempt_may_be_finished() -> None:
    assert fold([step(1, "start"), step(2, "pause"), step(3, "finish")]).standing is Standing.FINISHED


def test_no_steps_no_attempt() -> None:
    assert fold([]) == AttemptState()


OPEN, PAUSED = fold(STORY[:3]), fold(STORY[:4])
FINISHED, LAPSED = fold(STORY), fold([*STORY[:3], step(4, "lapse")])


def code(problem: object) -> str | None:
    return getattr(problem, "code", None)


@pytest.mark.parametrize(
    ("state", "minutes", "why"),
    [
        (OPEN, 0, None),
        (OPEN, 60, None),
        (OPEN, 119, None),
        (OPEN, 120, None),
        (OPEN, 124, None),
        (OPEN, 125, "too-late"),
        (OPEN, -1, "not-open"),
        (AttemptState(), 60, "not-started"),
        (PAUSED, 60, "paused"),
        (FINISHED, 60, "finished"),
        (LAPSED, 60, "lapsed"),
    ],
)
def test_when_an_answer_may_be_saved(state: AttemptState, minutes: int, why: str | None) -> None:
    problem = may_answer(state, WINDOW, at(minutes), GRACE)
    assert code(problem) == why and (problem is None or problem.sentence.endswith("."))


def test_without_grace_the_window_ends_on_the_minute() -> None:
    assert may_answer(OPEN, WINDOW, at(120) - timedelta(microseconds=1)) is None
    assert code(may_answer(OPEN, WINDOW, at(120))) == "too-late"


@pytest.mark.parametrize(
    ("state", "minutes", "why"),
    [
        (PAUSED, 60, None),
        (OPEN, 60, None),
        (PAUSED, 120, "too-late"),
        (PAUSED, -1, "not-open"),
        (FINISHED, 60, "finished"),
        (LAPSED, 60, "lapsed"),
        (AttemptState(), 60, "not-started"),
    ],
)
def test_when_an_attempt_may_be_taken_up_again(state: AttemptState, minutes: int, why: str | None) -> None:
    assert code(may_resume(state, WINDOW, at(minutes))) == why


@pytest.mark.parametrize(
    ("state", "minutes", "lapses"),
    [(OPEN, 124, False), (OPEN, 125, True), (PAUSED, 125, True), (FINISHED, 999, False), (LAPSED, 999, False),
     (AttemptState(), 999, False)],
)  # fmt: skip
def test_a_begun_attempt_lapses_when_its_window_is_over(state: AttemptState, minutes: int, lapses: bool) -> None:
    assert should_lapse(state, WINDOW, at(minutes), GRACE) is lapses


@given(st.sampled_from([OPEN, PAUSED]), st.integers(-10, 140))
def test_an_attempt_lapses_exactly_when_it_can_no_longer_be_answered(state: AttemptState, minutes: int) -> None:
    if minutes >= 0:
        assert should_lapse(state, WINDOW, at(minutes), GRACE) is (
            code(may_answer(OPEN, WINDOW, at(minutes), GRACE)) == "too-late"
        )
