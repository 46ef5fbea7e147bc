"""What must hold inside one question; the types without options are checked by their own rules (quizzes.publishing)."""

import re
import unicodedata

from lms.library.books import Books, Item
from lms.library.problems import Findings
from lms.library.questions import CHOICE_TYPES

MAX_STEM_WORDS = 40
"""House rule of the question bank: a stem that takes longer to read tests reading, not the skill."""
ASKS_FOR = re.compile(r"[Cc]họn (?:đúng )?\*{0,2}(\d+|hai|ba|bốn)\b")
WORD_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4}


def check(books: Books, findings: Findings) -> None:
    for item in books.items:
        check_one(item, findings)


def check_one(item: Item, findings: Findings) -> None:
    _check_length(item, findings)
    if item.type in CHOICE_TYPES:
        _check_answer(item, findings)
        _check_options(item, findings)


def _check_length(item: Item, findings: Findings) -> None:
    words = len(item.stem.split())
    if words >= MAX_STEM_WORDS:
        findings.error(item.place, f"câu {item.id}: lời hỏi dài {words} chữ, cần dưới {MAX_STEM_WORDS}")


def _check_answer(item: Item, findings: Findings) -> None:
    right = sum(option.correct for option in item.options)
    if item.type == "single" and right != 1:
        findings.error(item.place, f"câu {item.id}: loại single cần đúng một phương án correct: true, đang có {right}")
    if item.type == "multiple":
        if not 2 <= right < len(item.options):
            findings.error(
                item.place, f"câu {item.id}: loại multiple cần từ 2 ý đúng và ít nhất một ý sai, đang có {right} đúng"
            )
        asked = ASKS_FOR.search(item.stem)
        number = WORD_NUMBERS.get(asked[1]) or int(asked[1]) if asked else 0
        if number != right and not item.asks.get("hide_count"):
            findings.error(item.place, f"câu {item.id}: lời hỏi cần ghi «Chọn {right} ý»")


def _check_options(item: Item, findings: Findings) -> None:
    if item.type != "truefalse" and not 3 <= len(item.options) <= 6:
        findings.error(item.place, f"câu {item.id}: cần 3 đến 6 phương án, thường là 4, đang có {len(item.options)}")
    seen: dict[str, str] = {}
    for at, option in enumerate(item.options):
        place, key = item.place.part(at), folded(option.text)
        if key in seen:
            findings.error(place, f"câu {item.id}: phương án «{option.id}» trùng chữ với «{seen[key]}»")
        seen.setdefault(key, option.id)
        if not option.correct and not option.feedback:
            findings.error(place, f"câu {item.id}: phương án sai «{option.id}» chưa có feedback nói vì sao sai")
        if "**" in option.text or "**" in option.feedback or "<" in option.text:
            findings.warning(place, f"câu {item.id}: phương án «{option.id}» là chữ thường, không dùng ** hay <")


def folded(text: str) -> str:
    """Two options a reader would take for the same."""
    letters = unicodedata.normalize("NFC", text).casefold()
    return " ".join(letters.split()).strip(" .,;!?")
