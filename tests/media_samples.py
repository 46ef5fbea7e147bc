"""Pictures and recordings made here byte by byte, each with something beside it that must not be kept."""

import base64
import zlib
from itertools import pairwise

SECRET = b"SECRET-21.0285N"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
_TINY_WEBP = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")


def png(width: int = 2, height: int = 2, told: bytes = SECRET, says: tuple[int, int] | None = None) -> bytes:
    says = says or (width, height)
    header = says[0].to_bytes(4) + says[1].to_bytes(4) + b"\x08\x00\x00\x00\x00"
    points = zlib.compress((b"\0" + b"\x7f" * width) * height)
    chunks = ((b"IHDR", header), (b"tEXt", b"Place\0" + told), (b"eXIf", told), (b"IDAT", points), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def jpeg(up: int = 1, told: bytes = SECRET) -> bytes:
    """Eight by sixteen grey points, as a phone writes them: EXIF, a comment, a second picture behind the first."""
    entry = b"\x12\x01\x03\x00\x01\x00\x00\x00" + up.to_bytes(2, "little") + b"\0\0"
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + entry + b"\0\0\0\0" + told
    table = b"\x01" + bytes(15) + b"\0"
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01" + b"pre"),
            _segment(0xE1, exif),
            _segment(0xE2, b"MPF\0" + told),
            _segment(0xFE, told),
            _segment(0xDB, b"\0" + b"\x01" * 64),
            _segment(0xC0, b"\x08\0\x10\0\x08\x01\x01\x11\0"),
            _segment(0xC4, b"\0" + table),
            _segment(0xC4, b"\x10" + table),
            _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x0f",
            b"\xff\xd9" + told,
        )
    )


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def webp(told: bytes = SECRET) -> bytes:
    extended = b"\x0c\0\0\0" + bytes(6)
    chunks = ((b"VP8X", extended), (b"VP8L", _TINY_WEBP[20:33]), (b"EXIF", told), (b"XMP ", told))
    body = b"".join(k + len(b).to_bytes(4, "little") + b + b"\0" * (len(b) % 2) for k, b in chunks)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def mp3(told: bytes = SECRET, frames: int = 6) -> bytes:
    """Silence at 32 kbit/s between a new tag and an old one."""
    frame = b"\xff\xfb\x10\xc4" + bytes(100)
    size = bytes((0, 0, len(told) >> 7, len(told) & 0x7F))
    return b"ID3\x04\0\0" + size + told + frame * frames + b"TAG" + told.ljust(125, b"\0")


def ogg(told: bytes = SECRET) -> bytes:
    """Opus: a header, comments long enough to go on over two pages, one page of sound."""
    comments = b"OpusTags" + _long(b"maker") + (1).to_bytes(4, "little") + _long(b"TITLE=" + told + b"x" * 70_000)
    first, rest = comments[: 255 * 255], comments[255 * 255 :]
    laced = bytes([255] * (len(rest) // 255) + [len(rest) % 255])
    pages = (
        (2, b"\x13", b"OpusHead\x01\x01" + bytes(9)),
        (0, b"\xff" * 255, first),
        (1, laced, rest),
        (4, b"\x03", b"\xf8\xff\xfe"),
    )
    return b"".join(_page(kind, number, segments, body) for number, (kind, segments, body) in enumerate(pages))


def _long(said: bytes) -> bytes:
    return len(said).to_bytes(4, "little") + said


def _page(kind: int, number: int, segments: bytes, body: bytes) -> bytes:
    head = b"OggS\0" + bytes((kind,)) + bytes(8) + b"mine" + number.to_bytes(4, "little")
    told = bytes((len(segments),)) + segments + body
    return head + ogg_sum(head + bytes(4) + told).to_bytes(4, "little") + told


def ogg_sum(page: bytes) -> int:
    """The check sum of a page, bit by bit as RFC 3533 says it."""
    value = 0
    for one in page:
        value ^= one << 24
        for _ in range(8):
            value = (value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1
        value &= 0xFFFFFFFF
    return value


def ogg_pages(content: bytes) -> list[bytes]:
    starts = [at for at in range(len(content)) if content[at : at + 4] == b"OggS"]
    return [content[one:two] for one, two in pairwise([*starts, len(content)])]


def m4a(told: bytes = SECRET, handler: bytes = b"soun") -> bytes:
    times = bytes(4) + b"\x12\x34\x56\x78" * 2 + bytes(88)
    media = _box(b"mdhd", times) + _box(b"hdlr", bytes(8) + handler + bytes(12) + b"\0") + _box(b"minf", b"offsets")
    track = _box(b"trak", _box(b"tkhd", times) + _box(b"mdia", media) + _box(b"udta", told))
    film = _box(b"moov", _box(b"mvhd", times) + track + _box(b"udta", _box(b"meta", told)))
    return _box(b"ftyp", b"M4A \0\0\0\0") + film + _box(b"free", told) + _box(b"mdat", b"sound")


def _box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + kind + body


PICTURES = {"jpg": jpeg, "png": png, "webp": webp}
SOUNDS = {"m4a": m4a, "mp3": mp3, "ogg": ogg}
