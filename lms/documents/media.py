"""Pictures and recordings of strangers: known by what is in them, never by their name, and kept without what they tell of
whoever made them: place, day, device, name. Only what a player needs is copied over; SVG is not taken, it can carry scripts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from lms.documents import pictures, sounds
from lms.refusals import Refusal

MOST_BYTES = 300_000
"""As for the books: a question must open on a 3G phone."""
MOST_SENT = 4 * 1024 * 1024
"""Of a file as it comes: what is told beside the picture may be larger than the picture."""
TYPES = {
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "png": "image/png",
    "webp": "image/webp",
}
_SAME_LENGTH = frozenset({"m4a", "ogg"})
"""Cleaned where they stand, so that they get no smaller."""
SOUNDS = frozenset({"m4a", "mp3", "ogg"})


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or recording fit to be kept. The same bytes have the same name for ever."""

    ending: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def name(self) -> str:
        return f"{hashlib.sha256(self.content).hexdigest()[:16]}.{self.ending}"

    @property
    def is_sound(self) -> bool:
        return self.ending in SOUNDS


def cleaned(content: bytes, as_sound: bool) -> Medium:
    """What is kept of a file, or a `Refusal` that says what would be taken."""
    ending = _ending_of(content)
    if not ending or (ending in SOUNDS) != as_sound:
        raise _not_taken(as_sound)
    if len(content) > (MOST_BYTES if ending in _SAME_LENGTH else MOST_SENT):
        raise _too_large(as_sound)
    try:
        kept, width, height = _CLEANERS[ending](content)
    except (IndexError, ValueError):
        raise Refusal(
            "Tệp hỏng hoặc không đúng dạng nên không nhận được. Hãy lưu lại rồi gửi.", "media-broken"
        ) from None
    if len(kept) > MOST_BYTES:
        raise _too_large(as_sound)
    return Medium(ending, kept, width, height)


def _ending_of(content: bytes) -> str:
    start = content[:12]
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "webp"
    if start.startswith(b"OggS"):
        return "ogg"
    if start[4:8] == b"ftyp":
        return "m4a"
    is_mp3 = start.startswith(b"ID3") or (start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE6 == 0xE2)
    return "mp3" if is_mp3 else ""


def _sound(clean: Callable[[bytes], bytes]) -> Callable[[bytes], tuple[bytes, int, int]]:
    return lambda content: (clean(content), 0, 0)


_CLEANERS: dict[str, Callable[[bytes], tuple[bytes, int, int]]] = {
    "jpg": pictures.jpeg,
    "m4a": _sound(sounds.m4a),
    "mp3": _sound(sounds.mp3),
    "ogg": _sound(sounds.ogg),
    "png": pictures.png,
    "webp": pictures.webp,
}


def _not_taken(as_sound: bool) -> Refusal:
    if as_sound:
        return Refusal("Tệp này không phải tiếng nhận được. Hãy gửi MP3, OGG hoặc M4A.", "media-kind")
    return Refusal(
        "Tệp này không phải ảnh nhận được. Hãy gửi PNG, JPEG hoặc WebP; SVG không nhận. Ảnh HEIC của iPhone: "
        "mở ảnh, chụp màn hình rồi gửi ảnh chụp.",
        "media-kind",
    )


def _too_large(as_sound: bool) -> Refusal:
    if as_sound:
        return Refusal("Đoạn tiếng lớn hơn 300 kB. Hãy thu ngắn lại hoặc lưu với chất lượng thấp hơn.", "media-too-big")
    return Refusal(
        "Ảnh lớn hơn 300 kB. Cách nhanh: mở ảnh lên, chụp màn hình, cắt lấy phần cần hỏi rồi gửi ảnh chụp ấy; "
        "hoặc lưu nhỏ lại, rộng khoảng 1.000 điểm ảnh.",
        "media-too-big",
    )
