"""Đúng hay sai, as authors write it: one answer instead of options."""

from lms.library.books import Item, Option
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.problems import Findings
from lms.library.types._shared import Asks, Options, said

TRUE_FALSE = (("dung", "Đúng"), ("sai", "Sai"))


def read(entry: Fields, workshop: Workshop) -> Asks:
    return {}


def read_options(entry: Fields, workshop: Workshop) -> Options:
    answer = entry.choice("answer", [key for key, _ in TRUE_FALSE])
    feedback = entry.mapping("feedback", "feedback")
    words = {key: said(feedback, key, workshop) if feedback else "" for key, _ in TRUE_FALSE}
    if feedback:
        feedback.finish()
    return tuple(Option(key, label, key == answer, words[key]) for key, label in TRUE_FALSE), ()


def check(item: Item, findings: Findings) -> None:
    """Two options that are always the same: nothing to count."""
