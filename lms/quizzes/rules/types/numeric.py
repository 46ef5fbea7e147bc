"""Điền số: right within a tolerance, written the Vietnamese way."""

from collections.abc import Sequence
from fractions import Fraction

from lms.quizzes.rules import filling, guessers, texts
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import ANSWER, TOLERANCE, WRONG, Field
from lms.quizzes.rules.filling import from_json, to_json
from lms.quizzes.rules.shapes import (
    Answer,
    Form,
    Item,
    Mark,
    Numeric,
    Part,
    Problem,
    Raw,
    Reply,
    Tolerance,
    WrongNumber,
)

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 6
WORD = "Điền số"
HINT = "Tính hoặc nhớ một con số."
FORM = (
        ANSWER,
        Field("unit", "Đơn vị", hint="Ví dụ đ, km."),
        TOLERANCE,
        Field("band", "Được nửa điểm khi luyện nếu lệch", "group", inside=TOLERANCE.inside),
        WRONG,
    )  # fmt: skip

WHOLE = ""
"""The only part."""


def read(raw: Raw) -> Numeric:
    wrong = (WrongNumber(Fraction(row["value"]), row["feedback"]) for row in raw.get("wrong") or ())
    return Numeric(
        Fraction(raw["answer"]),
        _tolerance(raw.get("tolerance")) or Tolerance(),
        _tolerance(raw.get("band")),
        raw.get("unit") or "",
        tuple(wrong),
    )


def grade(body: Numeric, answer: Answer) -> Mark:
    value = texts.number(answer.by_part.get(WHOLE, ""))
    if value is None:
        return Mark(Fraction(0))
    if _is_within(body, body.tolerance, value):
        return Mark(Fraction(1))
    return Mark(Fraction(1, 2) if body.band and _is_within(body, body.band, value) else Fraction(0))


def key(body: Numeric) -> Answer:
    return filling.filled_in({WHOLE: texts.written(body.answer)})


def p_guess(body: Numeric) -> Fraction:
    return guessers.TYPED


def asks_for(body: Numeric) -> int | None:
    return None


def shuffled(body: Numeric, dice: Dice) -> tuple[str, ...]:
    return ()


def parts(item_id: str, body: Numeric, order: Sequence[str]) -> tuple[Part, ...]:
    return (Part(WHOLE, filling.part_field(item_id, 1), "text", "", unit=body.unit),)


def read_answer(item_id: str, body: Numeric, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    answer = filling.read_parts(item_id, parts(item_id, body, ()), form)
    return answer if isinstance(answer, Problem) else unreadable(item_id, answer.by_part[WHOLE]) or answer


def unreadable(item_id: str, said: str) -> Problem | None:
    """Told at once, in a recorded test too: how a number is written is not what is asked."""
    if texts.number(said) is None:
        return Problem("no-number", f"«{said}» chưa phải số. Viết như 120.000 hoặc 2,5.", item_id)
    return None


def replies(body: Numeric, answer: Answer) -> tuple[Reply, ...]:
    said = answer.by_part.get(WHOLE, "")
    score, value = grade(body, answer).score, texts.number(said)
    known = next((one.feedback for one in body.wrong if one.value == value), "")
    near = "Gần đúng rồi, tính lại kỹ hơn một chút." if 0 < score < 1 else ""
    return (Reply(WHOLE, words(body, answer), "" if score == 1 else known or near, score == 1),) if said else ()


def words(body: Numeric, answer: Answer) -> str:
    return f"{answer.by_part.get(WHOLE, '')} {body.unit}".strip()


def problems(item: Item) -> list[Problem]:
    body: Numeric = item.body
    found = []
    for what in (body.tolerance, body.band or Tolerance()):
        if what.abs < 0 or what.rel < 0:
            found.append(Problem("tolerance", f"Câu {item.id}: khoảng chấp nhận không được âm.", item.id))
    for one in body.wrong:
        if _is_within(body, body.tolerance, one.value):
            sentence = f"Câu {item.id}: số sai {texts.written(one.value)} lại nằm trong khoảng đúng."
            found.append(Problem("wrong-is-right", sentence, item.id))
    return found


def _tolerance(raw: Raw | None) -> Tolerance | None:
    return None if raw is None else Tolerance(Fraction(raw.get("abs") or 0), Fraction(raw.get("rel") or 0))


def _is_within(body: Numeric, tolerance: Tolerance, value: Fraction) -> bool:
    return abs(value - body.answer) <= max(tolerance.abs, tolerance.rel * abs(body.answer))
