"""Which files a question names, and who may see one: what was ever asked in practice everybody, the rest those it was asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

KEYS = ("image", "audio")
WORDS = {"image": "alt", "audio": "transcript"}
"""What must be said in words beside each."""
ENDINGS = {"image": ("jpg", "png", "webp"), "audio": ("m4a", "mp3", "ogg")}
FOLDER = "/hinh/cau-hoi/"
BOOKS = "/hinh/"
"""A copy of a question from files goes on using the file of the book."""
_NAME = re.compile(r"[0-9a-f]{16}\.([a-z0-9]{3,4})")


def is_name(said: object, key: str) -> bool:
    found = _NAME.fullmatch(str(said))
    return found is not None and found[1] in ENDINGS[key]


def named_in(body: Mapping[str, Any]) -> dict[str, str]:
    """key → file of what an author wrote."""
    return {key: str(body[key]) for key in KEYS if body.get(key) and is_name(body[key], key)}


def addresses(body: Mapping[str, Any], kept: Iterable[str]) -> dict[str, str]:
    """File → its address on this site; a name that cannot be one has none."""
    known = set(kept)
    return {name: f"{FOLDER if name in known else BOOKS}{name}" for name in named_in(body).values()}


def name_in(address: object) -> str:
    return str(address or "").rpartition("/")[2]


def shows(version: Mapping[str, Any], name: str) -> bool:
    """Whether a published version has this file."""
    media = version.get("media") or {}
    return any(name_in(media.get(key)) == name for key in KEYS)


def asked_with(forms: Iterable[Sequence[Mapping[str, Any]]], versions: Iterable[tuple[str, str]]) -> bool:
    """Whether one of these versions, (item, digest), stands in one of these forms."""
    wanted = set(versions)
    return any((row["item"], row["digest"]) in wanted for form in forms for row in form)
