"""Questions that ask the same: equal words are always found, order and ids do not matter, nothing empty is like anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.bank.rules.duplicates import COMMON, NEAR, alike, like, shingles, twins

WORDS = st.lists(st.sampled_from("quet ma ten khac chu quan bac lam gi hoi lai".split()), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("quet ma o quay ten khac bac lam gi", "quet ma o quay ten khac bac lam gi", True),
        ("quet ma o quay ten hien ra khac ten chu quan bac lam gi", "quet ma o quay ten hien ra khac ten chu quan em lam gi", True),
        ("quet ma o quay ten khac bac lam gi", "ban nen lam gi khi nhan tin nhan la", False),
        ("", "", False),
        ("gi", "gi", True),
        ("lam gi", "lam sao", False),
    ],
)  # fmt: skip
def test_what_is_alike(one: str, other: str, near: bool) -> None:
    assert (alike(one, other) >= NEAR) == near


def test_how_alike_is_shared_runs_of_all_runs() -> None:
    assert alike("a b c d", "a b c e") == 2 / 4
    assert shingles("a b c") == {("a", "b"), ("b", "c")}


@given(WORDS, WORDS)
def test_likeness_is_mutual_and_whole_only_of_itself(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert alike(one, one) == (1 if one else 0)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), WORDS, max_size=8))
def test_pairs_found_are_those_of_comparing_each_with_each(folded: dict[str, str]) -> None:
    slow = {(a, b) for a in folded for b in folded if a < b and alike(folded[a], folded[b]) >= NEAR}
    found = twins(folded)
    assert {(one.first, one.second) for one in found} == slow
    assert [one.alike for one in found] == sorted((one.alike for one in found), reverse=True)


def test_equal_words_are_found_however_common() -> None:
    many = {f"{n:03}": "ban nen lam gi" for n in range(COMMON + 1)}
    assert len(twins(many)) == COMMON


@given(WORDS, st.dictionaries(st.text("abc", min_size=1, max_size=2), WORDS, max_size=5))
def test_a_new_text_is_held_against_all(text: str, others: dict[str, str]) -> None:
    assert {id for id, _how in like(text, others)} == {id for id in others if alike(text, others[id]) >= NEAR}
