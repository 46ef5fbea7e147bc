"""A printed form: which questions paper can carry, and reading what was marked on its answer sheet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lms.quizzes.rules.shapes import Answer, Choices, Item, Problem

LETTERS = "ABCDEFGH"
VARIANTS = ("A", "B")
EMPTY = frozenset({"", "-"})
"""Nothing marked; a dash is for who wants to say that it was looked at."""
KEYED_WITHIN = timedelta(days=14)
"""After the window closed."""


def fits_paper(item: Item) -> bool:
    """Answered by choosing among lettered options, with nothing to hear or look at."""
    return (
        isinstance(item.body, Choices)
        and len(item.options) <= len(LETTERS)
        and not (item.media.image or item.media.audio)
    )


def takes_one(item: Item) -> bool:
    """Whether a mark is one letter."""
    return item.type != "multiple"


def read_mark(text: str, item: Item, order: Sequence[str], number: int) -> Answer | Problem | None:
    """What stands in one cell of the grid: letters by their place on the sheet; None where nothing was marked.

    Two marks where one is asked for are a slip of the keyer or of the pupil: the keyer looks and says which.
    """
    said = "".join(text.upper().split()).replace(",", "").replace(".", "")
    if said in EMPTY:
        return None
    offered = LETTERS[: len(order)]
    if any(letter not in offered for letter in said):
        return Problem("letter", f"Câu {number}: chỉ có các chữ {offered[0]} đến {offered[-1]}.")
    if len(set(said)) < len(said):
        return Problem("twice", f"Câu {number}: có chữ ghi hai lần.")
    if takes_one(item) and len(said) > 1:
        return Problem("one", f"Câu {number}: chỉ một chữ. Đánh hai ý thì ghi dấu gạch ngang.")
    return Answer(frozenset(order[LETTERS.index(letter)] for letter in said))


def may_key(opens_at: datetime, closes_at: datetime, now: datetime) -> Problem | None:
    if now < opens_at:
        return Problem("not-yet", "Chưa đến giờ thi.")
    if now >= closes_at + KEYED_WITHIN:
        days = KEYED_WITHIN // timedelta(days=1)
        return Problem("too-late", f"Bài trên giấy nhập trong {days} ngày sau buổi thi. Buổi này đã quá hạn.")
    return None
