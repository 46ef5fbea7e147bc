"""Điền số, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks, number, said, tolerance


def read(entry: Fields, workshop: Workshop) -> Asks:
    wrong = []
    for row in entry.each("wrong", "số sai hay gặp", required=False):
        wrong.append({"value": number(row, "value"), "feedback": said(row, "feedback", workshop)})
        row.finish()
    return {
        "answer": number(entry, "answer"),
        "tolerance": tolerance(entry, "tolerance"),
        "band": tolerance(entry, "band"),
        "unit": entry.text("unit", required=False),
        "wrong": wrong,
    }
