"""The lines under a header: people, headings of groups, totals and signatures, blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.pages import Page, find_page
from lms.imports.sheets import Cell, Sheet
from lms.refusals import Refusal
from lms.vietnamese import fold

# With accents, because «Tống Văn Sơn» is a person and «Tổng cộng» is not; without, only where the whole cell has none.
_TOTAL_WORDS = r"(tổng (cộng|số|hợp|\d)|tổng:|tổng$|cộng( \d|:|$)|ấn định|danh sách (này )?(có|gồm)|(có )?tất cả)"
_SIGNED_WORDS = (
    r"(người (lập|viết|tổng hợp|khai)|(phó )?hiệu trưởng|(phó )?chủ tịch|tm\.|t/m|kt\.|xác nhận|thủ trưởng|kế toán"
    r"|nơi nhận|ký tên|\(ký|ký,? (và )?ghi rõ|giáo viên chủ nhiệm|gvcn|bí thư chi bộ"
    r"|trưởng (thôn|bản|khu|công an)|cán bộ (lập|tổng hợp)|.*ngày .* tháng .* năm)"
)
_TOTAL = (re.compile(_TOTAL_WORDS), re.compile(fold(_TOTAL_WORDS)))
_SIGNED = (re.compile(_SIGNED_WORDS), re.compile(fold(_SIGNED_WORDS)))
_SAYS_SOMETHING = (
    Meaning.FULL_NAME,
    Meaning.FAMILY_NAME,
    Meaning.GIVEN_NAME,
    Meaning.HEAD,
    Meaning.BIRTH,
    Meaning.BIRTH_YEAR,
    Meaning.IS_MALE,
    Meaning.IS_FEMALE,
    Meaning.RELATION,
    Meaning.GENDER,
    Meaning.PHONE,
    Meaning.POSITION,
)
NAMES = (Meaning.FULL_NAME, Meaning.FAMILY_NAME, Meaning.GIVEN_NAME)
_LOOKED_AT = 200  # letters of a cell: nobody's heading or signature is longer
BIRTHS = (Meaning.BIRTH, Meaning.BIRTH_YEAR, Meaning.IS_MALE, Meaning.IS_FEMALE)


@dataclass(frozen=True)
class Line:
    """One row with something to say; `heading` is set when it heads a group instead of naming a person."""

    page: Page
    number: int
    heading: str = ""

    def cell(self, meaning: Meaning) -> Cell:
        return self.page.cell(self.number, meaning)

    def text(self, meaning: Meaning) -> str:
        return self.cell(meaning).text

    def name_cells(self) -> list[Cell]:
        """Where the list says who: the name in one column or several; else the head; in a list of villages the village."""
        for meaning in (Meaning.FULL_NAME, Meaning.GIVEN_NAME, Meaning.HEAD, Meaning.VILLAGE):
            if meaning in self.page:
                columns = self.page.places[meaning]
                if meaning is Meaning.GIVEN_NAME:
                    columns = self.page.places.get(Meaning.FAMILY_NAME, ()) + columns
                cells = [self.page.sheet.cell(self.number, column) for column in columns]
                return cells if any(cells) else self._head_alone() or cells
        return []

    def _head_alone(self) -> list[Cell]:
        """Lists that name the head under «Chủ hộ» and only the others under «Họ và tên»: this row is the head's."""
        born = any(self.cell(meaning) for meaning in BIRTHS)
        if Meaning.HEAD not in self.page or not born or self.text(Meaning.RELATION):
            return []
        head = self.page.sheet.cell(self.number, self.page.places[Meaning.HEAD][0])
        return [head] if " " in head.text else []


def pages_of(sheets: Sequence[Sheet], findings: Findings, wanted: Sequence[Meaning]) -> list[Page]:
    """Every visible page that holds a table. Raises `Refusal` when none does."""
    found: list[Page] = []
    for sheet in sheets:
        page = None if sheet.hidden else find_page(sheet)
        if page is not None and set(page.places) & set(wanted):
            found.append(page)
    most = max((len(page.places) for page in found), default=0)
    found = [page for page in found if 2 * len(page.places) > most]  # a page of guidance may look a little like a table
    if not found:
        sentence = (
            "Không thấy dòng tiêu đề cột. Hãy thêm phía trên danh sách một dòng như «Họ và tên», «Ngày sinh», «Thôn»."
        )
        raise Refusal(sentence, "table-no-header")
    read = {page.sheet.name for page in found}
    for sheet in sheets:
        if sheet.name not in read and any(map(any, sheet.rows)):
            why = "đang bị ẩn" if sheet.hidden else "không có dòng tiêu đề đọc được"
            mend = "Nếu trang này có danh sách, hãy bỏ ẩn và thêm dòng tiêu đề."
            findings.note_sheet(sheet.name, f"Trang «{sheet.name}» {why}, bỏ qua", mend, "sheet-not-read")
    return found


def lines_of(page: Page, findings: Findings, headings: re.Pattern[str]) -> Iterator[Line]:
    """The lines that matter, top to bottom; what is passed over is noted. `headings` is what begins a group's heading."""
    signed = False
    blank: Line | None = None
    for number in range(page.first_row, len(page.sheet.rows) + 1):
        line = Line(page, number)
        texts = list(dict.fromkeys(c.text[:_LOOKED_AT] for c in page.sheet.rows[number - 1] if c.text))
        if not any(page.sheet.rows[number - 1]) or _only_prefilled(line):
            blank = blank or (None if any(page.sheet.rows[number - 1]) else line)
            continue
        if _is_header_again(page, number):
            continue
        heading = _heading(line, texts, headings)
        if _is_footer(line, texts) or (signed and not heading and not _is_person(line)):
            signed = signed or not any(_begins(text, _TOTAL) for text in texts)
            _note_footer(line, texts, findings)
            continue
        signed = False
        if blank is not None:
            findings.note(blank, (), "Dòng trống giữa bảng, bỏ qua", "Không cần làm gì.", "row-blank")
            blank = None
        yield Line(page, number, heading)
        if number in page.sheet.hidden_rows:
            what = "Dòng này đang bị ẩn trong bảng, vẫn được đọc"
            findings.note(line, (), what, "Nếu không muốn nhập, hãy xoá hẳn dòng rồi gửi lại.", "row-hidden")


def _only_prefilled(line: Line) -> bool:
    """A template's empty line: a running number, perhaps a village or code, but nobody."""
    said = any(line.page.sheet.cell(line.number, c) for m in _SAYS_SOMETHING for c in line.page.places.get(m, ()))
    listed = {c for columns in line.page.places.values() for c in columns}
    cells = line.page.sheet.rows[line.number - 1]
    others = any(cell for column, cell in enumerate(cells, start=1) if column not in listed)
    own_number = line.text(Meaning.ORDER).strip(".").isdigit()
    villages_only = not any(meaning in line.page for meaning in NAMES) and Meaning.HEAD not in line.page
    return not said and not others and own_number and not villages_only


def _is_header_again(page: Page, number: int) -> bool:
    """The header printed again on every paper page."""
    cells, header = page.sheet.rows[number - 1], page.sheet.rows[page.header_row - 1]
    same = sum(cell.text != "" and cell.text == above.text for cell, above in zip(cells, header, strict=False))
    return same >= 2 and same >= len(page.places) // 2


def _is_footer(line: Line, texts: Sequence[str]) -> bool:
    named = " ".join(cell.text for cell in line.name_cells())
    if line.text(Meaning.ORDER).strip(".").isdigit():
        return _begins(named, _TOTAL)
    said = [named] if named else texts
    return any(_begins(text, _TOTAL) or _begins(text, _SIGNED) for text in said)


def _is_person(line: Line) -> bool:
    """Below a signature only a number or a birth tells a person from somebody who signs."""
    numbered = line.text(Meaning.ORDER).strip(".").isdigit()
    return any(line.name_cells()) and (numbered or any(line.cell(meaning) for meaning in BIRTHS))


def _begins(text: str, wordings: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    text = text[:_LOOKED_AT].casefold()
    return wordings[text.isascii()].match(text) is not None


def _heading(line: Line, texts: Sequence[str], headings: re.Pattern[str]) -> str:
    """A short line that names a group, not a person. Accents are looked at: «Hộ số 3» is one, «Hồ Văn Ba» is not."""
    if not texts or len(texts) > 3 or any(line.cell(meaning) for meaning in BIRTHS):
        return ""
    if any(cell.text and not headings.match(cell.text.casefold()) for cell in line.name_cells()):
        return ""
    text = re.sub(r"^([\dIVX]+|[A-H])[.)/]?\s+", "", " ".join(texts))
    return text if headings.match(text.casefold()) else ""


def _note_footer(line: Line, texts: Sequence[str], findings: Findings) -> None:
    if any(_begins(text, _TOTAL) for text in texts):
        findings.note(line, (), "Dòng tổng cộng, không phải người, bỏ qua", "Không cần làm gì.", "row-total")
    else:
        findings.note(line, (), "Chân bảng (chữ ký), không phải người, bỏ qua", "Không cần làm gì.", "row-footer")
