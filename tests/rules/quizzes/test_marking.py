"""Scores to the letter of assessment.md §5, the chance of a guess, and what a browser may send."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.items import (
    answer_from_json,
    answer_to_json,
    asks_for,
    field_name,
    grade,
    p_guess,
    read_answer,
)
from lms.quizzes.rules.shapes import Answer, Item, Problem
from tests.rules.quizzes.bank import multiple, single, true_false


def score(item: Item, *chosen: str) -> Fraction:
    return grade(item, Answer(frozenset(chosen))).score


def test_the_key_alone_is_right() -> None:
    mark = grade(single(), Answer(frozenset("a")))
    assert mark.right and mark.score == 1 and mark.chosen == mark.feedback == ("a",)


@pytest.mark.parametrize(
    ("item", "chosen", "worth"),
    [
        (single(), "a", 1),
        (single(), "b", 0),
        (single(), "ab", 0),
        (multiple(), "ab", 1),
        (multiple(), "a", Fraction(1, 2)),
        (multiple(), "ac", 0),
        (multiple(), "abc", Fraction(1, 2)),
        (multiple(), "abcd", 0),
        (multiple(), "cd", 0),
        (multiple(keys=3, options=5), "ab", Fraction(2, 3)),
        (multiple(keys=3, options=5), "abd", Fraction(1, 6)),
        (multiple(keys=2, options=5), "abd", Fraction(2, 3)),
        (multiple(keys=2, options=5, hide_count=True), "ab", 1),
    ],
)
def test_scores(item: Item, chosen: str, worth: Fraction) -> None:
    mark = grade(item, Answer(frozenset(chosen)))
    assert mark.score == worth
    assert mark.right is (worth == 1)


def test_true_false_scores() -> None:
    assert score(true_false(key="sai"), "sai") == 1
    assert score(true_false(key="sai"), "dung") == 0
    assert score(true_false(key="dung"), "dung") == 1
    assert score(true_false(), "dung", "sai") == 0


@pytest.mark.parametrize("item", [single(), multiple(), true_false()])
def test_no_answer_scores_nothing(item: Item) -> None:
    assert grade(item, None).score == 0 and not grade(item, None).right
    assert grade(item, Answer(frozenset())).score == 0


@pytest.mark.parametrize("item", [single(), multiple()])
def test_an_option_the_question_never_had_spoils_the_answer(item: Item) -> None:
    keys = item.body.keys
    assert not grade(item, Answer(keys | {"moi"})).right


def sets_of(item: Item) -> list[frozenset[str]]:
    ids = item.body.ids
    return [frozenset(one) for one in chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))]


ANY_ITEM = st.one_of(
    st.builds(single, options=st.integers(2, 6)),
    st.tuples(st.integers(3, 6), st.integers(2, 5), st.booleans())
    .filter(lambda one: one[1] < one[0])
    .map(lambda one: multiple(options=one[0], keys=one[1], hide_count=one[2])),
    st.builds(true_false, key=st.sampled_from(["dung", "sai"])),
)


@given(ANY_ITEM)
def test_one_answer_only_is_right_and_it_is_the_keys(item: Item) -> None:
    marks = {chosen: grade(item, Answer(chosen)) for chosen in sets_of(item)}
    assert [chosen for chosen, mark in marks.items() if mark.right] == [item.body.keys]
    assert all(0 <= mark.score <= 1 for mark in marks.values())
    assert marks[frozenset(item.body.ids)].score == 0


@given(ANY_ITEM)
def test_the_chance_of_a_guess_is_the_share_of_answers_a_guesser_may_give(item: Item) -> None:
    count = asks_for(item)
    fits = [
        one for one in sets_of(item) if (len(one) == count if count is not None else 2 <= len(one) < len(item.options))
    ]
    assert p_guess(item) == Fraction(1, len(fits))
    assert item.body.keys in fits


def test_chances_of_a_guess() -> None:
    assert p_guess(single()) == Fraction(1, 4)
    assert p_guess(single(options=3)) == Fraction(1, 3)
    assert p_guess(true_false()) == Fraction(1, 2)
    assert p_guess(multiple(keys=2, options=4)) == Fraction(1, 6)
    assert p_guess(multiple(keys=2, options=4, hide_count=True)) == Fraction(1, 10)


def test_a_tick_becomes_an_answer() -> None:
    assert read_answer(single(), {field_name("s3.q1"): ["b"]}) == Answer(frozenset("b"))
    assert read_answer(multiple(), {field_name("s3.q2"): ["d", "a", "a"], "csrf_token": ["x"]}) == Answer(
        frozenset("ad")
    )
    assert read_answer(true_false(), {field_name("s3.q3"): ["dung"]}) == Answer(frozenset({"dung"}))


@pytest.mark.parametrize("item", [single(), multiple(), true_false()])
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([], "nothing-chosen"),
        ([""], "nothing-chosen"),
        (["z"], "unknown-option"),
        (["a", "z"], "unknown-option"),
        (["A"], "unknown-option"),
        (["Đúng"], "unknown-option"),
    ],
)
def test_a_browser_may_not_send_anything_else(item: Item, sent: list[str], code: str) -> None:
    refused = read_answer(item, {field_name(item.id): sent})
    assert isinstance(refused, Problem) and refused.code == code and refused.sentence.endswith(".")


def test_an_answer_to_another_question_is_no_answer() -> None:
    refused = read_answer(single("s3.q1"), {field_name("s3.q9"): ["a"]})
    assert isinstance(refused, Problem) and refused.code == "nothing-chosen"


@pytest.mark.parametrize(("item", "sent"), [(single(), ["a", "b"]), (true_false(), ["dung", "sai"])])
def test_one_choice_is_one_choice(item: Item, sent: list[str]) -> None:
    refused = read_answer(item, {field_name(item.id): sent})
    assert isinstance(refused, Problem) and refused.code == "too-many"


@given(ANY_ITEM, st.data())
def test_answers_come_back_from_the_database_as_they_went(item: Item, data: st.DataObject) -> None:
    ids = data.draw(st.lists(st.sampled_from(item.body.ids), unique=True))
    kept = answer_to_json(item, Answer(frozenset(ids)))
    assert kept == answer_to_json(item, Answer(frozenset(reversed(ids)))) == {"chosen": sorted(ids)}
    assert answer_from_json(item, kept) == Answer(frozenset(ids))


@pytest.mark.parametrize(
    "raw", [None, "a", ["a"], {}, {"chosen": "a"}, {"chosen": [1]}, {"chosen": ["a"], "right": True}, {"chosen": None}]
)
def test_a_shape_never_written_is_a_bug_not_an_answer(raw: object) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        answer_from_json(single(), raw)
