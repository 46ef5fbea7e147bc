"""A zip opened with care: what it says about itself is checked first, what comes out is counted."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lms.documents.limits import MAX_INFLATED, MAX_PARTS
from lms.refusals import Refusal

_MOST_DIRECTORY_BYTES = 400_000
_CHUNK = 256 * 1024
_PACKED = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MZ",
    b"\x7fELF",
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Archive:
    """The parts of a workbook by name, inflated piece by piece within limits."""

    def __init__(self, content: bytes) -> None:
        _check_directory_size(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED:
            raise broken() from None
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._inflated = 0
        self._check_claims()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """The real bytes of one part; whatever the directory claimed, no more than the limit comes out."""
        try:
            with self._zip.open(self._parts[name]) as part:
                while piece := part.read(_CHUNK):
                    self._inflated += len(piece)
                    if self._inflated > MAX_INFLATED:
                        raise bomb()
                    yield piece
        except _DAMAGED:
            raise broken() from None

    def _check_claims(self) -> None:
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS or len(self._parts) != len(parts):
            raise bomb()
        if sum(part.file_size for part in parts) > MAX_INFLATED:
            raise bomb()
        for part in parts:
            _check_part(part)
        self._check_contents()

    def _check_contents(self) -> None:
        for name, part in self._parts.items():
            try:
                with self._zip.open(part) as opened:
                    start = opened.read(8)
            except _DAMAGED:
                raise broken() from None
            if start.startswith(_PACKED) and not name.endswith("vbaProject.bin"):
                raise Refusal(
                    "Trong tệp có tệp nén hoặc chương trình khác nên không được nhận. Hãy chỉ giữ bảng tính.",
                    "file-nested",
                )


def broken() -> Refusal:
    return Refusal("Tệp bị hỏng nên không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi.", "file-broken")


def bomb() -> Refusal:
    return Refusal(
        "Tệp bung ra quá lớn so với một danh sách nên không được nhận. Hãy chép bảng sang tệp mới rồi gửi.", "file-bomb"
    )


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if name.startswith(("/", "\\")) or ".." in posixpath.normpath(name.replace("\\", "/")).split("/") or ":" in name:
        raise Refusal("Tệp chứa đường dẫn lạ nên không được nhận. Hãy chép bảng sang tệp mới rồi gửi.", "file-hostile")
    if part.flag_bits & 1:
        raise Refusal("Tệp có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi.", "file-encrypted")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise broken()


def _check_directory_size(content: bytes) -> None:
    """A directory of a hundred thousand names costs seconds before any limit could speak."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or len(content) < end + 22:
        raise broken()
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    parts = int.from_bytes(content[end + 10 : end + 12], "little")
    if size > _MOST_DIRECTORY_BYTES or parts > MAX_PARTS:
        raise bomb()
