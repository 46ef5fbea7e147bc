"""Workbooks that go out: text stays text in every reader."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from lms.documents.tables import read_tables
from lms.documents.workbooks import WrittenPage, write_workbook

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://x.example","Bấm")',
    "+84912345678",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\tx",
    "http://x.example",
    "'x",
]


def written(*rows, **more):
    return write_workbook([WrittenPage("Trang", ("Giá trị", "Khác"), rows, **more)])


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_becomes_a_formula_or_a_link(text):
    content = written((text, "x"))
    cell = openpyxl.load_workbook(BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    assert CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1][0] == text


def test_signs_that_begin_a_formula_keep_their_quote_when_edited():
    page = openpyxl.load_workbook(BytesIO(written(("=1+1", "Lê")))).active
    assert page["A2"].quotePrefix and not page["B2"].quotePrefix


def test_codes_keep_their_zeros_and_days_are_written_as_people_do():
    sheet = read_tables("a.xlsx", written(("0012", date(2026, 9, 5)), (12, None), (1.5, "Đặng")))[0]
    assert [[cell.text for cell in row] for row in sheet.rows[1:]] == [["0012", "05/09/2026"], ["12"], ["1,5", "Đặng"]]


def test_names_of_pages_are_made_fit():
    pages = [WrittenPage(name, ("a",), ()) for name in ("Lớp 7A/7B: [mới]?", "x" * 50, "X" * 50, "")]
    names = openpyxl.load_workbook(BytesIO(write_workbook(pages))).sheetnames
    assert (
        len(names) == 4 and len({name.casefold() for name in names}) == 4 and all(0 < len(name) <= 31 for name in names)
    )


def test_the_same_rows_give_the_same_bytes():
    assert written(("a", 1)) == written(("a", 1))
