"""What the two behaviours show: practice teaches, a recorded test says nothing but that it is kept."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.behaviours import (
    Behaviour,
    PracticeShown,
    RecordedShown,
    asked,
    shown_after_answer,
)
from lms.quizzes.rules.shapes import Answer, Choices, Item, Option
from tests.rules.quizzes.bank import multiple, single, true_false

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def practice(item: Item) -> Item:
    return replace(item, pool="luyen", status="duyet")


def test_practice_speaks_to_the_option_chosen_and_points_to_the_step() -> None:
    shown = shown_after_answer(Behaviour.PRACTICE, practice(single()), Answer(frozenset("b")), NOON)
    assert isinstance(shown, PracticeShown) and not shown.right
    assert [(one.option, one.feedback, one.correct) for one in shown.replies] == [("b", "Vì sao b.", False)]
    assert shown.step == "l.s3.1#doi-chieu" and shown.explain == "Tên sai là chưa trả."


def test_practice_speaks_to_every_option_ticked() -> None:
    shown = shown_after_answer(Behaviour.PRACTICE, practice(multiple()), Answer(frozenset("ca")), NOON)
    assert isinstance(shown, PracticeShown)
    assert [one.option for one in shown.replies] == ["a", "c"] and not shown.right


@pytest.mark.parametrize("item", [single(), multiple(), true_false()])
def test_a_recorded_test_shows_only_when_it_was_saved(item: Item) -> None:
    right = Answer(item.body.keys)
    shown = shown_after_answer(Behaviour.RECORDED, item, right, NOON)
    assert shown == RecordedShown(NOON) and asdict(shown) == {"saved_at": NOON}


def test_a_recorded_question_never_teaches_even_where_practice_asks_it() -> None:
    assert shown_after_answer(Behaviour.PRACTICE, single(), Answer(frozenset("a")), NOON) == RecordedShown(NOON)
    assert shown_after_answer(Behaviour.RECORDED, practice(single()), Answer(frozenset("a")), NOON) == RecordedShown(
        NOON
    )


@given(st.sampled_from(["single", "multiple"]), st.permutations("abcd"))
def test_a_question_as_asked_holds_no_key(kind: str, order: list[str]) -> None:
    """Two questions that differ in their keys and feedback only are asked in the same words."""
    plain = single() if kind == "single" else multiple()
    keyed = [Option(one.id, one.text, not one.correct, "MẬT") for one in plain.options]
    other = replace(plain, body=Choices(tuple(keyed)), explain="MẬT", step="MẬT")
    assert asked(plain, order).options == asked(other, order).options
    assert "MẬT" not in repr(asked(other, order)) and "correct" not in repr(asked(other, order))


def test_a_question_is_asked_in_the_order_drawn() -> None:
    question = asked(single(stem_html="<p>Làm gì?</p>"), "dcba")
    assert [option for option, _ in question.options] == list("dcba")
    assert (question.field, question.choose, question.stem_html) == ("tra-loi.s3.q1", 1, "<p>Làm gì?</p>")
    assert asked(multiple(), "abcd").choose == 2
    assert asked(multiple(hide_count=True), "abcd").choose is None
    assert asked(true_false(), ["dung", "sai"]).options == (("dung", "Đúng"), ("sai", "Sai"))
