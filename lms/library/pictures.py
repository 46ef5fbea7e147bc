"""Pictures and recordings that stand beside a lesson or its questions, under addresses that never change their bytes."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lms.library.books import Image
from lms.library.problems import Findings, Place

PICTURES = {".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".webp": (b"RIFF",)}
SOUNDS = {".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), ".ogg": (b"OggS",), ".m4a": (b"\0\0\0",)}
"""Ending → how such a file begins. SVG is not taken: it can carry scripts."""
MAX_BYTES = 300_000
"""A lesson must open on a 3G phone."""
NAME = re.compile(r"[a-z0-9-]+\.[a-z0-9]+")
ADDRESS = "/hinh/"


def take_file(
    folder: Path, name: str, place: Place, files: dict[str, Image], findings: Findings, is_sound: bool = False
) -> str | None:
    """The address of a file beside a book, noted in `files`; None after a problem."""
    path, kinds = folder / name, SOUNDS if is_sound else PICTURES
    what = "tệp tiếng" if is_sound else "ảnh"
    if not NAME.fullmatch(name) or path.suffix not in kinds or not path.is_file() or path.is_symlink():
        endings = ", ".join(kinds)
        findings.error(place, f"không thấy {what} «{name}» cạnh bài (tệp {endings}, tên chữ thường không dấu)")
        return None
    content = path.read_bytes()
    if len(content) > MAX_BYTES or not content.startswith(kinds[path.suffix]):
        findings.error(place, f"{what} «{name}» quá {MAX_BYTES // 1000} kB hoặc không đúng loại tệp")
        return None
    stored = _stored_name(content, path)
    files.setdefault(stored, Image(stored, path))
    return ADDRESS + stored


def files_of(shelves: Sequence[Path]) -> dict[str, Path]:
    """Every picture and recording of the content folders by the name of its address."""
    return {_stored_name(path.read_bytes(), path): path for shelf in shelves for path in _found(shelf)}


def _found(shelf: Path) -> Iterator[Path]:
    kinds = PICTURES | SOUNDS
    for path in sorted(shelf.rglob("*")):
        is_named = path.suffix in kinds and NAME.fullmatch(path.name)
        if is_named and path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_BYTES:
            yield path


def _stored_name(content: bytes, path: Path) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:16]}{path.suffix}"
