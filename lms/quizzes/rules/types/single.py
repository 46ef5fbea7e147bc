"""Một lựa chọn: one key among three or four options."""

from fractions import Fraction

from lms.quizzes.rules import choosing
from lms.quizzes.rules.choosing import from_json, shuffled, to_json
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Problem, Raw

__all__ = ["asks_for", "from_json", "grade", "p_guess", "problems", "read", "read_answer", "shuffled", "to_json"]


def read(raw: Raw) -> Choices:
    return choosing.read_choices(raw)


def grade(body: Choices, answer: Answer) -> Mark:
    return choosing.mark_of(body, answer, Fraction(int(answer.chosen == body.keys)))


def p_guess(body: Choices) -> Fraction:
    return Fraction(1, len(body.options))


def asks_for(body: Choices) -> int | None:
    return 1


def read_answer(item_id: str, body: Choices, form: Form) -> Answer | Problem:
    answer = choosing.read_ticks(item_id, body, form)
    if isinstance(answer, Answer) and len(answer.chosen) > 1:
        return Problem("too-many", "Câu này chỉ chọn một ý.", item_id)
    return answer


def problems(item: Item) -> list[Problem]:
    found = choosing.faults(item)
    keys = sum(option.correct for option in item.options)
    if keys != 1:
        found.append(Problem("keys", f"Câu {item.id}: cần đúng một phương án đúng, đang có {keys}.", item.id))
    return found
