"""What must hold inside one question; the types without options are checked by their own rules (quizzes.publishing)."""

import unicodedata

from lms.library.books import Books, Item
from lms.library.item_types import CHOICE_TYPES, MODULES
from lms.library.problems import Findings

MAX_STEM_WORDS = 40
"""House rule of the question bank: a stem that takes longer to read tests reading, not the skill."""


def check(books: Books, findings: Findings) -> None:
    for item in books.items:
        check_one(item, findings)


def check_one(item: Item, findings: Findings) -> None:
    _check_length(item, findings)
    if item.type in CHOICE_TYPES:
        MODULES[item.type].check(item, findings)
        _check_options(item, findings)


def _check_length(item: Item, findings: Findings) -> None:
    words = len(item.stem.split())
    if words >= MAX_STEM_WORDS:
        findings.error(item.place, f"câu {item.id}: lời hỏi dài {words} chữ, cần dưới {MAX_STEM_WORDS}")


def _check_options(item: Item, findings: Findings) -> None:
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
