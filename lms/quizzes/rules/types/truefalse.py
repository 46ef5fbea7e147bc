"""Đúng hay sai: two options that are always called `dung` and `sai`, in this order."""

from dataclasses import replace

from lms.quizzes.rules import choosing
from lms.quizzes.rules.choosing import from_json, key, no_parts, replies, shuffled, to_json, words
from lms.quizzes.rules.shapes import Choices, Item, Problem, Raw
from lms.quizzes.rules.types import single
from lms.quizzes.rules.types.single import asks_for, grade, p_guess, read_answer

__all__ = [
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

IDS = ("dung", "sai")

parts = no_parts


def read(raw: Raw) -> Choices:
    return replace(choosing.read(raw), fixed=True)


def problems(item: Item) -> list[Problem]:
    found = single.problems(item)
    if item.body.ids != IDS:
        found.append(Problem("not-true-false", f"Câu {item.id}: hai phương án phải là «dung» rồi «sai».", item.id))
    return found
