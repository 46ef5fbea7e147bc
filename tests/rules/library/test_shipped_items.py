"""What holds for the shipped questions together: none asks what another asks, and none gives itself away by its look."""

import re
from collections import Counter

import pytest

from lms.bank.rules.duplicates import twins
from lms.library.books import Item
from lms.library.item_types import ASKS_BY_ITSELF
from lms.vietnamese import search_key
from tests import shipped

ITEMS = [item for item in shipped.books().items if item.is_recorded or item.is_practice]
NEAR = 0.5
"""Stricter than what the duplicate finder shows an author."""
MOST_LONGEST = 0.35
"""Of the single questions of a course; chance gives a quarter."""
MUCH_LONGER = 1.5
TEAM_SAFETY = 16
"""Four forms of the exam without a safety question told twice."""


def test_no_two_questions_ask_the_same_in_the_same_words() -> None:
    told = {item.id: search_key(item.stem) for item in ITEMS if item.stem not in ASKS_BY_ITSELF.values()}
    assert twins(told, NEAR) == []


def _shelf(item: Item) -> str:
    return f"{item.id.removeprefix('q.').split('.')[0]} {item.pool}"


@pytest.mark.parametrize("shelf", sorted({_shelf(item) for item in ITEMS}))
def test_the_longest_option_is_the_key_no_oftener_than_a_third(shelf: str) -> None:
    single = [item for item in ITEMS if item.type == "single" and _shelf(item) == shelf]
    longest = Counter(max(item.options, key=lambda one: len(one.text)).correct for item in single)
    assert longest[True] <= max(2, MOST_LONGEST * len(single)), longest


def test_no_key_is_much_longer_than_every_other_option() -> None:
    def lengths(item: Item, correct: bool) -> list[int]:
        return [len(one.text) for one in item.options if one.correct is correct]

    single = [item for item in ITEMS if item.type == "single"]
    given = [item.id for item in single if lengths(item, True)[0] > MUCH_LONGER * max(lengths(item, False))]
    assert given == []


def test_a_negative_question_is_told_in_bold() -> None:
    """«Tin nào không mang dấu hiệu lừa?» is read as its opposite by who reads in a hurry."""
    asks = re.compile(
        r"\b(?:nào|ai|gì|chọn \d \w+)\b(?:(?!\b(?:là|nên|để|mà)\b)[^.,:»]){0,24}?\b(không|chưa)\b(?! có)", re.I
    )
    plain = [item.id for item in ITEMS if item.type in ("single", "multiple") and asks.search(_last(item.stem))]
    assert plain == []
    assert asks.search(_last("Bốn tin sau. Tin nào không mang dấu hiệu lừa?"))
    assert not asks.search(_last("Bốn tin sau. Tin nào **không** mang dấu hiệu lừa?"))


def _last(stem: str) -> str:
    """The sentence that asks, without what stands in bold or is quoted."""
    bare = re.sub(r"\*\*[^*]*\*\*|«[^»]*»", "", stem)
    return re.split(r"(?<=[.!?])\s+", bare.strip())[-1]


def test_the_team_is_asked_what_a_member_may_never_do() -> None:
    safety = [item for item in ITEMS if item.id.startswith("t.q") and item.critical]
    assert len(safety) >= TEAM_SAFETY
    assert {item.step.partition("#")[0] for item in safety} >= {"l.t.1", "l.t.4", "l.t.5"}
