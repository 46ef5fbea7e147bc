"""The door for lists: a file as somebody sent it becomes sheets of plain cells, or one clear sentence why not.

A hostile file costs at most two seconds and 200 MB: sizes are checked before anything is inflated and again while it is,
nothing is evaluated, no entity or link is followed, and nothing is written to disk.
"""

from pathlib import Path

from lms.documents.delimited import read_delimited
from lms.documents.limits import MAX_BYTES
from lms.documents.xlsx import read_workbook
from lms.imports.sheets import Sheet
from lms.refusals import Refusal

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
_NOT_TEXT = (
    _ZIP,
    _OLE,
    b"%PDF",
    b"MZ",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"{\\rtf", b"<svg")


def read_tables(name: str, source: bytes | Path) -> list[Sheet]:
    """Sheets of an .xlsx, .csv, .tsv or .txt list. `name` is what the sender called the file. Raises `Refusal`."""
    content = _content(source)
    ending = Path(name.lower()).suffix
    if not content.strip(b"\x00\r\n\t "):
        raise Refusal("Tệp này trống. Hãy mở lại danh sách, lưu rồi gửi lại.", "file-empty")
    if ending == ".xlsx":
        _must_be_workbook(content)
        return read_workbook(content)
    if ending in _TEXT_ENDINGS:
        _must_be_text(content)
        return [read_delimited(Path(name).stem, content, tabs_first=ending != ".csv")]
    raise _unknown_ending(ending)


def _content(source: bytes | Path) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > MAX_BYTES:
        raise Refusal("Tệp lớn hơn 10 MB. Hãy chia danh sách thành nhiều tệp nhỏ hơn.", "file-too-big")
    return source.read_bytes() if isinstance(source, Path) else bytes(source)


def _must_be_workbook(content: bytes) -> None:
    if content.startswith(_ZIP):
        return
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refusal("Tệp có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi.", "file-encrypted")
        raise Refusal("Tệp là bản Excel cũ (.xls) đổi tên. Hãy mở bằng Excel và lưu lại thành .xlsx.", "file-renamed")
    raise Refusal(
        "Tệp có đuôi .xlsx nhưng bên trong không phải bảng tính. Hãy mở và lưu lại thành .xlsx.", "file-renamed"
    )


def _must_be_text(content: bytes) -> None:
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(_NOT_TEXT) or start.startswith(_MARKUP):
        raise Refusal(
            "Tệp mang đuôi văn bản (.csv) nhưng bên trong là loại tệp khác. Hãy gửi tệp gốc .xlsx hoặc .csv.",
            "file-renamed",
        )


def _unknown_ending(ending: str) -> Refusal:
    if ending in {".xlsm", ".xltm", ".xlsb", ".xlam"}:
        return Refusal("Tệp có thể chứa macro nên không được nhận. Hãy lưu lại thành .xlsx rồi gửi.", "file-macro")
    if ending in {".xls", ".ods", ".xlt", ".numbers", ".et"}:
        return Refusal(
            f"Chưa đọc được tệp {ending}. Hãy mở tệp, chọn «Lưu thành» kiểu .xlsx rồi gửi lại.", "file-old-kind"
        )
    return Refusal("Chỉ nhận danh sách ở tệp .xlsx hoặc .csv.", "file-unknown-kind")
