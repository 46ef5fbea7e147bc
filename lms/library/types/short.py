"""Điền chữ, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks

ACCENTS = ("lenient", "strict")


def read(entry: Fields, workshop: Workshop) -> Asks:
    return {
        "accept": list(entry.texts("accept")),
        "near": list(entry.texts("near", required=False)),
        "reject": list(entry.texts("reject", required=False)),
        "accents": entry.choice("accents", ACCENTS, default="lenient"),
        "typo": int(entry.choice("typo", ("0", "1"), default="0")),
    }
