"""Đúng hay sai: two options that are always called `dung` and `sai`, in this order."""

from dataclasses import replace
from typing import Any

from lms.quizzes.rules import choosing
from lms.quizzes.rules.choosing import from_json, key, no_parts, replies, shuffled, to_json, words
from lms.quizzes.rules.fields import Field
from lms.quizzes.rules.shapes import Choices, Item, Problem, Raw
from lms.quizzes.rules.types import single
from lms.quizzes.rules.types.single import asks_for, grade, p_guess, read_answer

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 2
WORD = "Đúng hay sai"
HINT = "Một lời nói, đúng hay sai. Trong một đề nhiều nhất ba câu."
FORM = (
        Field("answer", "Câu nói trên", "choice", choices=(("dung", "Đúng"), ("sai", "Sai"))),
        Field(
            "feedback", "Lời nhắn", "group",
            inside=(Field("dung", "Khi chọn Đúng"), Field("sai", "Khi chọn Sai")),
        ),
    )  # fmt: skip

IDS = ("dung", "sai")

parts = no_parts


def read(raw: Raw) -> Choices:
    return replace(choosing.read(raw), fixed=True)


def as_written(body: Raw) -> dict[str, Any]:
    """Its keys in questions.yaml: which of the two, and what is said to each."""
    options = body.get("options") or ()
    return {
        "answer": next(one["id"] for one in options if one["correct"]),
        "feedback": {one["id"]: one["feedback"] for one in options if one.get("feedback")},
    }


def problems(item: Item) -> list[Problem]:
    found = single.problems(item)
    if item.body.ids != IDS:
        found.append(Problem("not-true-false", f"Câu {item.id}: hai phương án phải là «dung» rồi «sai».", item.id))
    return found
