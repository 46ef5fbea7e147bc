"""Household lists in the layouts offices use."""

from dataclasses import replace
from datetime import date

import pytest

from lms.imports.households import read_households
from tests.rules.imports.listing import CONTEXT, VILLAGES, sheet, told

HERE = replace(CONTEXT, villages=VILLAGES, commune_id=3)


def homes(reading):
    """Household by household: the names, the head first as told."""
    found = {}
    for row in reading.rows:
        found.setdefault(row.household_key, []).append(row.full_name)
    return list(found.values())


TWO_HOMES = [["Lê Văn Ba", "Trần Thị Tư"], ["Hồ Thị Hoa", "Lê Văn An"]]


def test_columns_in_any_order_under_any_words():
    reading = read_households(
        [
            sheet(
                ["ỦY BAN NHÂN DÂN XÃ NGỌC LIÊN"],
                [],
                [
                    "Năm sinh",
                    "Nữ (x)",
                    "QH với chủ hộ",
                    "Họ tên nhân khẩu",
                    "Thôn/bản/khu phố",
                    "Số CCCD",
                    "Dân tộc",
                    "Số hộ",
                    "TT",
                ],
                ["1960", "", "chủ hộ", "Lê Văn Ba", "mẫu 1", "038060001234", "Mường", 7, 1],
                ["1965", "x", "vợ", "Trần Thị Tư", "Thôn Mẫu 01", "038165001234", "Kinh", 7, 2],
                [1980, "x", "CH", "Hồ Thị Hoa", "Thôn Mẫu 2", "", "", 8, 3],
                ["2010", "", "con trai", "Lê Văn An", "Thôn Mẫu 2", "", "", 8, 4],
            )
        ],
        HERE,
    )
    assert homes(reading) == TWO_HOMES and not reading.errors
    assert [(row.gender, row.birth_year, row.relation, row.village_id) for row in reading.rows] == [
        ("nam", 1960, "chu-ho", 31),
        ("nu", 1965, "vo-chong", 31),
        ("nu", 1980, "chu-ho", 32),
        ("nam", 2010, "con", 32),
    ]
    assert reading.pages[0].never_kept == ("Số CCCD", "Dân tộc")
    assert "038060001234" not in repr(reading)


def test_code_only_on_the_heads_row():
    reading = read_households(
        [
            sheet(
                ["STT", "Mã hộ", "Họ và tên", "Quan hệ", "Năm sinh"],
                [1, "A1", "Lê Văn Ba", "Chủ hộ", 1960],
                ["", "", "Trần Thị Tư", "Vợ", 1965],
                [2, "A2", "Hồ Thị Hoa", "Chủ hộ", 1980],
                ["", "", "Lê Văn An", "Con", 2010],
            )
        ],
        CONTEXT,
    )
    assert homes(reading) == TWO_HOMES and [row.household_code for row in reading.rows] == ["A1", "A1", "A2", "A2"]


def test_code_in_merged_cells():
    page = sheet(
        ["Hộ số", "Họ và tên", "Quan hệ", "Năm sinh"],
        [1, "Lê Văn Ba", "Chủ hộ", 1960],
        ["", "Trần Thị Tư", "Vợ", 1965],
        [2, "Hồ Thị Hoa", "Chủ hộ", 1980],
        ["", "Lê Văn An", "Con", 2010],
        merged=((2, 1, 3, 1), (4, 1, 5, 1)),
    )
    assert homes(read_households([page], CONTEXT)) == TWO_HOMES


def test_no_code_at_all_a_head_begins_a_household():
    reading = read_households(
        [
            sheet(
                ["Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh"],
                ["Lê Văn Ba", "Chủ hộ", date(1960, 5, 1)],
                ["Trần Thị Tư", "Vợ", "1965"],
                ["Hồ Thị Hoa", "Chủ hộ", "03/1980"],
                ["Lê Văn An", "Con", "00/00/2010"],
            )
        ],
        CONTEXT,
    )
    assert homes(reading) == TWO_HOMES and [row.birth_year for row in reading.rows] == [1960, 1965, 1980, 2010]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hộ số 1: Lê Văn Ba", "Hộ số 2: Hồ Thị Hoa"),
        ("1. Hộ ông Lê Văn Ba", "2. Hộ bà Hồ Thị Hoa"),
        ("Mã hộ: NL-01 – Chủ hộ: Lê Văn Ba", "Mã hộ: NL-02 – Chủ hộ: Hồ Thị Hoa"),
        ("HỘ 01", "HỘ 02"),
    ],
)
def test_households_under_headings(first, second):
    reading = read_households(
        [
            sheet(
                ["TT", "Họ và tên", "Quan hệ", "Năm sinh"],
                [first],
                [1, "Lê Văn Ba", "Chủ hộ", 1960],
                [2, "Trần Thị Tư", "Vợ", 1965],
                [second],
                [1, "Hồ Thị Hoa", "Chủ hộ", 1980],
                [2, "Lê Văn An", "Con", 2010],
            )
        ],
        CONTEXT,
    )
    assert homes(reading) == TWO_HOMES and not reading.errors


def test_headings_without_any_column_of_relations():
    reading = read_households(
        [
            sheet(
                ["TT", "Họ và tên", "Năm sinh", "Giới tính"],
                ["Hộ số 1 - Chủ hộ: Trần Thị Tư"],
                [1, "Lê Văn Ba", 1960, "Nam"],
                [2, "Trần Thị Tư", 1965, "Nữ"],
            )
        ],
        CONTEXT,
    )
    assert [(row.full_name, row.relation, row.household_code) for row in reading.rows] == [
        ("Lê Văn Ba", "khac", "1"),
        ("Trần Thị Tư", "chu-ho", "1"),
    ]


def test_villages_as_headings_and_as_pages():
    header = ["STT", "Mã hộ", "Họ và tên", "Quan hệ", "Năm sinh"]
    reading = read_households(
        [
            sheet(
                header,
                ["Thôn Mẫu 1"],
                [1, "1", "Lê Văn Ba", "Chủ hộ", 1960],
                ["II. Thôn Mẫu 2"],
                [1, "1", "Hồ Thị Hoa", "Chủ hộ", 1980],
            ),
            sheet(header, [1, "1", "Bùi Văn Năm", "Chủ hộ", 1970], name="Thôn Mẫu 3"),
        ],
        HERE,
    )
    assert [(row.full_name, row.village_id) for row in reading.rows] == [
        ("Lê Văn Ba", 31),
        ("Hồ Thị Hoa", 32),
        ("Bùi Văn Năm", 33),
    ]
    assert len({row.household_key for row in reading.rows}) == 3


def test_the_village_from_the_title():
    rows = (["DANH SÁCH NHÂN KHẨU THÔN MẪU 2 XÃ NGỌC LIÊN"], ["Mã hộ", "Họ tên", "Năm sinh"], [1, "Lê Văn Ba", 1960])
    assert read_households([sheet(*rows)], HERE).rows[0].village_id == 32
    assert read_households([sheet(*rows)], CONTEXT).rows[0].village == "Thôn Mẫu 2"


def test_the_village_from_an_address():
    reading = read_households(
        [sheet(["Mã hộ", "Họ tên", "Năm sinh", "Nơi ở"], [1, "Lê Văn Ba", 1960, "Số 3, Thôn Mẫu 2, Ngọc Liên"])], HERE
    )
    assert reading.rows[0].village_id == 32


def test_heads_only():
    reading = read_households(
        [
            sheet(
                ["STT", "Họ tên chủ hộ", "Năm sinh", "Số khẩu", "Thôn"],
                [1, "Lê Văn Ba", 1960, 4, "Thôn Mẫu 1"],
                [2, "Hồ Thị Hoa", 1980, 3, "Thôn Mẫu 2"],
            )
        ],
        HERE,
    )
    assert homes(reading) == [["Lê Văn Ba"], ["Hồ Thị Hoa"]] and {row.relation for row in reading.rows} == {"chu-ho"}


def test_the_heads_name_on_every_row():
    reading = read_households(
        [
            sheet(
                ["Họ và tên", "Năm sinh", "Chủ hộ"],
                ["Lê Văn Ba", 1960, "Lê Văn Ba"],
                ["Trần Thị Tư", 1965, "Lê Văn Ba"],
                ["Hồ Thị Hoa", 1980, "Hồ Thị Hoà"],
            )
        ],
        CONTEXT,
    )
    assert homes(reading) == [["Lê Văn Ba", "Trần Thị Tư"], ["Hồ Thị Hoa"]]
    assert [row.relation for row in reading.rows] == ["chu-ho", "khac", "khac"]
    assert reading.rows[2].head_name == "Hồ Thị Hoà"


def test_a_tick_for_the_head():
    reading = read_households(
        [
            sheet(
                ["Mã hộ", "Họ và tên", "Năm sinh", "Chủ hộ"],
                [1, "Lê Văn Ba", 1960, "x"],
                [1, "Trần Thị Tư", 1965, ""],
                [2, "Hồ Thị Hoa", 1980, "X"],
            )
        ],
        CONTEXT,
    )
    assert [row.relation for row in reading.rows] == ["chu-ho", "khac", "chu-ho"]


def test_birth_years_under_men_and_women():
    page = sheet(
        ["TT", "Họ và tên", "Năm sinh", "", "Quan hệ"],
        ["", "", "Nam", "Nữ", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "Lê Văn Ba", 1960, "", "Chủ hộ"],
        [2, "Trần Thị Tư", "", 1965, "Vợ"],
        merged=((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5)),
    )
    reading = read_households([page], CONTEXT)
    assert [(row.full_name, row.birth_year, row.gender) for row in reading.rows] == [
        ("Lê Văn Ba", 1960, "nam"),
        ("Trần Thị Tư", 1965, "nu"),
    ]
    assert reading.header_row == 1 and not reading.errors


def test_birth_in_three_columns_without_merged_cells():
    page = sheet(
        ["Hộ", "Họ và tên", "Ngày sinh", "", "", "Giới tính", ""],
        ["", "", "Ngày", "Tháng", "Năm", "Nam", "Nữ"],
        [1, "Lê Văn Ba", 1, 5, 1960, "x", ""],
        ["", "Trần Thị Tư", "", "", 1965, "", "x"],
        ["", "Lê Thị Sáu", 31, 2, 1990, "", "x"],
    )
    reading = read_households([page], CONTEXT)
    assert [(row.birth_year, row.gender) for row in reading.rows] == [(1960, "nam"), (1965, "nu")]
    assert told(reading, "birth-no-such-day") == [5]
