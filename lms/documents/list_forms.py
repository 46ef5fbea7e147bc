"""Workbooks around an import: an empty list to fill in, and the rows of a list that have to be mended."""

from collections.abc import Sequence
from typing import TypeVar

from lms.documents.workbooks import Value, WrittenPage, write_workbook
from lms.imports.columns import NEVER_KEPT, Meaning
from lms.imports.pages import Page, find_page, is_column_numbers
from lms.imports.problems import Kind, Level, ParsedRow, Problem, Reading
from lms.imports.sheets import Cell, Sheet

Row = TypeVar("Row", bound=ParsedRow)

ROW, FAULT, MEND = "Dòng", "Lỗi", "Cách sửa"
_EMPTY_LINES = 200

_COLUMNS: dict[Kind, tuple[tuple[str, str, int], ...]] = {
    Kind.VILLAGES: (
        ("STT", "Số thứ tự, để trống cũng được.", 6),
        ("Xã", "Tên xã hiện nay. Bỏ trống khi đã chọn xã lúc nhập.", 20),
        ("Thôn", "Bắt buộc. Tên thôn, bản hoặc khu phố.", 26),
        ("Số hộ", "Số hộ hiện có, ghi bằng chữ số.", 10),
        ("Trưởng thôn", "Họ và tên.", 26),
    ),
    Kind.HOUSEHOLDS: (
        ("STT", "Số thứ tự, để trống cũng được.", 6),
        ("Mã hộ", "Mã do xã đặt. Mọi người trong hộ ghi cùng mã; hoặc chỉ ghi ở dòng chủ hộ.", 12),
        ("Họ và tên", "Bắt buộc. Cả họ, đệm và tên trong một ô.", 28),
        ("Quan hệ với chủ hộ", "Chủ hộ, vợ, chồng, con, bố, mẹ, ông, bà, cháu, anh, chị, em, khác.", 20),
        ("Ngày sinh", "Bắt buộc ít nhất năm sinh. 05/09/1965 hoặc 1965. Năm Cánh chỉ lưu năm.", 14),
        ("Giới tính", "Nam hoặc Nữ.", 10),
        ("Thôn", "Tên thôn đã có trong Năm Cánh.", 22),
    ),
    Kind.CLASS: (
        ("STT", "Số thứ tự, để trống cũng được.", 6),
        ("Mã HS", "Mã của trường, chỉ để nhận ra cùng một em khi nhập lại, không được lưu.", 14),
        ("Họ và tên", "Bắt buộc. Cả họ, đệm và tên trong một ô.", 28),
        ("Ngày sinh", "Bắt buộc ít nhất năm sinh. 05/09/2013 hoặc 2013. Năm Cánh chỉ lưu năm.", 14),
        ("Giới tính", "Nam hoặc Nữ.", 10),
        ("Lớp", "Ví dụ 7A. Bỏ trống khi mỗi trang tính mang tên một lớp.", 8),
        ("Chủ hộ", "Họ tên chủ hộ của em, giúp cán bộ xã nối đúng hộ.", 28),
        ("Thôn", "Thôn em đang ở.", 22),
    ),
    Kind.STAFF: (
        ("STT", "Số thứ tự, để trống cũng được.", 6),
        ("Họ và tên", "Bắt buộc. Cả họ, đệm và tên trong một ô.", 28),
        ("Năm sinh", "Nên có, để phân biệt người trùng tên.", 10),
        ("Chức vụ", "Giáo viên, Tổ trưởng, Thành viên, Cán bộ …", 22),
        ("Đơn vị", "Trường, tổ công nghệ số cộng đồng, hoặc cơ quan.", 30),
        ("Phụ trách", "Lớp hoặc thôn người ấy trông: «Lớp 7A, 7B», «Thôn Mẫu 1».", 24),
        ("Từ ngày", "Ví dụ 05/09/2026. Để trống nếu chưa rõ.", 14),
        ("Số quyết định", "Của người trong tổ: số ghi trên giấy. Để trống nếu chưa có.", 16),
        ("Ngày quyết định", "Ngày ký quyết định ấy, ví dụ 05/09/2026.", 16),
        ("Diện tham gia", "Của người trong tổ: người của thôn, đoàn viên, hoặc người của doanh nghiệp.", 22),
        ("Doanh nghiệp, chi đoàn", "Tên doanh nghiệp cử người, hoặc chi đoàn.", 26),
    ),
}
_NAMES = {
    Kind.VILLAGES: "Danh sách thôn",
    Kind.HOUSEHOLDS: "Danh sách hộ",
    Kind.CLASS: "Danh sách lớp",
    Kind.STAFF: "Danh sách cán bộ",
}
_ADVICE = (
    "Mỗi người (hoặc mỗi thôn) một dòng, ngay dưới dòng tiêu đề. Không gộp ô, không dùng công thức.",
    "Không ghi số căn cước, số điện thoại, dân tộc, tôn giáo: Năm Cánh không lưu những thứ đó.",
    "Lưu tệp kiểu .xlsx. Khi nhập, Năm Cánh cho xem trước và chỉ ra từng dòng cần sửa; chưa lưu gì cho đến khi đồng ý.",
    "Sửa xong nhập lại cả tệp: người đã có được cập nhật, không bị ghi hai lần.",
)


def list_template(kind: Kind) -> bytes:
    """An empty list with guidance on a second page; its columns keep codes as text."""
    columns = _COLUMNS[kind]
    empty = WrittenPage(
        name=_NAMES[kind],
        header=[name for name, _, _ in columns],
        rows=(),
        widths=[width for _, _, width in columns],
        empty_lines=_EMPTY_LINES,
    )
    guidance: list[Sequence[Value]] = [(name, how) for name, how, _ in columns]
    guidance += [("", "")] + [("•", line) for line in _ADVICE]
    return write_workbook([empty, WrittenPage("Hướng dẫn", ("Cột", "Cách ghi"), guidance, widths=(24, 100))])


def rows_to_mend(sheets: Sequence[Sheet], reading: Reading[Row]) -> bytes:
    """The rows with errors as they were sent, each with its faults and cures: mended, the file can be sent in again.

    Where a row leans on the rows above it (a household code written once, groups under headings) the whole page is given.
    """
    faults: dict[tuple[str, int], list[Problem]] = {}
    for problem in reading.problems:
        if problem.level is Level.ERROR:
            faults.setdefault((problem.sheet, problem.row), []).append(problem)
    pages = [page for sheet in sheets if (page := None if sheet.hidden else find_page(sheet))]
    written = [
        _mending_page(page, faults, reading.kind) for page in pages if any(s == page.sheet.name for s, _ in faults)
    ]
    return write_workbook(written or [WrittenPage("Không có lỗi", (ROW, FAULT, MEND), ())])


def problem_list(reading: Reading[Row]) -> bytes:
    """Every problem on one page, without a word of the rows themselves but what the sentences say."""
    rows: list[Sequence[Value]] = [
        (p.sheet, p.row or None, p.column, "Lỗi" if p.level is Level.ERROR else "Lưu ý", p.what, p.mend)
        for p in reading.problems
    ]
    header = ("Trang", ROW, "Cột", "Mức", "Vấn đề", MEND)
    return write_workbook([WrittenPage("Cần xem lại", header, rows, widths=(16, 8, 18, 8, 60, 60))])


def _mending_page(page: Page, faults: dict[tuple[str, int], list[Problem]], kind: Kind) -> WrittenPage:
    sheet = page.sheet
    faulty = [row for name, row in faults if name == sheet.name]
    left_out = {column for meaning in NEVER_KEPT for column in page.places.get(meaning, ())}
    columns = [column for column in range(1, sheet.width + 1) if column not in left_out]
    whole = kind is Kind.HOUSEHOLDS and any(not page.cell(row, Meaning.HOUSEHOLD) for row in faulty)
    header_lines = [row for row in range(page.header_row, page.first_row) if not is_column_numbers(sheet, row)]
    *above, header = [[sheet.cell(row, column).text for column in columns] for row in header_lines]
    rows: list[Sequence[Value]] = []
    for row in range(page.first_row, len(sheet.rows) + 1) if whole else sorted(faulty):
        told = faults.get((sheet.name, row), [])
        said = (row, "; ".join(p.what for p in told), " ".join(dict.fromkeys(p.mend for p in told))) if told else ()
        cells = [sheet.cell(row, column) if whole else sheet.shown(row, column) for column in columns]
        rows.append([*map(_as_sent, cells), *said])
    return WrittenPage(
        name=sheet.name,
        header=[*header, ROW, FAULT, MEND],
        rows=rows,
        titles=page.titles,
        above=above,
        widths=[16] * len(columns) + [8, 60, 60],
        marked=frozenset({FAULT, MEND}),
    )


def _as_sent(cell: Cell) -> Value:
    return cell.text or None
