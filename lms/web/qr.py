"""A QR as one path for an inline drawing."""

from dataclasses import dataclass

import segno

QUIET = 4
"""The standard's blank rim, in modules."""


@dataclass(frozen=True)
class Qr:
    size: int
    """Of the square with its rim, in modules."""
    path: str


def drawn_qr(text: str) -> Qr:
    """Correction level M: a scratched card is still read."""
    rows = list(segno.make(text, error="m", micro=False, boost_error=False).matrix)
    runs = [
        f"M{left + QUIET} {y + QUIET}h{width}v1h-{width}z" for y, row in enumerate(rows) for left, width in _runs(row)
    ]
    return Qr(len(rows) + 2 * QUIET, "".join(runs))


def _runs(row: bytes | bytearray) -> list[tuple[int, int]]:
    """Dark modules side by side: (where, how many)."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
