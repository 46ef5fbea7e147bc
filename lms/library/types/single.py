"""Một ý, as authors write it."""

from lms.library.books import Item
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.problems import Findings
from lms.library.types._shared import Asks, check_count, read_options

__all__ = ["check", "read", "read_options"]


def read(entry: Fields, workshop: Workshop) -> Asks:
    return {}


def check(item: Item, findings: Findings) -> None:
    check_count(item, findings)
    right = sum(option.correct for option in item.options)
    if right != 1:
        findings.error(item.place, f"câu {item.id}: loại single cần đúng một phương án correct: true, đang có {right}")
