"""CSV and its relatives: UTF-8, UTF-16 or Windows-1258, with ; , tab or | between the columns."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from lms.documents.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    TITLE_ROWS,
    too_many_columns,
    too_many_rows,
    too_much_text,
)
from lms.imports.sheets import EMPTY, Cell, Sheet
from lms.refusals import Refusal
from lms.vietnamese import clean

_MOST_BROKEN_LETTERS = 5
_LOOKED_AT = 64 * 1024


def read_delimited(name: str, content: bytes, tabs_first: bool = False) -> Sheet:
    text = decode(content)
    if "\x00" in text:
        raise not_text()
    separator, text = _separator(text, "\t;,|" if tabs_first else ";,\t|")
    return Sheet(name=clean(name), rows=tuple(_rows(text, separator)))


def decode(content: bytes) -> str:
    """Text in any of the encodings Vietnamese offices use; marks of Windows-1258 are joined to their letters later."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16")
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", errors="replace")
    without_mark = _utf16_without_mark(content)
    if without_mark:
        return _strictly(content, without_mark)
    if b"\x00" in content:
        raise not_text()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        mended = content.decode("utf-8", errors="replace")
    # A few bad bytes in long UTF-8 text: the rows that hold them will say so. Otherwise it was never UTF-8.
    accented = sum(sign > "\x7f" for sign in mended)
    if mended.count("\ufffd") <= _MOST_BROKEN_LETTERS < accented // 4:
        return mended
    return _strictly(content, "cp1258")


def not_text() -> Refusal:
    return Refusal("Tệp không phải văn bản. Hãy lưu danh sách thành .xlsx hoặc .csv rồi gửi lại.", "file-renamed")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        sentence = "Không nhận ra bảng mã của tệp. Hãy lưu lại thành .xlsx, hoặc .csv với bảng mã UTF-8."
        raise Refusal(sentence, "file-encoding") from None


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:2000]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Not a single zero on the other side would be too strict: a detached grave accent is U+0300.
    if odd > half * 0.3 and even < odd / 4:
        return "utf-16-le"
    if even > half * 0.3 and odd < even / 4:
        return "utf-16-be"
    return None


def _separator(text: str, candidates: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    directive = first.strip().lower()
    if directive.startswith("sep=") and len(directive) == 5:
        return directive[4], rest
    # Excel writes the tab of "sep=<tab>" away with strip; those files are found by counting like any other.
    return max(candidates, key=lambda sign: _regularity(text[:_LOOKED_AT], sign)), text


def _regularity(text: str, separator: str) -> int:
    """Cells in rows of the commonest width above one: the true separator makes the most rows equally wide."""
    try:
        widths = Counter(
            len(row) for _, row in zip(range(60), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
        )
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items() if width > 1), default=0)


def _rows(text: str, separator: str) -> Iterator[tuple[Cell, ...]]:
    letters = cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for number, row in enumerate(_guarded(reader), start=1):
        while row and not row[-1].strip():
            row.pop()
        if (row and number > MAX_ROWS + TITLE_ROWS) or number > 10 * MAX_ROWS:
            raise too_many_rows(number)
        if len(row) > MAX_COLUMNS:
            raise too_many_columns()
        cells += len(row)
        letters += sum(map(len, row))
        if cells > MAX_CELLS or letters > MAX_TEXT:
            raise too_much_text()
        if number <= MAX_ROWS + TITLE_ROWS:
            yield tuple(map(_cell, row))


def _guarded(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        sentence = (
            "Tệp .csv bị hỏng: một ô quá dài, có lẽ thiếu dấu ngoặc kép. Hãy mở bằng Excel và lưu lại thành .xlsx."
        )
        raise Refusal(sentence, "file-broken") from None


def _cell(text: str) -> Cell:
    text = clean(text)
    if not text:
        return EMPTY
    if text.startswith("="):
        return Cell(text="", kind="text", formula=True)
    return Cell(text=text, kind="text")
