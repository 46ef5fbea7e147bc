"""Files that come or go with a question: one picture and one recording of its stem, each with the words for it."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.documents.media import MOST_SENT, TYPES, Medium, cleaned
from lms.documents.pictures import told_points
from lms.refusals import Refusal

WORDS = {"image": "alt", "audio": "transcript"}


@dataclass(frozen=True, slots=True)
class Attached:
    key: str
    """image or audio."""
    medium: Medium = field(repr=False)
    words: str = ""

    @property
    def name(self) -> str:
        return self.medium.name

    @property
    def media_type(self) -> str:
        return TYPES[self.medium.ending]

    def plain(self) -> dict[str, Any]:
        """As JSON tells it, without the bytes."""
        content = self.medium.content
        digest = hashlib.sha256(content).hexdigest()
        return {"key": self.key, "name": self.name, "words": self.words, "bytes": len(content), "sha256": digest}


@dataclass(slots=True)
class Taking:
    """What the files of one import may cost; whoever goes beyond it leaves the rest behind."""

    points_left: int = 60_000_000

    def take(self, key: str, content: bytes, words: str) -> Attached:
        """Cleaned; a `Refusal` says why it cannot be kept."""
        self.points_left -= told_points(content)
        if self.points_left < 0:
            raise Refusal("Tệp nhập có quá nhiều ảnh lớn.", "media-too-many")
        return Attached(key, cleaned(content, as_sound=key == "audio"), " ".join(words.split()))


def unfolded(told: str) -> bytes:
    """What base64 holds; a `Refusal` where it is none, or far too long."""
    if len(told) > MOST_SENT * 2:
        raise Refusal("Tệp lớn quá.", "media-too-big")
    try:
        return base64.b64decode("".join(told.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refusal("Tệp không đúng dạng base64.", "media-broken") from None


def folded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def keys_of(files: tuple[Attached, ...]) -> dict[str, str]:
    """What an entry says of them."""
    said: dict[str, str] = {}
    for one in files:
        said |= {one.key: one.name} | ({WORDS[one.key]: one.words} if one.words else {})
    return said


def of_entry(entry: Mapping[str, Any], contents: Mapping[str, bytes], taking: Taking) -> tuple[Attached, ...]:
    """The files an entry names, as far as they are there and are what they say."""
    found = []
    for key, words in WORDS.items():
        content = contents.get(str(entry.get(key) or ""))
        if content is not None:
            try:
                found.append(taking.take(key, content, str(entry.get(words) or "")))
            except Refusal:
                continue
    return tuple(found)
