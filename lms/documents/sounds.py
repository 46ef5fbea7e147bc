"""MP3, Ogg (Opus, Vorbis) and M4A without titles, covers, places and days. A ValueError: no such recording."""

from collections.abc import Iterator

# --- MP3: nothing but its frames ----------------------------------------------------------------

_RATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
"""Kilobits a second of layer III, by whether it is MPEG 1."""
_SAMPLES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_FEWEST_FRAMES = 4
_MOST_PADDING = 4_096


def mp3(content: bytes) -> bytes:
    start = at = _first_frame(content, _behind_tags(content))
    frames = 0
    while length := _frame(content, at):
        at += length
        frames += 1
    if frames < _FEWEST_FRAMES:
        raise ValueError("no sound in it")
    return content[start:at]


def _behind_tags(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3":
        size = 0
        for one in content[at + 6 : at + 10]:
            size = size << 7 | one & 0x7F
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    return at


def _first_frame(content: bytes, at: int) -> int:
    for place in range(at, min(at + _MOST_PADDING, len(content))):
        length = _frame(content, place)
        if length and _frame(content, place + length):
            return place
    raise ValueError("no sound in it")


def _frame(content: bytes, at: int) -> int:
    """How long the frame is that begins here; 0 where none does, or not a whole one."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, sampled = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _SAMPLES or sampled == 3 or not _RATES[version == 3][rate]:
        return 0
    per_frame = 144 if version == 3 else 72
    length = per_frame * _RATES[version == 3][rate] * 1000 // _SAMPLES[version][sampled] + (head[2] >> 1 & 1)
    return length if at + length <= len(content) else 0


# --- Ogg: its second packet, the comments, is emptied where it stands ----------------------------

_OPENING = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}
_CRC: list[int] = []


def ogg(content: bytes) -> bytes:
    kept = bytearray(content)
    pages = list(_pages(content))
    if len({content[at + 14 : at + 18] for at, _, _ in pages}) != 1:
        raise ValueError("several streams")
    opening = next((head for head in _OPENING if content[pages[0][1] :].startswith(head)), None)
    if opening is None:
        raise ValueError("neither Opus nor Vorbis")
    places = _second_packet(content, pages)
    comments = _OPENING[opening]
    told = bytes(content[place] for place in places[: len(comments)])
    if told != comments or len(places) < len(comments) + 9:
        raise ValueError("no comments where they must be")
    # No maker, no comment; the bit Vorbis ends its comments with; the rest of the room stays empty.
    empty = comments + bytes(8) + b"\x01"
    for number, place in enumerate(places):
        kept[place] = empty[number] if number < len(empty) else 0
    for at, _, end in pages:
        if at <= places[-1] and end > places[0]:
            kept[at + 22 : at + 26] = bytes(4)
            kept[at + 22 : at + 26] = _crc(kept[at:end]).to_bytes(4, "little")
    return bytes(kept[: pages[-1][2]])


def _pages(content: bytes) -> Iterator[tuple[int, int, int]]:
    """(where a page begins, where its packets begin, its end)."""
    at = 0
    while content[at : at + 4] == b"OggS":
        segments = content[at + 26]
        body = at + 27 + segments
        end = body + sum(content[at + 27 : body])
        if end > len(content):
            raise ValueError("cut off")
        yield at, body, end
        at = end


def _second_packet(content: bytes, pages: list[tuple[int, int, int]]) -> list[int]:
    """The place of each of its bytes; it may go on over several pages."""
    places: list[int] = []
    packet = 0
    for at, body, _ in pages:
        for length in content[at + 27 : body]:
            if packet == 1:
                places += range(body, body + length)
            body += length
            if length < 255:
                packet += 1
        if packet > 1:
            return places
    raise ValueError("nothing but headers")


def _crc(page: bytes | bytearray) -> int:
    if not _CRC:
        for number in range(256):
            value = number << 24
            for _ in range(8):
                value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
            _CRC.append(value)
    value = 0
    for one in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ one]
    return value


# --- M4A: boxes with words become empty room of the same length, so that no place in the file moves ----

_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"3gp4", b"3gp5", b"3gp6")
_WORDS = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"})
_OUTSIDE = frozenset({b"ftyp", b"moov", b"mdat"})
_OPENED = frozenset({b"moov", b"trak", b"mdia"})
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})


def m4a(content: bytes) -> bytes:
    kept = bytearray(content)
    if content[8:12] not in _BRANDS:
        raise ValueError("another kind of film")
    kinds = set()
    for kind, at, end in _boxes(content, 0, len(content)):
        if kind not in _OUTSIDE and kind not in _WORDS:
            raise ValueError("a part that a recording does not have")
        kinds.add(kind)
        _empty(content, kept, kind, at, end)
    if not {b"moov", b"mdat"} <= kinds:
        raise ValueError("no sound in it")
    return bytes(kept)


def _empty(content: bytes, kept: bytearray, kind: bytes, at: int, end: int) -> None:
    if kind in _WORDS:
        kept[at - 4 : at] = b"free"
        kept[at:end] = bytes(end - at)
    elif kind in _TIMED:  # the moments of its making
        wide = 8 if content[at] == 1 else 4
        kept[at + 4 : at + 4 + 2 * wide] = bytes(2 * wide)
    elif kind == b"hdlr" and content[at + 8 : at + 12] != b"soun":
        raise ValueError("not only sound")
    elif kind in _OPENED:
        for inner, start, stop in _boxes(content, at, end):
            _empty(content, kept, inner, start, stop)


def _boxes(content: bytes, at: int, until: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, where what it holds begins, its end)."""
    while at < until:
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if length < 8 or at + length > until:
            raise ValueError("cut off")
        yield kind, at + 8, at + length
        at += length
