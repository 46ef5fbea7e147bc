"""Nhiều ý, as authors write it."""

import re

from lms.library.books import Item
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.problems import Findings
from lms.library.types._shared import Asks, check_count, read_flag, read_options

__all__ = ["check", "read", "read_options"]

ASKS_FOR = re.compile(r"[Cc]họn (?:đúng )?\*{0,2}(\d+|hai|ba|bốn)\b")
WORD_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4}


def read(entry: Fields, workshop: Workshop) -> Asks:
    return read_flag(entry, "hide_count")


def check(item: Item, findings: Findings) -> None:
    check_count(item, findings)
    right = sum(option.correct for option in item.options)
    if not 2 <= right < len(item.options):
        findings.error(
            item.place, f"câu {item.id}: loại multiple cần từ 2 ý đúng và ít nhất một ý sai, đang có {right} đúng"
        )
    asked = ASKS_FOR.search(item.stem)
    number = WORD_NUMBERS.get(asked[1]) or int(asked[1]) if asked else 0
    if number != right and not item.asks.get("hide_count"):
        findings.error(item.place, f"câu {item.id}: lời hỏi cần ghi «Chọn {right} ý»")
