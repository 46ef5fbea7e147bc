"""Honest files in every dress: what stands on the page comes out as plain cells."""

import codecs
import unicodedata
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from lms.documents.tables import read_tables
from tests.documents.books import book, table_book

TABLE = [
    ["Họ và tên", "Ngày sinh", "Thôn"],
    ["Đặng Thị Ước", "05/09/2013", "Thôn Mẫu 1"],
    ["Nguyễn Văn Hoà", "1950", "Thôn Mẫu 2"],
]


def texts(sheets):
    return [[cell.text for cell in row] for row in sheets[0].rows]


def saved(workbook):
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def old_office(text):
    """As Windows-1258 writes: the letter, then its tone."""
    out = []
    for sign in unicodedata.normalize("NFC", text):
        try:
            out.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out.append((letter + tone).encode("cp1258"))
    return b"".join(out)


def lines(separator):
    return "\r\n".join(separator.join(row) for row in TABLE) + "\r\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: codecs.BOM_UTF8 + text.encode("utf-8"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: unicodedata.normalize("NFD", text).encode("utf-8"),
        old_office,
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le", "utf-16-be", "utf-8-nfd", "windows-1258"],
)
def test_text_lists_of_every_encoding_and_separator(separator, encode):
    assert texts(read_tables("danh-sach.csv", encode(lines(separator)))) == TABLE


def test_tab_separated_text_of_excel():
    assert texts(read_tables("DS.TXT", lines("\t").encode("utf-16"))) == TABLE
    assert texts(read_tables("ds.tsv", lines("\t").encode())) == TABLE


def test_excels_own_separator_line_and_quotes():
    text = 'sep=;\nHọ tên;Ghi chú\n"Lê; Thị Hà";"hai\ndòng"\n'
    assert texts(read_tables("a.csv", text.encode())) == [["Họ tên", "Ghi chú"], ["Lê; Thị Hà", "hai dòng"]]


def test_a_formula_in_text_is_marked_and_not_taken():
    cell = read_tables("a.csv", "Họ tên;Xã\n=1+1;Mẫu\n".encode())[0].cell(2, 1)
    assert cell.formula and cell.text == "" and cell


def test_a_broken_letter_stays_visible():
    content = ("Họ tên;Thôn\n" + "Nguyễn Thị Ước;Thôn Mẫu\n" * 20).encode() + b"L\xff Th\xc3\xad;Th\xc3\xb4n\n"
    assert read_tables("a.csv", content)[0].cell(22, 1).text == "L\ufffd Thí"


def test_the_page_as_excel_saves_it():
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = "Lớp 7A"
    page.append(["DANH SÁCH"])
    page.append(["Mã", "Ngày", "Số", "Đúng", "Lỗi", "Công thức", "Tên"])
    page.append(
        [20260001, datetime(2013, 11, 27), 3.5, True, "#N/A", "=1+1", unicodedata.normalize("NFD", " Lê  Hương ")]
    )
    page.merge_cells("A1:G1")
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    workbook.create_sheet("Ẩn").sheet_state = "hidden"
    first, second = read_tables("a.xlsx", saved(workbook))
    assert [cell.text for cell in first.rows[2]] == ["20260001", "27/11/2013", "3,5", "có", "#N/A", "", "Lê Hương"]
    assert [cell.kind for cell in first.rows[2]][:5] == ["number", "date", "number", "bool", "error"]
    assert first.cell(3, 2).day == date(2013, 11, 27)
    assert first.cell(3, 6).formula and not first.cell(3, 7).formula
    assert (first.name, first.hidden_rows, first.hidden_columns) == ("Lớp 7A", {3}, {3})
    assert first.shown(1, 7).text == "DANH SÁCH" and first.cell(1, 7).text == ""
    assert second.hidden and not first.hidden


def test_days_counted_from_1904():
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active.append([datetime(2013, 11, 27)])
    assert read_tables("a.xlsx", saved(workbook))[0].cell(1, 1).day == date(2013, 11, 27)


@pytest.mark.parametrize("style", ["dd/mm/yyyy", "d-mmm-yy", "[$-42A]dd mmmm yyyy;@", 'yyyy"năm"'])
def test_day_styles(style):
    workbook = openpyxl.Workbook()
    workbook.active.append([30286])
    workbook.active["A1"].number_format = style
    assert read_tables("a.xlsx", saved(workbook))[0].cell(1, 1).day == date(1982, 12, 1)


@pytest.mark.parametrize("style", ["General", "0", '0 "ngày"', "#,##0"])
def test_numbers_that_only_mention_a_day(style):
    workbook = openpyxl.Workbook()
    workbook.active.append([30286])
    workbook.active["A1"].number_format = style
    assert read_tables("a.xlsx", saved(workbook))[0].cell(1, 1).text == "30286"


def test_empty_coloured_rows_at_the_end_of_the_page_do_no_harm():
    body = (
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Tên</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="3"/></row></sheetData>'
    )
    assert texts(read_tables("a.xlsx", book(body))) == [["Tên"]]


def test_cells_without_addresses_and_rich_text():
    body = "<sheetData><row><c><v>1</v></c><c t='inlineStr'><is><r><t>Lê </t></r><r><t>Hà</t></r><rPh><t>x</t></rPh></is></c></row></sheetData>"
    assert texts(read_tables("a.xlsx", book(body))) == [["1", "Lê Hà"]]


def test_files_on_disk(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(table_book(TABLE))
    assert texts(read_tables("a.xlsx", path)) == TABLE
