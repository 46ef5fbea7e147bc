"""One question: read, ask, mark, and what is wrong with it. Each type answers for itself (`types/`)."""

from fractions import Fraction
from typing import Any

from lms.quizzes.rules.choosing import field_name
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Option, Problem, Raw
from lms.quizzes.rules.types.registry import TYPES, ItemType

__all__ = ["Answer", "Choices", "Item", "Mark", "Option", "Problem", "field_name"]

LONGEST_STEM = 40
"""Words; a longer one tests reading, not the skill."""


def read_item(raw: Raw) -> Item:
    """A question from its kept version (`ItemVersion.body`, made by the library)."""
    return Item(
        id=raw["id"],
        type=raw["type"],
        body=TYPES[raw["type"]].read(raw),
        stem=raw["stem"],
        stem_html=raw.get("stem_html", ""),
        version=raw.get("version", ""),
        digest=raw.get("digest", ""),
        skill=raw.get("skill"),
        competency=raw.get("competency"),
        level=raw.get("level", 1),
        critical=bool(raw.get("critical", False)),
        pool=raw.get("pool", "luyen"),
        status=raw.get("status", "nhap"),
        explain=raw.get("explain", ""),
        step=raw.get("step", ""),
        facts=tuple(raw.get("facts", ())),
    )


def grade(item: Item, answer: Answer | None) -> Mark:
    """The exact score of assessment.md §5; no answer scores nothing."""
    return Mark(Fraction(0)) if answer is None else _type(item).grade(item.body, answer)


def p_guess(item: Item) -> Fraction:
    return _type(item).p_guess(item.body)


def asks_for(item: Item) -> int | None:
    """How many options to choose, None where the question hides it."""
    return _type(item).asks_for(item.body)


def read_answer(item: Item, form: Form) -> Answer | Problem:
    """What a browser sent for this question: fields named by `field_name`, values are option ids."""
    return _type(item).read_answer(item.id, item.body, form)


def answer_to_json(item: Item, answer: Answer) -> dict[str, Any]:
    return _type(item).to_json(answer)


def answer_from_json(item: Item, raw: object) -> Answer:
    """The stored answer; a shape this type never writes is a ValueError."""
    return _type(item).from_json(raw)


def problems(item: Item) -> list[Problem]:
    """Everything an author must mend, at once."""
    if item.type not in TYPES:
        return [Problem("type", f"Câu {item.id}: không có loại câu «{item.type}».", item.id)]
    return [*_common_problems(item), *_type(item).problems(item)]


def _common_problems(item: Item) -> list[Problem]:
    found: list[Problem] = []
    words = len(item.stem.split())
    if not words:
        found.append(Problem("no-stem", f"Câu {item.id}: chưa có lời hỏi.", item.id))
    if words >= LONGEST_STEM:
        sentence = f"Câu {item.id}: lời hỏi dài {words} chữ, cần dưới {LONGEST_STEM}."
        found.append(Problem("long-stem", sentence, item.id))
    if item.skill is not None and item.competency is None:
        found.append(Problem("no-competency", f"Câu {item.id}: chưa ghi năng lực.", item.id))
    if item.critical and item.competency is None:
        found.append(Problem("critical", f"Câu {item.id}: câu an toàn phải thuộc một năng lực.", item.id))
    return found


def _type(item: Item) -> ItemType:
    return TYPES[item.type]
