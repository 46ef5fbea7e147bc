"""Nhiều lựa chọn: two or more keys and at least one distractor."""

import re
from fractions import Fraction
from math import comb

from lms.quizzes.rules import choosing
from lms.quizzes.rules.choosing import from_json, read_choices, shuffled, to_json
from lms.quizzes.rules.choosing import read_ticks as read_answer
from lms.quizzes.rules.shapes import Answer, Choices, Item, Mark, Problem

__all__ = ["asks_for", "from_json", "grade", "p_guess", "problems", "read", "read_answer", "shuffled", "to_json"]

read = read_choices

FEWEST_KEYS = 2
_ASKS_FOR = re.compile(r"[Cc]họn\s+(?:đúng\s+)?\*{0,2}(\d+|hai|ba|bốn|năm)\*{0,2}(?!\w)")
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}


def grade(body: Choices, answer: Answer) -> Mark:
    """max(0, hits/|K| − false/|D|): ticking all is worth nothing (assessment.md §5)."""
    keys = body.keys
    others = len(body.options) - len(keys)
    hits = Fraction(len(answer.chosen & keys), len(keys))
    false = Fraction(len(answer.chosen - keys), max(others, 1))
    return choosing.mark_of(body, answer, max(Fraction(0), hits - false))


def p_guess(body: Choices) -> Fraction:
    """One set of the right size; of any allowed size where the count is hidden."""
    size = len(body.options)
    if not body.hide_count:
        return Fraction(1, comb(size, len(body.keys)))
    return Fraction(1, sum(comb(size, keys) for keys in range(FEWEST_KEYS, size)))


def asks_for(body: Choices) -> int | None:
    return None if body.hide_count else len(body.keys)


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
