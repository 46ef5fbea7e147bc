"""PNG, JPEG and WebP taken apart and put together again without what is not the picture. A ValueError: no such picture."""

import zlib
from collections.abc import Iterator

LONGEST_SIDE = 6_000
MOST_POINTS = 12_000_000
"""What a small phone can unfold in its memory."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"IDAT", b"IEND"})
_PIECE = 1024 * 1024
_POINT_BYTES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}

_JPEG_KEPT = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD})
"""Baseline and progressive frames, Huffman and quantisation tables, the restart interval."""
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ORIENTATION = 0x0112

_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})

Cleaned = tuple[bytes, int, int]


def png(content: bytes) -> Cleaned:
    """Texts, times, colour profiles and further frames are left out; the points are unfolded once, within limits."""
    kept, points = [_PNG], []
    header = b""
    for kind, body, whole in _png_chunks(content):
        if not header and kind != b"IHDR":
            raise ValueError("no header first")
        header = header or body
        if kind == b"IDAT":
            points.append(body)
        if kind in _PNG_KEPT:
            kept.append(whole)
    width, height = _within(int.from_bytes(header[:4]), int.from_bytes(header[4:8]))
    depth, colour = header[8], header[9]
    if colour not in _POINT_BYTES or depth not in (1, 2, 4, 8, 16):
        raise ValueError("colours that do not exist")
    bytes_in_a_row = (width * _POINT_BYTES[colour] * depth + 7) // 8
    _unfold(b"".join(points), (bytes_in_a_row + 4) * height + 64)
    return b"".join(kept), width, height


def told_points(content: bytes) -> int:
    """Of a PNG, what it will cost to unfold: its points by its header."""
    return int.from_bytes(content[16:20]) * int.from_bytes(content[20:24]) if content.startswith(_PNG) else 0


def _unfold(points: bytes, most: int) -> None:
    """Once, piece by piece: never more than the header speaks of, and to its end."""
    unfolding, left = zlib.decompressobj(), most
    try:
        while not unfolding.eof and (points or left == most):
            piece = unfolding.decompress(points, _PIECE)
            points, left = unfolding.unconsumed_tail, left - len(piece)
            if left < 0 or (not piece and not points):
                break
    except zlib.error:
        raise ValueError("points that cannot be unfolded") from None
    if left < 0 or not unfolding.eof:
        raise ValueError("not as many points as its header says")


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise ValueError("cut off")
        body = content[at + 8 : end - 4]
        if zlib.crc32(kind + body) != int.from_bytes(content[end - 4 : end]):
            raise ValueError("damaged")
        yield kind, body, content[at:end]
        at = end


def jpeg(content: bytes) -> Cleaned:
    """EXIF with its place and device, comments, previews and second pictures are left out. Which way is up stays: phones
    keep a picture as it was held."""
    kept, scans = [b"\xff\xd8"], 0
    width = height = 0
    up = 1
    for marker, body, points in _segments(content):
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            up = _way_up(body[6:])
        elif marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
            kept.append(_segment(marker, body[:12] + b"\0\0"))  # without its small preview
        elif marker == 0xEE and body.startswith(b"Adobe"):
            kept.append(_segment(marker, body[:12]))  # says how the colours are meant
        elif marker == 0xDA:
            kept.append(_segment(marker, body) + points)
            scans += 1
        elif marker in _JPEG_KEPT:
            kept.append(_segment(marker, body))
        elif marker in _JPEG_FRAMES:
            raise ValueError("a kind of JPEG that browsers do not show")
        if marker in _JPEG_FRAMES:
            height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
    if not scans:
        raise ValueError("no picture in it")
    width, height = _within(width, height)
    if up > 1:
        kept.insert(1, _segment(0xE1, _told_up(up)))
    if up > 4:
        width, height = height, width
    return b"".join([*kept, b"\xff\xd9"]), width, height


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, body, the points that follow) up to the end of the picture; what stands behind it is not looked at."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker where one must be")
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        if marker == 0xD9:
            return
        length = int.from_bytes(content[at + 1 : at + 3])
        end = at + 1 + length
        if length < 2 or end > len(content) or marker in (0x00, 0x01, 0xD8):
            raise ValueError("a part that cannot be")
        body = content[at + 3 : end]
        at = end if marker != 0xDA else _end_of_points(content, end)
        yield marker, body, content[end:at]


def _end_of_points(content: bytes, at: int) -> int:
    """Within points an FF is followed by a zero, or by the number of a restart."""
    while True:
        at = content.index(b"\xff", at)
        following = content[at + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def _way_up(tiff: bytes) -> int:
    """1 to 8; 1 where nothing sensible is said."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 1

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(number(first, 2), 200), 12):
        if number(entry, 2) == _ORIENTATION:
            said = number(entry + 8, 2)
            return said if 1 <= said <= 8 else 1
    return 1


def _told_up(up: int) -> bytes:
    entry = _ORIENTATION.to_bytes(2) + b"\0\x03\0\0\0\x01" + up.to_bytes(2) + b"\0\0"
    return b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"


def webp(content: bytes) -> Cleaned:
    """EXIF, XMP and colour profiles are left out; a picture that moves is not taken."""
    kept: list[tuple[bytes, bytes]] = []
    at, end = 12, 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise ValueError("cut off")
    while at + 8 <= end:
        kind, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + length]
        if len(body) != length or kind in (b"ANIM", b"ANMF"):
            raise ValueError("cut off, or moving")
        if kind in _WEBP_KEPT:
            kept.append((kind, body))
        at += 8 + length + length % 2
    kinds = [kind for kind, _ in kept]
    points = next((pair for pair in kept if pair[0] in (b"VP8 ", b"VP8L")), None)
    if points is None or kinds[0] == b"ALPH":
        raise ValueError("no picture in it")
    width, height = _within(*_webp_size(*points))
    body = b"".join(_chunk(kind, _only_alpha(told) if kind == b"VP8X" else told) for kind, told in kept)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body, width, height


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        if body[0] != 0x2F:
            raise ValueError("no such picture")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if body[3:6] != b"\x9d\x01\x2a":
        raise ValueError("no such picture")
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def _only_alpha(told: bytes) -> bytes:
    """The flags of what was left out are taken down."""
    return bytes((told[0] & 0x10,)) + told[1:10]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _within(width: int, height: int) -> tuple[int, int]:
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_POINTS):
        raise ValueError("empty, or larger than a phone can show")
    return width, height
