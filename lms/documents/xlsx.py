"""Excel workbooks, read by one streaming pass so that hidden rows, merged cells and formulas are seen, not guessed."""

import posixpath
import re
from datetime import date

from lms.documents.archive import Archive, broken
from lms.documents.limits import MAX_CELLS, MAX_SEEN, MAX_SHEETS, MAX_TEXT, too_much_text
from lms.documents.markup import stream
from lms.documents.worksheet import Book, read_worksheet
from lms.imports.sheets import Sheet
from lms.refusals import Refusal
from lms.vietnamese import clean

_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])  # ECMA-376 18.8.30
_NOT_A_FORMAT_LETTER = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def read_workbook(content: bytes) -> list[Sheet]:
    archive = Archive(content)
    workbook = _workbook_part(archive)
    if any(
        name in archive for name in ("xl/vbaProject.bin", posixpath.join(posixpath.dirname(workbook), "vbaProject.bin"))
    ):
        raise Refusal("Tệp có macro nên không được nhận. Hãy lưu lại thành .xlsx (không macro) rồi gửi.", "file-macro")
    pages, from_1904 = _pages(archive, workbook)
    targets = _relations(archive, workbook)
    book = Book(
        strings=_shared_strings(archive, _by_kind(targets, "sharedStrings")),
        date_styles=_date_styles(archive, _by_kind(targets, "styles")),
        first_day=date(1904, 1, 1) if from_1904 else date(1899, 12, 30),
        cells_left=MAX_CELLS,
        seen_left=MAX_SEEN,
        letters_left=MAX_TEXT,
    )
    sheets = []
    for name, relation, hidden in pages:
        kind, target = targets.get(relation, ("", ""))
        if kind == "worksheet" and target in archive:
            sheets.append(read_worksheet(archive.pieces(target), book, clean(name), hidden))
    if not sheets:
        raise Refusal("Trong tệp không có trang tính nào đọc được.", "file-empty")
    return sheets


def _workbook_part(archive: Archive) -> str:
    if "[Content_Types].xml" not in archive or "_rels/.rels" not in archive:
        raise Refusal(
            "Tệp có đuôi .xlsx nhưng bên trong không phải bảng tính. Hãy mở và lưu lại thành .xlsx.", "file-renamed"
        )
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument" and target in archive and "/sheets" not in target and "word/" not in target:
            return target
    raise Refusal(
        "Tệp có đuôi .xlsx nhưng bên trong không phải bảng tính. Hãy mở và lưu lại thành .xlsx.", "file-renamed"
    )


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, name of the part); links that lead outside are not followed."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], whole)

    if name not in archive:
        raise broken()
    stream(archive.pieces(name), start)
    return found


def _by_kind(targets: dict[str, tuple[str, str]], wanted: str) -> str:
    return next((target for kind, target in targets.values() if kind == wanted), "")


def _pages(archive: Archive, workbook: str) -> tuple[list[tuple[str, str, bool]], bool]:
    pages: list[tuple[str, str, bool]] = []
    from_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            pages.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
            if len(pages) > MAX_SHEETS:
                raise Refusal("Tệp có quá 50 trang tính. Hãy chia thành nhiều tệp.", "table-too-many-sheets")

    stream(archive.pieces(workbook), start)
    return pages, from_1904


def _shared_strings(archive: Archive, name: str) -> list[str]:
    strings: list[str] = []
    parts: list[str] = []
    letters = 0
    phonetic = reading = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal phonetic, reading
        phonetic = phonetic or tag == "rPh"
        reading = tag == "t" and not phonetic

    def text(piece: str) -> None:
        nonlocal letters
        if reading:
            letters += len(piece)
            if letters > MAX_TEXT:
                raise too_much_text()
            parts.append(piece)

    def end(tag: str) -> None:
        nonlocal phonetic, reading
        reading = False
        if tag == "rPh":
            phonetic = False
        elif tag == "si":
            strings.append("".join(parts))
            parts.clear()

    if name in archive:
        stream(archive.pieces(name), start, end, text)
    return strings


def _date_styles(archive: Archive, name: str) -> frozenset[int]:
    """Numbers of the cell styles that show a day."""
    formats: set[int] = set(_DATE_FORMATS)
    styles: list[int] = []
    inside_cell_styles = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside_cell_styles
        if tag == "numFmt" and _shows_a_day(attributes.get("formatCode", "")):
            formats.add(_whole(attributes.get("numFmtId")))
        elif tag in ("cellXfs", "cellStyleXfs"):
            inside_cell_styles = tag == "cellXfs"
        elif tag == "xf" and inside_cell_styles:
            styles.append(_whole(attributes.get("numFmtId")))

    if name in archive:
        stream(archive.pieces(name), start)
    return frozenset(number for number, style in enumerate(styles) if style in formats)


def _shows_a_day(code: str) -> bool:
    letters = _NOT_A_FORMAT_LETTER.sub("", code).lower()
    return "general" not in letters and bool(re.search("[dy]", letters))


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else -1
