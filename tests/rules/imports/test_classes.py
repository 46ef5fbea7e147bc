"""Class lists in the layouts schools use."""

from dataclasses import replace

import pytest

from lms.documents.tables import read_tables
from lms.imports.classes import read_class
from lms.imports.kinds import guess_kind
from lms.imports.problems import Kind
from tests.rules.imports.listing import CONTEXT, VILLAGES, names, sheet, told

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính"]


def test_a_class_a_page():
    reading = read_class(
        [
            sheet(HEADER, [1, "Lê Văn An", "05/09/2013", "Nam"], name="6A1"),
            sheet(HEADER, [1, "Hà Thị Bình", "2013", "Nữ"], name="Lớp 7 B"),
        ],
        CONTEXT,
    )
    assert [(row.full_name, row.class_name) for row in reading.rows] == [("Lê Văn An", "6A1"), ("Hà Thị Bình", "7B")]


def test_the_class_as_a_column_and_as_a_heading():
    column = sheet(["Lớp", "Họ và tên", "Năm sinh"], ["7a", "Lê Văn An", 2013], ["Lớp 8B", "Hà Thị Bình", 2012])
    assert [row.class_name for row in read_class([column], CONTEXT).rows] == ["7A", "8B"]
    heading = sheet(
        HEADER, ["Lớp 7A"], [1, "Lê Văn An", "2013", "Nam"], ["Lớp 7B: 30 em"], [1, "Hà Thị Bình", "2013", "Nữ"]
    )
    assert [row.class_name[:2] for row in read_class([heading], CONTEXT).rows] == ["7A", "7B"]


def test_one_header_over_two_name_columns():
    merged = sheet(
        ["STT", "Họ và tên", "", "Ngày sinh"],
        [1, "Lê Văn", "An", "05/09/2013"],
        [2, "Hà Thị", "Bình", "06/09/2013"],
        merged=((1, 2, 1, 3),),
    )
    plain = sheet(
        ["STT", "Họ và tên", "", "Ngày sinh"], [1, "Lê Văn", "An", "05/09/2013"], [2, "Hà Thị", "Bình", "06/09/2013"]
    )
    three = sheet(["Họ", "Tên đệm", "Tên", "Năm sinh"], ["Lê", "Văn", "An", 2013], ["Hà", "Thị", "Bình", 2013])
    beside = sheet(["Họ và tên", "Tên", "Năm sinh"], ["Lê Văn", "An", 2013], ["Hà Thị", "Bình", 2013])
    for page in (merged, plain, three, beside):
        assert names(read_class([page], CONTEXT)) == ["Lê Văn An", "Hà Thị Bình"]


def test_the_name_alone_under_ten():
    assert names(read_class([sheet(["TT", "Tên", "Năm sinh"], [1, "Lê Văn An", 2013])], CONTEXT)) == ["Lê Văn An"]


def test_school_class_and_year_from_the_titles():
    reading = read_class(
        [
            sheet(
                ["PHÒNG GD&ĐT"],
                ["Trường THCS Mẫu số 2 - Danh sách học sinh"],
                ["Lớp: 9A  Năm học: 2026-2027"],
                HEADER,
                [1, "Lê Văn An", "05/09/2012", "Nam"],
            )
        ],
        CONTEXT,
    )
    row = reading.rows[0]
    assert (row.school, row.class_name, row.school_year) == ("Trường THCS Mẫu số 2", "9A", "2026–2027")


def test_parents_are_not_pupils():
    reading = read_class(
        [
            sheet(
                ["Họ tên cha", "Họ tên mẹ", "Họ và tên", "Năm sinh", "SĐT phụ huynh"],
                ["Lê Văn Ba", "Trần Thị Tư", "Lê Văn An", 2013, "0912 345 678"],
            )
        ],
        CONTEXT,
    )
    assert names(reading) == ["Lê Văn An"] and not reading.problems
    assert set(reading.pages[0].unused) == {"Họ tên cha", "Họ tên mẹ", "SĐT phụ huynh"}


def test_identity_numbers_are_dropped_and_said_so():
    reading = read_class(
        [sheet(["Mã định danh", "Họ và tên", "Năm sinh"], ["038213001234", "Lê Văn An", 2013])], CONTEXT
    )
    assert reading.pages[0].never_kept == ("Mã định danh",) and "038213001234" not in repr(reading)


def test_one_name_and_day_with_two_codes_stay_two():
    page = sheet(["Mã HS", "Họ và tên", "Ngày sinh"], [1, "Lê Văn An", "05/09/2013"], [2, "Lê Văn An", "05/09/2013"])
    reading = read_class([page], CONTEXT)
    assert len(reading.rows) == 2 and told(reading, "same-person-hint") == [3] and not reading.errors


def test_a_village_that_is_not_known_does_not_keep_a_pupil_out():
    known = replace(CONTEXT, villages=VILLAGES, commune_id=3)
    reading = read_class(
        [
            sheet(
                [*HEADER, "Thôn"],
                [1, "Lê Văn An", "2013", "Nam", "Thôn Lạ"],
                [2, "Hà Thị Bình", "2013", "Nữ", "Thôn Mẫu 2"],
            )
        ],
        known,
    )
    assert [row.village_id for row in reading.rows] == [None, 32] and told(reading, "unit-unknown") == [2]


def test_next_year_in_another_class_the_same_pupil_is_found():
    first = read_class([sheet(HEADER, [1, "Lê Văn An", "05/09/2013", "Nam"], name="7A")], CONTEXT).rows[0]
    later = read_class([sheet(HEADER, [1, "Lê Văn An", "5.9.2013", "Nam"], name="8A")], CONTEXT).rows[0]
    assert first.source_key != later.source_key and set(first.other_keys) & set(later.other_keys)


def test_a_corrected_birth_day_is_the_same_pupil():
    first = read_class([sheet(["Mã HS", *HEADER], [7, 1, "Lê Văn An", "05/09/2013", "Nam"], name="7A")], CONTEXT).rows[
        0
    ]
    later = read_class(
        [sheet(["Mã HS", *HEADER], ["7", 1, "Lê Văn An", "05/09/2014", "Nam"], name="7A")], CONTEXT
    ).rows[0]
    assert set(first.other_keys) & set(later.other_keys)


def test_homonyms_do_not_share_a_key():
    rows = read_class(
        [sheet(HEADER, [1, "Lê Văn An", "05/09/2013", "Nam"], [2, "Lê Văn An", "06/10/2013", "Nam"], name="7A")],
        CONTEXT,
    ).rows
    assert not {rows[0].source_key, *rows[0].other_keys} & {rows[1].source_key, *rows[1].other_keys}


def test_footers_of_schools():
    reading = read_class(
        [
            sheet(
                HEADER,
                [1, "Lê Văn An", "2013", "Nam"],
                ["", "Danh sách này có 01 học sinh"],
                ["", "Giáo viên chủ nhiệm", "", "Hiệu trưởng"],
                ["", "(Ký, ghi rõ họ tên)"],
                ["", "Nguyễn Thị Mai", "", "Cao Văn Bảy"],
            )
        ],
        CONTEXT,
    )
    assert names(reading) == ["Lê Văn An"] and not reading.errors


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_a_text_list_end_to_end(encoding):
    text = "TT;Họ, tên;Sinh ngày;Nữ\r\n1;Đinh Văn Đạt;27/11/2013;\r\n2;Lâm Ngân;1/2/2014;x\r\n"
    if encoding == "cp1258":
        content = text.replace("ọ", "o\u0323").replace("ữ", "ư\u0303").replace("ạ", "a\u0323").encode("cp1258")
    else:
        content = text.encode(encoding)
    sheets = read_tables("7A.csv", content)
    assert guess_kind(sheets) is Kind.CLASS
    assert [(row.full_name, row.gender, row.class_name) for row in read_class(sheets, CONTEXT).rows] == [
        ("Đinh Văn Đạt", "nam", "7A"),
        ("Lâm Ngân", "nu", "7A"),
    ]
