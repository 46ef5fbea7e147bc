"""Empty lists and rows to mend: what we give out, we must be able to take in."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from lms.documents.list_forms import FAULT, list_template, problem_list, rows_to_mend
from lms.documents.tables import read_tables
from lms.imports.classes import read_class
from lms.imports.households import read_households
from lms.imports.kinds import guess_kind
from lms.imports.problems import Kind
from lms.imports.staff import read_staff
from lms.imports.villages import read_villages
from tests.rules.imports.listing import CONTEXT, sample, sheet

READERS = {
    Kind.VILLAGES: read_villages,
    Kind.HOUSEHOLDS: read_households,
    Kind.CLASS: read_class,
    Kind.STAFF: read_staff,
}
FILLED = {
    Kind.VILLAGES: ["1", "Ngọc Liên", "Thôn Mẫu 1", "81", "Lê Văn Ba"],
    Kind.HOUSEHOLDS: ["1", "0012", "Lê Văn Ba", "Chủ hộ", "05/09/1965", "Nam", "Thôn Mẫu 1"],
    Kind.CLASS: ["1", "0012", "Lê Văn An", "05/09/2013", "Nam", "7A", "Lê Văn Ba", "Thôn Mẫu 1"],
    Kind.STAFF: ["1", "Lê Thị Hoa", "1990", "Giáo viên", "Trường THCS Mẫu số 1", "Lớp 7A", "05/09/2026"],
}


@pytest.mark.parametrize("kind", Kind)
def test_a_template_filled_in_is_read_whole(kind):
    workbook = openpyxl.load_workbook(BytesIO(list_template(kind)))
    for column, text in enumerate(FILLED[kind], start=1):
        workbook.worksheets[0].cell(2, column, text)
    out = BytesIO()
    workbook.save(out)
    sheets = read_tables("mau.xlsx", out.getvalue())
    assert guess_kind(sheets) is kind
    reading = READERS[kind](sheets, CONTEXT)
    assert len(reading.rows) == 1 and not reading.errors
    assert len(reading.pages[0].used) >= len(FILLED[kind]) - 1


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_template_is_an_empty_list(kind):
    sheets = read_tables("mau.xlsx", list_template(kind))
    assert guess_kind(sheets) is kind
    assert READERS[kind](sheets, CONTEXT).rows == ()


def test_rows_to_mend_of_the_sample_say_what_is_wrong():
    sheets = sample("ho-gia-dinh.xlsx")
    reading = read_households(sheets, CONTEXT)
    given = read_tables("sua.xlsx", rows_to_mend(sheets, reading))
    lines = [[cell.text for cell in row] for row in given[0].rows]
    header = next(line for line in lines if FAULT in line)
    body = lines[lines.index(header) + 1 :]
    assert [line[header.index("Dòng")] for line in body] == ["19", "26", "27", "38", "87"]
    assert "31/02/1979" in body[-1][header.index(FAULT)]
    again = read_households(given, CONTEXT)
    assert len(again.errors) == 5 and again.pages[0].used == reading.pages[0].used


def test_a_mended_row_sent_alone_belongs_to_its_household():
    sheets = sample("ho-gia-dinh.xlsx")
    reading = read_households(sheets, CONTEXT)
    workbook = openpyxl.load_workbook(BytesIO(rows_to_mend(sheets, reading)))
    page = workbook.worksheets[0]
    for row in page.iter_rows():
        for cell in row:
            if cell.value == "31/02/1979":
                cell.value = "28/02/1979"
    out = BytesIO()
    workbook.save(out)
    mended = read_households(read_tables("sua.xlsx", out.getvalue()), CONTEXT)
    household = next(row.household_key for row in reading.rows if row.household_code == "NL-027")
    assert [(row.full_name, row.household_key) for row in mended.rows] == [("Đỗ Xuân Long", household)]


def test_a_code_written_once_gives_the_whole_page_back():
    page = sheet(
        ["Mã hộ", "Họ và tên", "Quan hệ", "Năm sinh"],
        ["A1", "Lê Văn Ba", "Chủ hộ", 1960],
        ["", "Trần Thị Tư", "Vợ", "xx"],
    )
    reading = read_households([page], CONTEXT)
    given = read_tables("sua.xlsx", rows_to_mend([page], reading))
    assert [row.full_name for row in read_households(given, CONTEXT).rows] == ["Lê Văn Ba"]


def test_headers_of_two_lines_survive():
    page = sheet(
        ["TT", "Họ và tên", "", "Ngày sinh", "", ""],
        ["", "", "", "Ngày", "Tháng", "Năm"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Lê Văn", "An", 31, 2, 2013],
        [2, "Hà Thị", "Bình", 1, 2, 2013],
        merged=((1, 2, 2, 3), (1, 4, 1, 6), (1, 1, 2, 1)),
    )
    reading = read_class([page], CONTEXT)
    assert [row.full_name for row in reading.rows] == ["Hà Thị Bình"]
    again = read_class(read_tables("sua.xlsx", rows_to_mend([page], reading)), CONTEXT)
    assert [problem.code for problem in again.errors] == ["birth-no-such-day"]


def test_numbers_that_are_never_kept_are_not_given_back_either():
    page = sheet(["CCCD", "Họ và tên", "Năm sinh"], ["038213001234", "Lê Văn An", "xx"])
    assert b"038213001234" not in _unpacked(rows_to_mend([page], read_class([page], CONTEXT)))


def test_a_list_of_all_problems():
    reading = read_class(sample("lop-7a.xlsx"), CONTEXT)
    page = read_tables("van-de.xlsx", problem_list(reading))[0]
    assert len(page.rows) == len(reading.problems) + 1
    assert [cell.text for cell in page.rows[0]] == ["Trang", "Dòng", "Cột", "Mức", "Vấn đề", "Cách sửa"]


def test_nothing_to_mend():
    page = sheet(["Họ và tên", "Năm sinh"], ["Lê Văn An", 2013])
    assert read_tables("sua.xlsx", rows_to_mend([page], read_class([page], CONTEXT)))[0].name == "Không có lỗi"


def _unpacked(content):
    with ZipFile(BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())
