"""The drawn QR is the QR: its path, filled square by square, gives the modules back, with the blank rim around them."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from lms.web.qr import QUIET, drawn_qr

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@given(st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789:/.-_", min_size=1, max_size=90))
def test_the_path_gives_the_modules_back(text: str) -> None:
    drawn = drawn_qr(text)
    dark = set()
    for left, top, width, back in RUN.findall(drawn.path):
        assert width == back
        dark |= {(int(left) + n - QUIET, int(top) - QUIET) for n in range(int(width))}
    rows = list(segno.make(text, error="m", micro=False, boost_error=False).matrix)
    assert dark == {(x, y) for y, row in enumerate(rows) for x, on in enumerate(row) if on}
    assert RUN.sub("", drawn.path) == "" and drawn.size == len(rows) + 8
