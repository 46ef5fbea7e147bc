"""Pictures and recordings that stand beside a lesson or its questions, under addresses that never change their bytes."""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from lms.library.books import Image
from lms.library.fields import did_you_mean
from lms.library.problems import Findings, Place

PICTURES = {".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".webp": (b"RIFF",)}
SOUNDS = {".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), ".ogg": (b"OggS",)}
"""Ending → how such a file begins. SVG is not taken: it can carry scripts."""
MAX_BYTES = 300_000
"""A lesson must open on a 3G phone."""
MAX_VOICE_BYTES = 2_000_000
"""Of one step read aloud: eight minutes at 32 kbit/s. Nothing of it is fetched before somebody presses play."""
NAME = re.compile(r"[a-z0-9-]+\.[a-z0-9]+")
VOICE_NAME = re.compile(r"(?P<step>[a-z0-9-]+)\.(?P<language>[a-z]+)\.(?P<kind>mp3|ogg)")
VOICES = "tieng"
"""The folder beside a lesson that holds its steps read aloud by people."""
LANGUAGES = {"mtq": "tiếng Mường", "vi": "tiếng Việt"}
"""ISO 639-3 (vi: 639-1) → in words; a further language of the place is a further line here."""
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


def take_voices(
    folder: Path, steps: Collection[str], files: dict[str, Image], findings: Findings
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Step → (language, address) of its recordings, those noted in `files`; what cannot be used is told by name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((folder / VOICES).iterdir()) if (folder / VOICES).is_dir() else ():
        if problem := _voice_problem(path, steps):
            findings.error(Place(path), problem)
            continue
        match = VOICE_NAME.fullmatch(path.name)
        stored = _stored_name(path.read_bytes(), path)
        files.setdefault(stored, Image(stored, path))
        found.setdefault(match["step"], []).append((match["language"], ADDRESS + stored))  # type: ignore[index]
    return {step: tuple(voices) for step, voices in found.items()}


def _voice_problem(path: Path, steps: Collection[str]) -> str:
    match = VOICE_NAME.fullmatch(path.name)
    if match is None or path.is_symlink() or not path.is_file():
        return f"tệp tiếng «{path.name}» cần tên như «nhan-156.mtq.mp3» (mã bước, mã tiếng, mp3 hoặc ogg)"
    if match["step"] not in steps:
        return f"tệp tiếng «{path.name}»: bài không có bước «{match['step']}».{did_you_mean(match['step'], steps)}"
    if match["language"] not in LANGUAGES:
        told = ", ".join(f"{code} ({words})" for code, words in LANGUAGES.items())
        return f"tệp tiếng «{path.name}»: mã tiếng «{match['language']}» không có, dùng được: {told}"
    if path.stat().st_size > MAX_VOICE_BYTES:
        return f"tệp tiếng «{path.name}» quá {MAX_VOICE_BYTES // 1_000_000} MB, hãy nén 32 kbit/s một kênh (docs/thu-am.md)"
    if not path.read_bytes().startswith(SOUNDS[path.suffix]):
        return f"tệp tiếng «{path.name}» không phải tệp {match['kind']}"
    return ""


def files_of(shelves: Sequence[Path]) -> dict[str, Path]:
    """Every picture and recording of the content folders by the name of its address."""
    return {_stored_name(path.read_bytes(), path): path for shelf in shelves for path in _found(shelf)}


def _found(shelf: Path) -> Iterator[Path]:
    kinds = PICTURES | SOUNDS
    for path in sorted(shelf.rglob("*")):
        is_voice = path.parent.name == VOICES and VOICE_NAME.fullmatch(path.name)
        is_named = path.suffix in kinds and (is_voice or NAME.fullmatch(path.name))
        most = MAX_VOICE_BYTES if is_voice else MAX_BYTES
        if is_named and path.is_file() and not path.is_symlink() and path.stat().st_size <= most:
            yield path


def _stored_name(content: bytes, path: Path) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:16]}{path.suffix}"
