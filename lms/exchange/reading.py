"""One door to all formats: a file of a stranger becomes questions, or one clear sentence why not."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lms.documents.delimited import decode
from lms.documents.limits import MAX_BYTES
from lms.documents.tables import read_tables
from lms.exchange.formats import aiken, docx, gift, moodle_xml, qti, table
from lms.exchange.formats.found import Found, Trouble
from lms.exchange.formats.html import as_markdown
from lms.refusals import Refusal

FORMATS: dict[str, Callable[[str, bytes], list[Found]]] = {
    "aiken": lambda name, content: aiken.read(_text(content)),
    "csv": lambda name, content: table.read(read_tables(f"{Path(name).stem}.csv", content)),
    "docx": lambda name, content: docx.read(content),
    "gift": lambda name, content: gift.read(_text(content)),
    "moodle-xml": lambda name, content: moodle_xml.read(content),
    "qti": lambda name, content: qti.read(content),
    "xlsx": lambda name, content: table.read(read_tables(f"{Path(name).stem}.xlsx", content)),
}
_WORDS = {
    "file-broken": "Tệp hỏng nên không mở được. Hãy lưu hoặc xuất lại rồi gửi.",
    "file-bomb": "Tệp bung ra quá lớn hoặc có quá nhiều phần nên không được nhận. Hãy chia thành nhiều tệp nhỏ hơn.",
    "file-hostile": "Tệp chứa đường dẫn lạ hoặc khai báo XML nguy hiểm nên không được nhận. Hãy xuất lại rồi gửi.",
    "file-nested": "Trong tệp có tệp nén hoặc chương trình khác nên không được nhận. Hãy chỉ giữ câu hỏi và ảnh.",
    "table-too-big": "Tệp có quá nhiều chữ. Hãy chia thành nhiều tệp nhỏ hơn.",
}
"""The readers of zips and XML speak of lists of people; of a question file the same is said so."""
_ENDINGS = {".csv": "csv", ".docx": "docx", ".gift": "gift", ".tsv": "csv", ".xlsx": "xlsx", ".zip": "qti"}
_NO_LISTS = ("docx", "moodle-xml", "qti")
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_MOST_TEXT = 2 * 1024 * 1024


def format_of(name: str, content: bytes) -> str:
    """The format of a file by its name, and where the ending is shared by its first words."""
    ending = Path(name.lower()).suffix
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    start = content[:4096].decode("utf-8", errors="replace")
    if ending == ".xml":
        return "moodle-xml" if "<quiz" in start else "qti"
    if ending == ".txt":
        return (
            "aiken" if re.search(r"(?m)^\s*ANSWER:\s*[A-Z]\s*$", content[:65536].decode("utf-8", "replace")) else "gift"
        )
    raise Refusal("Không nhận ra tệp này. Nhận Moodle XML, GIFT, QTI, Word, Excel, CSV và Aiken.", "file-unknown-kind")


def read_questions(name: str, content: bytes, kind: str) -> list[Found]:
    if len(content) > MAX_BYTES:
        raise Refusal("Tệp lớn hơn 10 MB. Hãy chia thành nhiều tệp nhỏ hơn.", "file-too-big")
    if not content.strip():
        raise Refusal("Tệp này trống.", "file-empty")
    try:
        return [_without_markup(found) for found in FORMATS[kind](name, content)]
    except Refusal as refusal:
        raise _in_our_words(refusal, kind) from None


def _in_our_words(refusal: Refusal, kind: str) -> Refusal:
    if kind not in _NO_LISTS or "XML hỏng ở dòng" in refusal.sentence:
        return refusal
    return Refusal(_WORDS.get(refusal.code, refusal.sentence), refusal.code)


def _without_markup(found: Found) -> Found:
    """HTML typed into a plain format is cleaned like any other, and what went is told."""
    lost: list[str] = []

    def clean(text: str) -> str:
        if not _MARKUP.search(text):
            return text
        said, gone = as_markdown(text)
        lost.extend(gone or ["Thẻ HTML trong chữ được đổi hoặc bỏ."])
        return said

    answers = tuple(
        replace(one, text=clean(one.text), match=clean(one.match), feedback=clean(one.feedback))
        for one in found.answers
    )
    cleaned = replace(found, stem=clean(found.stem), explain=clean(found.explain), answers=answers)
    for said in _texts(found.entry):
        clean(said)
    if lost and found.entry is not None:
        cleaned = replace(cleaned, entry=None)  # a question of ours that somebody put markup into is a stranger's
    told = [Trouble(found.line, what, "note") for what in dict.fromkeys(lost)]
    return replace(cleaned, problems=(*found.problems, *told))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _text(content: bytes) -> str:
    if len(content) > _MOST_TEXT:
        raise Refusal("Tệp chữ lớn hơn 2 MB. Hãy chia thành nhiều tệp nhỏ hơn.", "file-too-big")
    text = decode(content)
    if "\x00" in text:
        raise Refusal("Tệp không phải văn bản.", "file-renamed")
    return text
