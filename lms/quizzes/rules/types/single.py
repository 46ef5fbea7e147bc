"""Một lựa chọn: one key among three or four options."""

from collections.abc import Sequence
from fractions import Fraction

from lms.quizzes.rules import choosing, guessers
from lms.quizzes.rules.choosing import from_json, key, no_parts, read, replies, shuffled, to_json, words
from lms.quizzes.rules.fields import FIXED, OPTIONS
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Problem

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 1
WORD = "Một ý"
HINT = "Chọn một câu trả lời trong 3 đến 6 phương án."
FORM = (OPTIONS, FIXED)  # fmt: skip

parts = no_parts


def grade(body: Choices, answer: Answer) -> Mark:
    return choosing.mark_of(body.ids, answer, Fraction(int(answer.chosen == body.keys)))


def p_guess(body: Choices) -> Fraction:
    return guessers.one_of(len(body.options))


def asks_for(body: Choices) -> int | None:
    return 1


def read_answer(item_id: str, body: Choices, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    answer = choosing.read_ticks(item_id, body.ids, form, order)
    if isinstance(answer, Answer) and len(answer.chosen) > 1:
        return Problem("too-many", "Câu này chỉ chọn một ý.", item_id)
    return answer


def problems(item: Item) -> list[Problem]:
    found = choosing.faults(item)
    keys = sum(option.correct for option in item.options)
    if keys != 1:
        found.append(Problem("keys", f"Câu {item.id}: cần đúng một phương án đúng, đang có {keys}.", item.id))
    return found
