"""A page rendered and compressed once, with holes for what differs from reader to reader.

The busiest page of a school is a lesson step: the same for everybody but for a name, a token and a few ticks. The text
between the holes is compressed when the page is made; what fills the holes is a few words, and goes in as it is. A gzip
body may be put together from pieces because each piece ends with a full flush (RFC 1951, 3.2.4: an empty stored block).
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping

_HOLE = re.compile("\x02([a-z0-9_]+)\x03")
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LAST_BLOCK = b"\x03\x00"
_STORED_AT_MOST = 0xFFFF


def hole(name: str) -> str:
    """What to write into a template where `fill` shall put the value of this name; it must be HTML already."""
    return f"\x02{name}\x03"


class Stencil:
    """`text` with holes; `fill` gives the bytes of one reader's page."""

    def __init__(self, text: str) -> None:
        pieces = _HOLE.split(text)
        self._fixed = [piece.encode() for piece in pieces[::2]]
        self._names = pieces[1::2]
        self._squeezed = [_squeeze(piece) for piece in self._fixed]
        self.digest = hashlib.sha256(text.encode()).hexdigest()[:20]

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The plain page."""
        return b"".join(piece for pair in self._pairs(values) for piece in pair)

    def fill_gzip(self, values: Mapping[str, str]) -> bytes:
        """The page as a gzip body."""
        checksum, length, body = 0, 0, [_HEAD]
        for place, (fixed, filling) in enumerate(self._pairs(values)):
            body.append(self._squeezed[place])
            checksum, length = zlib.crc32(fixed, checksum), length + len(fixed)
            if filling:
                body.append(_stored(filling))
                checksum, length = zlib.crc32(filling, checksum), length + len(filling)
        body.append(_LAST_BLOCK + struct.pack("<II", checksum, length & 0xFFFFFFFF))
        return b"".join(body)

    def _pairs(self, values: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
        filled = [values[name].encode() for name in self._names]
        return list(zip(self._fixed, [*filled, b""], strict=True))


def _squeeze(piece: bytes) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(piece) + press.flush(zlib.Z_FULL_FLUSH)


def _stored(piece: bytes) -> bytes:
    """Stored blocks: a compressor for each of a dozen words would fill and clear 256 KiB every time."""
    parts = [piece[start : start + _STORED_AT_MOST] for start in range(0, len(piece), _STORED_AT_MOST)]
    return b"".join(struct.pack("<BHH", 0, len(part), len(part) ^ 0xFFFF) + part for part in parts)
