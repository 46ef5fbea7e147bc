"""One door to all formats: a file of a stranger becomes questions, or one clear sentence why not."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lms.documents.delimited import decode
from lms.documents.limits import MAX_BYTES
from lms.documents.tables import read_tables
from lms.exchange.formats import aiken, gift, moodle_xml, table
from lms.exchange.formats.found import Found, Trouble
from lms.exchange.formats.html import as_markdown
from lms.refusals import Refusal

FORMATS: dict[str, Callable[[str, bytes], list[Found]]] = {
    "aiken": lambda name, content: aiken.read(_text(content)),
    "csv": lambda name, content: table.read(read_tables(f"{Path(name).stem}.csv", content)),
    "gift": lambda name, content: gift.read(_text(content)),
    "moodle-xml": lambda name, content: moodle_xml.read(content),
    "xlsx": lambda name, content: table.read(read_tables(f"{Path(name).stem}.xlsx", content)),
}
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_MOST_TEXT = 2 * 1024 * 1024


def read_questions(name: str, content: bytes, kind: str) -> list[Found]:
    if len(content) > MAX_BYTES:
        raise Refusal("Tệp lớn hơn 10 MB. Hãy chia thành nhiều tệp nhỏ hơn.", "file-too-big")
    if not content.strip():
        raise Refusal("Tệp này trống.", "file-empty")
    return [_without_markup(found) for found in FORMATS[kind](name, content)]


def _without_markup(found: Found) -> Found:
    """HTML typed into a plain format is cleaned like any other, and what went is told."""
    lost: list[str] = []

    def clean(text: str) -> str:
        if not _MARKUP.search(text):
            return text
        said, gone = as_markdown(text)
        lost.extend(gone)
        return said

    answers = tuple(
        replace(one, text=clean(one.text), match=clean(one.match), feedback=clean(one.feedback))
        for one in found.answers
    )
    cleaned = replace(found, stem=clean(found.stem), explain=clean(found.explain), answers=answers)
    told = [Trouble(found.line, what, "note") for what in dict.fromkeys(lost)]
    return replace(cleaned, problems=(*found.problems, *told))


def _text(content: bytes) -> str:
    if len(content) > _MOST_TEXT:
        raise Refusal("Tệp chữ lớn hơn 2 MB. Hãy chia thành nhiều tệp nhỏ hơn.", "file-too-big")
    text = decode(content)
    if "\x00" in text:
        raise Refusal("Tệp không phải văn bản.", "file-renamed")
    return text
