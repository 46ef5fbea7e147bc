"""A printed form: which questions paper can carry, its answer sheet, and reading what was put on it.

Nothing here knows a type by name: what a page would ask (options to tick, parts to fill in) is what paper asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.quizzes.rules.behaviours import Question, asked
from lms.quizzes.rules.filling import CHOOSING
from lms.quizzes.rules.items import practice_order, read_answer
from lms.quizzes.rules.shapes import Answer, Item, Part, Problem

LETTERS = "ABCDEFGHIJ"
VARIANTS = ("A", "B")
EMPTY = frozenset({"", "-"})
"""Nothing marked; a dash is for who wants to say that it was looked at."""
BETWEEN = ";"
"""Stands between written words of one question; a comma may belong to a number."""
LONGEST_CELL = 500
KEYED_WITHIN = timedelta(days=14)
"""After the window closed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answer sheet: boxes to mark, or room to write."""

    name: str
    """The number of the question; with a point and the number of the part where it has several."""
    boxes: int
    """0: one writes."""
    unit: str = ""


def fits_paper(item: Item) -> bool:
    """A picture is printed; what must be heard stays with the screen."""
    question = _as_printed(item)
    offered = (len(question.options), len(question.parts), *(len(part.options) for part in question.parts))
    return not item.media.audio and max(offered) <= len(LETTERS) - any(map(_is_place, question.parts))


def takes_one(item: Item) -> bool:
    """Whether a mark is one letter."""
    question = _as_printed(item)
    return not question.parts and question.choose == 1


def is_written(item: Item) -> bool:
    """Whether words or a number are put on the sheet, so that its cell must be wide."""
    return any(_is_text(part) for part in _as_printed(item).parts)


def sheet(question: Question, number: int) -> tuple[Row, ...]:
    """Its lines on the answer sheet."""
    if not question.parts:
        return (Row(str(number), len(question.options)),)
    if len(question.parts) == 1:
        return (Row(str(number), len(question.parts[0].options), question.parts[0].unit),)
    return tuple(
        Row(f"{number}.{n}", len(part.options), "" if _is_place(part) else part.unit)
        for n, part in enumerate(question.parts, 1)
    )


def how_to_key(question: Question) -> str:
    """What whoever keys it in types for one question; empty where it is one letter."""
    parts, last = question.parts, len(question.parts)
    if not parts:
        return "" if question.choose == 1 else "gõ liền các chữ đã đánh dấu, ví dụ AC"
    if last == 1 and _is_text(parts[0]):
        return "gõ đúng như đã viết trên phiếu"
    if any(map(_is_text, parts)):
        return f"gõ {last} chỗ theo thứ tự, cách nhau bằng dấu chấm phẩy; chỗ trống gõ dấu gạch ngang"
    signs = "số" if any(map(_is_place, parts)) else "chữ"
    return f"gõ liền {last} {signs} từ dòng 1 đến dòng {last}; dòng trống gõ dấu gạch ngang"


def read_mark(text: str, item: Item, order: Sequence[str], number: int) -> Answer | Problem | None:
    """What stands in one cell of the grid: letters by their place on the sheet; None where nothing was marked.

    Two marks where one is asked for are a slip of the keyer or of the pupil: the keyer looks and says which.
    """
    question = asked(item, order)
    said = text.strip()
    if not question.parts:
        return _ticked(said, item, question, number)
    form = _put_in(said, question.parts, number)
    if isinstance(form, Problem):
        return form
    if not form:
        return None
    found = read_answer(item, form, order)
    return Problem(found.code, f"Câu {number}: {found.sentence}") if isinstance(found, Problem) else found


def may_key(opens_at: datetime, closes_at: datetime, now: datetime) -> Problem | None:
    if now < opens_at:
        return Problem("not-yet", "Chưa đến giờ thi.")
    if now >= closes_at + KEYED_WITHIN:
        days = KEYED_WITHIN // timedelta(days=1)
        return Problem("too-late", f"Bài trên giấy nhập trong {days} ngày sau buổi thi. Buổi này đã quá hạn.")
    return None


def _ticked(text: str, item: Item, question: Question, number: int) -> Answer | Problem | None:
    said = "".join(text.upper().split()).replace(",", "").replace(".", "")
    if said in EMPTY:
        return None
    offered = LETTERS[: len(question.options)]
    if any(letter not in offered for letter in said):
        return Problem("letter", f"Câu {number}: chỉ có các chữ {offered[0]} đến {offered[-1]}.")
    if len(set(said)) < len(said):
        return Problem("twice", f"Câu {number}: có chữ ghi hai lần.")
    if takes_one(item) and len(said) > 1:
        return Problem("one", f"Câu {number}: chỉ một chữ. Đánh hai ý thì ghi dấu gạch ngang.")
    return Answer(frozenset(question.options[LETTERS.index(letter)][0] for letter in said))


def _put_in(said: str, parts: Sequence[Part], number: int) -> dict[str, list[str]] | Problem:
    """As a browser would send it; parts left empty are left out."""
    pieces = _pieces(said, parts)
    if all(piece in EMPTY for piece in pieces):
        return {}
    if len(pieces) != len(parts):
        return Problem("parts", f"Câu {number}: cần đủ {len(parts)} chỗ. Chỗ để trống gõ dấu gạch ngang.")
    form = {}
    for part, piece in zip(parts, pieces, strict=True):
        if piece in EMPTY:
            continue
        if part.kind in CHOOSING:
            offered = LETTERS[: len(part.options)]
            place = offered.find(piece.upper()) + 1 if len(piece) == 1 else 0
            if not place:
                return Problem("letter", f"Câu {number}: chỉ có các chữ {offered[0]} đến {offered[-1]}.")
            piece = str(place)
        form[part.field] = [piece]
    return form


def _pieces(said: str, parts: Sequence[Part]) -> list[str]:
    if len(parts) == 1:
        return [said]
    if any(map(_is_text, parts)):
        return [piece.strip() for piece in said.split(BETWEEN)]
    return [sign for sign in said if not sign.isspace() and sign not in ",.;"]


def _is_text(part: Part) -> bool:
    return part.kind == "text"


def _is_place(part: Part) -> bool:
    """A number from 1 on, which must stay one sign."""
    return part.kind == "number"


def _as_printed(item: Item) -> Question:
    return asked(item, practice_order(item))
