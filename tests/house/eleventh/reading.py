"""Thang điểm, as authors write it: a throw-away type that shows what adding one takes."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks


def read(entry: Fields, workshop: Workshop) -> Asks:
    return {"highest": entry.number("highest", 2, 9), "answer": entry.number("answer", 1, 9)}
