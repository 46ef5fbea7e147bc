"""Nhiều lựa chọn: two or more keys and at least one distractor."""

import re
from collections.abc import Sequence
from fractions import Fraction

from lms.quizzes.rules import choosing, guessers
from lms.quizzes.rules.choosing import from_json, key, no_parts, read, replies, shuffled, to_json, words
from lms.quizzes.rules.fields import FIXED, HIDE, OPTIONS
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Problem

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 3
WORD = "Nhiều ý"
HINT = "Chọn nhiều ý; lời hỏi nói rõ chọn mấy ý."
FORM = (OPTIONS, HIDE, FIXED)  # fmt: skip

parts = no_parts

FEWEST_KEYS = 2
_ASKS_FOR = re.compile(r"[Cc]họn\s+(?:đúng\s+)?\*{0,2}(\d+|hai|ba|bốn|năm)\*{0,2}(?!\w)")
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}


def grade(body: Choices, answer: Answer) -> Mark:
    """max(0, hits/|K| − false/|D|): ticking all is worth nothing (assessment.md §5)."""
    return choosing.mark_of(body.ids, answer, choosing.hits_less_false(body.ids, body.keys, answer.chosen))


def p_guess(body: Choices) -> Fraction:
    """One set of the right size; of any allowed size where the count is hidden."""
    size = len(body.options)
    return guessers.any_set(size, FEWEST_KEYS) if body.hide_count else guessers.set_of(size, len(body.keys))


def asks_for(body: Choices) -> int | None:
    return None if body.hide_count else len(body.keys)


def read_answer(item_id: str, body: Choices, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    return choosing.read_ticks(item_id, body.ids, form, order)


def problems(item: Item) -> list[Problem]:
    found = choosing.faults(item)
    keys, size = len(item.body.keys), len(item.options)
    if not FEWEST_KEYS <= keys < size:
        sentence = f"Câu {item.id}: cần từ hai ý đúng và ít nhất một ý sai, đang có {keys} đúng trong {size}."
        found.append(Problem("keys", sentence, item.id))
    said = said_count(item.stem)
    if item.body.hide_count and said is not None:
        found.append(Problem("count-said", f"Câu {item.id}: giấu số ý mà lời hỏi lại nói «Chọn {said} ý».", item.id))
    if not item.body.hide_count and said != keys:
        found.append(Problem("count", f"Câu {item.id}: lời hỏi cần ghi «Chọn {keys} ý».", item.id))
    return found


def said_count(stem: str) -> int | None:
    """The number in «Chọn N ý» (or «Chọn hai việc»), None where the stem does not say."""
    said = _ASKS_FOR.search(stem)
    return None if said is None else _WORDS.get(said[1]) or int(said[1])
