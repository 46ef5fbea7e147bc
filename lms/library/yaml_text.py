"""YAML in which every scalar is text and every value knows its line.

The usual loaders read `no` as false, `010` as 8 and drop the first of two equal keys without a word. Here a
scalar stays as typed, equal keys are problems, and what an author never needs (anchors, aliases, tags, several
documents) is refused; that also takes away the ways a hostile file grows in memory.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lms.library.problems import Findings, Place

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same events ten times sooner where libyaml is built in, as it is in the wheels."""
MAX_BYTES = 1_000_000
MAX_DEPTH = 12


@dataclass(frozen=True)
class Text:
    value: str
    place: Place


@dataclass(frozen=True)
class Many:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True)
class Keyed:
    entries: dict[str, "Node"]
    places: dict[str, Place]
    """Where each key stands."""
    place: Place


Node = Text | Many | Keyed


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of a file: UTF-8, NFC, of a sane size; None after a problem that hides the rest."""
    raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    if raw is None:
        findings.error(Place(path), f"tệp lớn hơn {MAX_BYTES} byte, cần tách nhỏ")
        return None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        findings.error(Place(path, line), "không phải UTF-8, hãy lưu lại tệp dưới dạng UTF-8")
        return None
    for number, line_text in enumerate(text.split("\n"), 1):
        check_characters(line_text, Place(path, number), findings)
    return unicodedata.normalize("NFC", text)


def check_characters(line: str, place: Place, findings: Findings) -> None:
    """NFC; nothing unseen (controls, zero-width, text direction) except the joiner inside emoji."""
    if not unicodedata.is_normalized("NFC", line):
        findings.error(place, "chữ chưa ở dạng dựng sẵn (NFC), hãy gõ lại hoặc chuyển mã cả tệp")
    for character in line:
        if character not in "\t\u200d" and unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs"):
            findings.error(place, f"ký tự không dùng được U+{ord(character):04X}")
            return


def parse(text: str, path: Path, findings: Findings, first_line: int = 1) -> Node | None:
    """The one document in `text`, or None after a problem. `first_line`: where the text starts in its file."""
    builder = _Builder(path, findings, first_line)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line if problem.problem_mark else 0
        findings.error(Place(path, line + first_line), f"YAML không đọc được: {problem.problem or problem.context}")
        return None
    except yaml.reader.ReaderError as problem:
        line = text[: problem.position].count("\n")
        findings.error(Place(path, line + first_line), "YAML có ký tự không dùng được")
        return None
    if builder.root is None:
        findings.error(Place(path, first_line), "tệp trống, cần nội dung YAML")
    return builder.root


def parse_file(path: Path, findings: Findings) -> Node | None:
    text = read_text(path, findings)
    return None if text is None else parse(text, path, findings)


def plain(node: Node) -> Any:
    """The same as dicts, tuples and strings, without places."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Many):
        return tuple(plain(item) for item in node.items)
    return {key: plain(value) for key, value in node.entries.items()}


class _Open:
    """A list or mapping whose end has not come yet."""

    def __init__(self, place: Place, keyed: bool) -> None:
        self.place = place
        self.keyed = keyed
        self.items: list[Node] = []
        self.entries: dict[str, Node] = {}
        self.places: dict[str, Place] = {}
        self.key: Text | None = None


class _Builder:
    def __init__(self, path: Path, findings: Findings, first_line: int) -> None:
        self.path = path
        self.findings = findings
        self.first_line = first_line
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when nothing after it can be trusted."""
        place = Place(self.path, event.start_mark.line + self.first_line)
        refusal = self._refusal(event)
        if refusal:
            self.findings.error(place, refusal)
            return False
        if isinstance(event, yaml.ScalarEvent):
            self._place_node(Text(event.value, place))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self.stack.append(_Open(place, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            done = self.stack.pop()
            self._place_node(
                Keyed(done.entries, done.places, done.place) if done.keyed else Many(tuple(done.items), done.place)
            )
        return True

    def _refusal(self, event: yaml.Event) -> str | None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return "không dùng neo & và bí danh * của YAML, hãy viết đủ ra"
        if getattr(event, "tag", None):
            return "không dùng nhãn kiểu ! của YAML, mọi giá trị là chữ"
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            return "mỗi tệp chỉ có một tài liệu YAML" if self.documents > 1 else None
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                return f"lồng quá {MAX_DEPTH} tầng"
            if self.stack and self.stack[-1].keyed and self.stack[-1].key is None:
                return "khoá phải là một dòng chữ, không phải danh sách"
        return None

    def _place_node(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if not parent.keyed:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node if isinstance(node, Text) else Text("", node.place)  # lists as keys were refused before
        else:
            key, parent.key = parent.key, None
            if key.value in parent.entries:
                first = parent.places[key.value].line
                self.findings.error(key.place, f"khoá «{key.value}» đã có ở dòng {first}, mỗi khoá chỉ ghi một lần")
            else:
                parent.entries[key.value] = node
                parent.places[key.value] = key.place
