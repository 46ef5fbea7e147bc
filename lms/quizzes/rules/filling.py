"""What every type answered part by part shares: the names of its inputs, reading them, and showing an answer again."""

from collections.abc import Sequence
from typing import Any

from lms.quizzes.rules.choosing import field_name
from lms.quizzes.rules.shapes import Answer, Form, Part, Problem
from lms.quizzes.rules.texts import tidy

LONGEST = 200
"""Characters of a typed answer."""
GLUE = "/"
"""Between a part and one of its options in the order an attempt keeps; no id holds it."""
CHOOSING = ("select", "radio")


def part_field(item_id: str, number: int) -> str:
    """Ids hold no colon, so no part is taken for another question."""
    return f"{field_name(item_id)}:{number}"


def read_parts(item_id: str, parts: Sequence[Part], form: Form) -> Answer | Problem:
    """What was put into each part; empty ones are left out, so that half an answer can be kept and gone on with."""
    filled: dict[str, str] = {}
    for part in parts:
        sent = tidy((form.get(part.field) or [""])[0][: 4 * LONGEST])
        if not sent:
            continue
        if len(sent) > LONGEST:
            return Problem("too-long", f"Câu trả lời dài quá {LONGEST} chữ cái. Viết ngắn lại.", item_id)
        if part.kind in CHOOSING:
            chosen = _at(part, sent)
            if chosen is None:
                return Problem(
                    "unknown-option", "Ý vừa gửi không có trong câu hỏi này. Tải lại trang rồi chọn lại.", item_id
                )
            sent = chosen
        filled[part.id] = sent
    if not filled:
        return Problem("nothing-chosen", "Chưa trả lời. Trả lời rồi bấm lưu lần nữa.", item_id)
    return filled_in(filled)


def filled_in(filled: dict[str, str]) -> Answer:
    return Answer(filled=tuple(sorted(filled.items())))


def shown_again(parts: Sequence[Part], answer: Answer) -> dict[str, str]:
    """Input name → what a page puts into it, the reverse of `read_parts`."""
    said = answer.by_part
    return {part.field: _sent(part, said[part.id]) for part in parts if part.id in said}


def mixed(order: Sequence[str], part: str) -> list[str]:
    """The option ids of one part, in the order an attempt keeps for all of them."""
    return [one.removeprefix(part + GLUE) for one in order if one.startswith(part + GLUE)]


def to_json(answer: Answer) -> dict[str, Any]:
    return {"filled": dict(answer.filled)}


def from_json(raw: object) -> Answer:
    filled = raw["filled"] if isinstance(raw, dict) and set(raw) == {"filled"} else None
    if not isinstance(filled, dict) or not all(isinstance(one, str) for pair in filled.items() for one in pair):
        raise ValueError(f"not an answer: {raw!r}")
    return filled_in(filled)


def _at(part: Part, sent: str) -> str | None:
    places = {str(n): option for n, (option, _text) in enumerate(part.options, 1)}
    return places.get(sent)


def _sent(part: Part, kept: str) -> str:
    if part.kind not in CHOOSING:
        return kept
    places = {option: str(n) for n, (option, _text) in enumerate(part.options, 1)}
    return places.get(kept, "")
