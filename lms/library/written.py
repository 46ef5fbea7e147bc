"""One question read out of plain values instead of a file: the same reader, the same checks, each fault at its field.

A field is named by its way from the top: `stem`, `options/0/text`, `nodes/n1/choices/2/to`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.library.books import Fact, Item
from lms.library.checks.questions import check_one
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.problems import ERROR, Findings, Place
from lms.library.questions import read_one
from lms.library.yaml_text import MAX_DEPTH, Keyed, Many, Node, Text, check_characters

LINES_APART = 100_000
"""Every value gets lines of its own, so that the line of a problem leads back to its field."""
_MISSING = re.compile(r"thiếu «([\w-]+)»")
_STRANGE = re.compile(r"khoá lạ «([\w-]+)»")
_WORDS = (("correct: true", "được đánh dấu đúng"), ("target: true", "được đánh dấu"), ("có feedback nói", "có lời nhắn nói"),
          ("loại single", "câu một ý"), ("loại multiple", "câu nhiều ý"))  # fmt: skip
"""What the books' author calls by its key, a page calls by its label."""
_OWN_NAME = re.compile(r"^(?:[a-z_]+|câu [\w.-]+): ")


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    """Empty: the question as a whole."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Written:
    item: Item
    """As well as it could be read; only to be used where there are no faults."""
    faults: tuple[Fault, ...]


def read_written(
    item_id: str, body: Mapping[str, Any], facts: Mapping[str, Fact], files: Mapping[str, str] | None = None
) -> Written:
    """`body` has the keys of one entry of questions.yaml but `id`; its status is the bank's.

    `files`: name of each picture or recording it may use → its address.
    """
    findings = Findings()
    desk = _Desk(Path("trình-duyệt") / item_id / "câu", findings)
    entry = Fields(desk.node({"status": "nhap", **body, "id": item_id}, ""), findings, desk.place(""), "câu hỏi")
    workshop = Workshop(
        findings,
        facts,
        picture=lambda name, place: findings.error(place, "ảnh chỉ đặt ở ô ảnh, không đặt giữa lời"),
        kept=files or {},
    )
    item = read_one(entry, workshop)
    check_one(item, findings)
    if not body.get("competency"):  # an id of a file tells its skill and so asks for it; one made here does not
        findings.error(desk.place("competency"), "chưa điền")
    problems = [one for one in findings.in_order() if one.level == ERROR]
    return Written(item, tuple(dict.fromkeys(desk.fault(one.line, one.text) for one in problems)))


class _Desk:
    """Plain values laid out as the nodes of a file, remembering which line is which field."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self._path = path
        self._findings = findings
        self._numbers: dict[str, int] = {}

    def place(self, field: str) -> Place:
        return Place(self._path, LINES_APART * self._numbers.setdefault(field, len(self._numbers) + 1))

    def node(self, value: Any, field: str) -> Node:
        place = self.place(field)
        if field.count("/") >= MAX_DEPTH:
            self._findings.error(place, f"lồng quá {MAX_DEPTH} tầng")
            return Text("", place)
        if isinstance(value, Mapping):
            nodes = {str(key): self.node(one, _under(field, str(key))) for key, one in value.items()}
            return Keyed(nodes, {key: one.place for key, one in nodes.items()}, place)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return Many(tuple(self.node(one, _under(field, str(n))) for n, one in enumerate(value)), place)
        return self._text(value, place)

    def fault(self, line: int, text: str) -> Fault:
        field = list(self._numbers)[min(line // LINES_APART, len(self._numbers)) - 1]
        missing = _MISSING.search(text)
        if missing:
            return Fault(_under(field, missing[1]), "Chưa điền.")
        strange = _STRANGE.search(text)
        if strange:
            return Fault(field, "Ô này không dùng cho loại đang chọn, hãy để trống.")
        said = _OWN_NAME.sub("", text).rstrip(".")
        if "chưa có feedback" in said:
            field = _under(field, "feedback")
        for in_files, on_pages in _WORDS:
            said = said.replace(in_files, on_pages)
        return Fault(field, f"{said[:1].upper()}{said[1:]}.")

    def _text(self, value: Any, place: Place) -> Text:
        if value is None:
            return Text("", place)
        text = str(value).lower() if isinstance(value, bool) else unicodedata.normalize("NFC", str(value))
        for line in text.split("\n"):
            check_characters(line, place, self._findings)
        return Text(text, place)


def _under(field: str, key: str) -> str:
    return f"{field}/{key}" if field else key
