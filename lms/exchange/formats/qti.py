"""QTI 2.x and 3.0: a package (.zip with imsmanifest.xml) or one item. Nothing in it is run, followed or written to disk."""

import hashlib
import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from lms.documents.archive import Archive
from lms.documents.markup import Element, read_tree
from lms.documents.media import MOST_SENT
from lms.exchange.formats.attached import WORDS, Taking, of_entry
from lms.exchange.formats.entries import found_of
from lms.exchange.formats.found import LONGEST_TEXT, MOST_ANSWERS, Found, Trouble, checked
from lms.exchange.formats.qti_items import read_item
from lms.exchange.formats.qti_text import below, kind_of, told
from lms.refusals import Refusal

MANIFEST = "imsmanifest.xml"
OURS = "nam-canh/questions.json"
OUR_FILES = "media/"
OUR_FORMAT = "nam-canh-questions/1"
_MOST_BYTES = 8 * 1024 * 1024
_MOST_BYTES_OF_FILES = 24 * 1024 * 1024
_MOST_MARKS = 200_000
"""«<» in all files read: every element costs time."""
_MOST_IN_A_FILE = 20_000
_PASSABLE = ("file-broken",)


def read(content: bytes) -> list[Found]:
    if content.startswith(b"PK"):
        return checked(list(_package(content)))
    _Budget().spend(content)
    root = read_tree(content, in_order=True)
    if kind_of(root) != "assessment-item":
        raise Refusal("Tệp XML này không phải câu hỏi QTI (cần thẻ qti-assessment-item).", "file-renamed")
    return checked([read_item(root, "", lambda _: None, Taking())])


@dataclass(slots=True)
class _Budget:
    """What a whole package may cost."""

    bytes_left: int = _MOST_BYTES
    marks_left: int = _MOST_MARKS

    def spend(self, content: bytes) -> None:
        self.bytes_left -= len(content)
        marks = content.count(b"<")
        self.marks_left -= marks
        if self.bytes_left < 0 or self.marks_left < 0 or marks > _MOST_IN_A_FILE:
            raise _too_long()


@dataclass(slots=True)
class _Package:
    archive: Archive
    budget: _Budget = field(default_factory=_Budget)
    taking: Taking = field(default_factory=Taking)
    files_left: int = _MOST_BYTES_OF_FILES

    def file(self, name: str) -> bytes | None:
        """A picture or recording; None where there is none, or the files so far are as large as a package may be."""
        if name not in self.archive or self.files_left <= 0:
            return None
        kept = bytearray()
        for piece in self.archive.pieces(name):
            kept += piece
            if len(kept) > MOST_SENT:
                break
        self.files_left -= len(kept)
        return bytes(kept)

    def content(self, name: str) -> bytes:
        whole = b"".join(self._within(name))
        self.budget.spend(whole)
        return whole

    def _within(self, name: str) -> Iterator[bytes]:
        size = 0
        for piece in self.archive.pieces(name):
            size += len(piece)
            if size > self.budget.bytes_left:
                raise _too_long()
            yield piece


def _package(content: bytes) -> Iterator[Found]:
    package = _Package(Archive(content))
    if MANIFEST not in package.archive:
        raise Refusal(f"Trong gói không có tệp {MANIFEST} nên đây không phải gói QTI.", "file-renamed")
    ours = _ours(package)
    seen = set()
    files = _item_files(read_tree(package.content(MANIFEST)))
    if not files and not ours:
        raise Refusal("Trong gói không có câu hỏi nào.", "file-empty")
    for file in files:
        seen.add(file)
        yield _item(package, file, ours)
    yield from (_by_our_file(package, entry, name, file) for file, (_, entry, name) in ours.items() if file not in seen)


def _item_files(manifest: Element) -> list[str]:
    resources = list(below(manifest, "resource"))
    kinds = [one.attributes.get("type", "").lower() for one in resources]
    files = [
        posixpath.normpath(told(one, "href"))
        for one, kind in zip(resources, kinds, strict=True)
        if "qti" in kind and "item" in kind and told(one, "href")
    ]
    if not files and any("imsqti_xmlv1" in kind for kind in kinds):
        raise Refusal("Gói này là QTI 1.2, chưa đọc được. Hãy xuất lại theo QTI 2.1 hoặc 3.0.", "file-old-kind")
    return [*dict.fromkeys(files)]


def _item(package: _Package, file: str, ours: "_Ours") -> Found:
    if file not in package.archive:
        return _broken(file, f"Gói kể tên tệp «{file[:100]}» nhưng không có tệp ấy.")
    content = package.content(file)
    digest, entry, name = ours.get(file, ("", None, ""))
    if entry is not None and digest == hashlib.sha256(content).hexdigest():
        return _by_our_file(package, entry, name, file)
    try:
        root = read_tree(content, in_order=True)
    except Refusal as refusal:
        if refusal.code not in _PASSABLE:
            raise
        return _broken(file, refusal.sentence)
    if kind_of(root) != "assessment-item":
        return _broken(file, f"Tệp «{file[:100]}» không phải câu hỏi QTI.")
    folder = posixpath.dirname(file)
    return read_item(root, file, lambda href: package.file(_within(folder, href)), package.taking)


_Ours = dict[str, tuple[str, Mapping[str, Any], str]]
"""File of an item → (digest of the file it speaks of, the question as our own files have it, its name)."""


def _ours(package: _Package) -> _Ours:
    """What this house itself wrote beside the items; anything else by that name is passed over."""
    if OURS not in package.archive:
        return {}
    try:
        told_us = json.loads(package.content(OURS))
        if told_us["format"] != OUR_FORMAT:
            return {}
        return {
            str(one["file"]): (str(one["sha256"]), _plain(one["entry"]), str(one.get("name") or ""))
            for one in told_us["items"]
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _within(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("?")[0])))


def _by_our_file(package: _Package, entry: Mapping[str, Any], name: str, file: str) -> Found:
    try:
        found = found_of(entry, name)
        return _with_files(package, found, file)
    except (KeyError, TypeError, ValueError, AttributeError):
        return _broken(file, "Phần của Năm Cánh trong gói không còn đúng dạng.")


def _with_files(package: _Package, found: Found, file: str) -> Found:
    """Our own entry with the files it names, as far as they are what it says; the others it names no more."""
    entry = dict(found.entry or {})
    there = {name: package.file(OUR_FILES + name) for name in (str(entry[key]) for key in WORDS if entry.get(key))}
    files = of_entry(entry, {name: content for name, content in there.items() if content is not None}, package.taking)
    gone = [key for key in WORDS if entry.get(key) and entry[key] not in {one.name for one in files}]
    for key in gone:
        what = f"Tệp kèm «{str(entry.pop(key))[:100]}» không có trong gói hoặc không nhận được."
        entry.pop(WORDS[key], None)
        found = replace(found, problems=(*found.problems, Trouble(1, what, "note", file)))
    return replace(found, entry=entry, files=files)


def _plain(value: Any, depth: int = 6) -> Any:
    """Texts, numbers, lists and mappings of a sensible size; a ValueError otherwise."""
    if isinstance(value, dict) and depth and len(value) <= MOST_ANSWERS:
        return {str(name)[:64]: _plain(one, depth - 1) for name, one in value.items()}
    if isinstance(value, list) and depth and len(value) <= MOST_ANSWERS:
        return [_plain(one, depth - 1) for one in value]
    if (
        value is None
        or isinstance(value, bool | int | float)
        or (isinstance(value, str) and len(value) <= LONGEST_TEXT)
    ):
        return value
    raise ValueError("not a plain value")


def _broken(file: str, what: str) -> Found:
    return Found(1, "qti", "", name=file[:100], problems=(Trouble(1, what, "error", file),))


def _too_long() -> Refusal:
    return Refusal("Gói có quá nhiều chữ. Hãy chia thành nhiều gói nhỏ hơn.", "too-much-text")
