"""Reading an answer sheet: letters by their place on the sheet, and everything odd asked back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exams.rules.paper import LETTERS, fits_paper, read_mark, takes_one
from lms.quizzes.rules.shapes import Answer, Problem
from tests.rules.quizzes.bank import multiple, single, true_false

ORDER = ("c", "a", "d", "b")


def code(found: object) -> str | None:
    return found.code if isinstance(found, Problem) else None


@pytest.mark.parametrize(("text", "chosen"), [("A", "c"), ("b", "a"), (" d ", "b"), ("B.", "a")])
def test_a_letter_is_a_place_and_not_a_key(text: str, chosen: str) -> None:
    assert read_mark(text, single(), ORDER, 1) == Answer(frozenset({chosen}))


@pytest.mark.parametrize("text", ["", "-", "  "])
def test_nothing_marked_is_no_answer(text: str) -> None:
    assert read_mark(text, single(), ORDER, 1) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("E", "letter"), ("1", "letter"), ("AB", "one"), ("AA", "twice"), ("Đ", "letter")]
)
def test_what_is_asked_back(text: str, expected: str) -> None:
    assert code(read_mark(text, single(), ORDER, 7)) == expected


def test_several_letters_where_several_are_asked() -> None:
    assert read_mark("d, a", multiple(), ORDER, 1) == Answer(frozenset({"b", "c"}))
    assert takes_one(true_false()) and not takes_one(multiple())


@given(st.text(max_size=9), st.permutations(("a", "b", "c", "d")))
def test_whatever_is_typed_is_an_answer_of_the_sheet_or_asked_back(text: str, order: list[str]) -> None:
    found = read_mark(text, multiple(), order, 1)
    assert found is None or isinstance(found, Problem) or (found.chosen and found.chosen <= set(order))


@given(st.permutations(("a", "b", "c", "d")), st.sets(st.sampled_from("abcd"), min_size=1))
def test_what_was_marked_is_what_is_read(order: list[str], chosen: set[str]) -> None:
    text = "".join(LETTERS[order.index(one)] for one in chosen)
    assert read_mark(text, multiple(), order, 1) == Answer(frozenset(chosen))


def test_paper_carries_what_is_answered_by_letters() -> None:
    assert fits_paper(single()) and fits_paper(multiple()) and fits_paper(true_false())
