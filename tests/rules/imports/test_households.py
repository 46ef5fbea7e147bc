"""Household lists in the layouts offices use."""

from dataclasses import replace
from datetime import date

import pytest

from lms.imports.households import read_households
from lms.imports.problems import Known
from lms.imports.relations import read_relation
from lms.imports.sheets import Sheet
from lms.refusals import Refusal
from tests.rules.imports.listing import CONTEXT, VILLAGES, names, sheet, told

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


def test_same_code_in_two_villages_is_two_households():
    reading = read_households(
        [
            sheet(
                ["Thôn", "Mã hộ", "Họ tên", "Năm sinh"],
                ["Thôn Mẫu 1", 1, "Lê Văn Ba", 1960],
                ["Thôn Mẫu 2", 1, "Hồ Thị Hoa", 1980],
            )
        ],
        HERE,
    )
    assert len(homes(reading)) == 2


def test_villages_that_are_not_known():
    page = sheet(
        ["Thôn", "Mã hộ", "Họ tên", "Năm sinh"],
        ["Thôn Mẩu 1", 1, "Lê Văn Ba", 1960],
        ["Thôn Mẫu 9", 2, "Hồ Thị Hoa", 1980],
        ["", 3, "Lê Văn An", 1990],
    )
    reading = read_households([page], HERE)
    assert [(p.row, p.code) for p in reading.errors] == [(2, "unit-near"), (3, "unit-unknown"), (4, "village-missing")]
    assert "Thôn Mẫu 1" in reading.errors[0].mend.replace("phải Mẫu", "phải Thôn Mẫu")
    assert len(read_households([page], CONTEXT).rows) == 3
    assert read_households([page], replace(HERE, village_id=31)).rows[0].full_name == "Lê Văn An"


def test_one_village_name_in_two_communes():
    page = sheet(["Thôn", "Mã hộ", "Họ tên", "Năm sinh"], ["Thôn Mẫu 1", 1, "Lê Văn Ba", 1960])
    assert told(read_households([page], replace(HERE, commune_id=None)), "unit-ambiguous") == [2]
    with_commune = sheet(
        ["Xã", "Thôn", "Mã hộ", "Họ tên", "Năm sinh"], ["Minh Sơn", "Thôn Mẫu 1", 1, "Lê Văn Ba", 1960]
    )
    assert read_households([with_commune], replace(HERE, commune_id=None)).rows[0].village_id == 61


def test_two_heads_no_head_and_a_missing_relation():
    reading = read_households(
        [
            sheet(
                ["Mã hộ", "Họ tên", "Quan hệ", "Năm sinh"],
                [1, "Lê Văn Ba", "Chủ hộ", 1960],
                [1, "Trần Thị Tư", "Chủ hộ", 1965],
                [2, "Hồ Thị Hoa", "Vợ", 1980],
                [2, "Lê Văn An", "", 2010],
            )
        ],
        CONTEXT,
    )
    assert (
        told(reading, "head-twice") == [3]
        and told(reading, "head-missing") == [4]
        and told(reading, "relation-missing") == [5]
    )
    assert names(reading) == ["Lê Văn Ba", "Hồ Thị Hoa", "Lê Văn An"]


def test_twins_are_not_one_person_and_a_line_copied_is():
    reading = read_households(
        [
            sheet(
                ["Mã hộ", "Họ tên", "Ngày sinh"],
                [1, "Lê Thị Hoa", "01/05/2013"],
                [1, "Lê Thị Hoà", "01/05/2013"],
                [1, "Lê Thị Hòa", "1/5/2013"],
            )
        ],
        CONTEXT,
    )
    assert names(reading) == ["Lê Thị Hoa", "Lê Thị Hoà"] and told(reading, "person-twice") == [4]


def test_a_member_before_any_household():
    reading = read_households(
        [sheet(["Mã hộ", "Họ tên", "Quan hệ", "Năm sinh"], ["", "Lê Văn An", "Con", 2010])], CONTEXT
    )
    assert told(reading, "household-missing") == [2]


def test_a_signature_is_not_a_member():
    reading = read_households(
        [
            sheet(
                ["STT", "Mã hộ", "Họ tên", "Quan hệ", "Năm sinh"],
                [1, 1, "Lê Văn Ba", "Chủ hộ", 1960],
                [2, "", "", "", ""],
                ["", "", "Ngọc Liên, ngày 05 tháng 9 năm 2026"],
                ["", "", "NGƯỜI LẬP", "", "TM. UBND XÃ"],
                [],
                ["", "", "Lê Thị Mai"],
            )
        ],
        CONTEXT,
    )
    assert names(reading) == ["Lê Văn Ba"] and not reading.errors


def test_the_header_printed_on_every_paper_page():
    header = ["STT", "Mã hộ", "Họ tên", "Quan hệ", "Năm sinh"]
    reading = read_households(
        [sheet(header, [1, 1, "Lê Văn Ba", "Chủ hộ", 1960], header, [2, 1, "Trần Thị Tư", "Vợ", 1965])], CONTEXT
    )
    assert homes(reading) == [["Lê Văn Ba", "Trần Thị Tư"]]


def test_a_corrected_list_finds_the_same_people():
    header = ["Mã hộ", "Họ tên", "Quan hệ", "Ngày sinh"]
    before = read_households(
        [sheet(header, ["NL-1", "Lê Văn Ba", "Chủ hộ", "01/05/1960"], ["NL-1", "Tran Thi Tư", "Vợ", "02/03/1965"])],
        CONTEXT,
    )
    after = read_households(
        [
            sheet(
                ["TT", *header],
                [1, "nl 1", "LÊ VĂN BA", "Chủ hộ", date(1960, 5, 1)],
                [2, "", "Trần Thị Tư", "Vợ", "2.3.1965"],
                [3, "", "Lê Văn An", "Con", "2010"],
            )
        ],
        CONTEXT,
    )
    assert before.rows[0].source_key == after.rows[0].source_key
    assert before.rows[1].source_key != after.rows[1].source_key
    assert set(before.rows[1].other_keys) & set(after.rows[1].other_keys)
    assert not set(before.rows[1].other_keys) & set(after.rows[2].other_keys)


def test_keys_of_two_installations_differ():
    page = sheet(["Mã hộ", "Họ tên", "Năm sinh"], [1, "Lê Văn Ba", 1960])
    assert (
        read_households([page], CONTEXT).rows[0].source_key
        != read_households([page], replace(CONTEXT, salt="muối")).rows[0].source_key
    )


def test_capital_names_are_calmed_once_told():
    reading = read_households(
        [sheet(["Mã hộ", "Họ tên", "Năm sinh"], [1, "LÊ VĂN BA", 1960], [1, "TRẦN THỊ TƯ", 1965])], CONTEXT
    )
    assert names(reading) == ["Lê Văn Ba", "Trần Thị Tư"] and told(reading, "name-capitals") == [2]


@pytest.mark.parametrize("name", ["Nguy\ufffdn An", "NguyÔn V¨n §¹t", "12345", "Lê Văn An 0912345678", "-", "a" * 90])
def test_what_is_no_name(name):
    reading = read_households(
        [sheet(["Mã hộ", "Họ tên", "Năm sinh"], [1, "Lê Văn Ba", 1960], [1, name, 1965])], CONTEXT
    )
    assert [problem.row for problem in reading.errors] == [3]


def test_a_page_without_a_header_is_refused():
    with pytest.raises(Refusal) as refusal:
        read_households([sheet(["Lê Văn Ba", "1960"], ["Trần Thị Tư", "1965"])], CONTEXT)
    assert refusal.value.code == "table-no-header"


def test_hidden_pages_and_pages_of_guidance_are_passed_over():
    page = ["Mã hộ", "Họ tên", "Năm sinh"], [1, "Lê Văn Ba", 1960]
    reading = read_households(
        [
            sheet(["Hướng dẫn", "Điền mỗi người một dòng"], name="Hướng dẫn"),
            sheet(*page),
            sheet(*page, name="Cũ", hidden=True),
            Sheet("Trống", ()),
        ],
        CONTEXT,
    )
    assert names(reading) == ["Lê Văn Ba"] and [p.sheet for p in reading.problems if p.code == "sheet-not-read"] == [
        "Hướng dẫn",
        "Cũ",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chủ hộ", "chu-ho"), ("con dâu", "con"), ("Con đẻ", "con"), ("Mẹ chồng", "cha-me"), ("Bố đẻ", "cha-me"), ("Bà nội", "ong-ba"),
        ("Cháu ngoại", "chau"), ("em trai", "anh-chi-em"), ("Chị dâu", "anh-chi-em"), ("Vợ chủ hộ", "vo-chong"), ("Người ở nhờ", "khac"),
        ("Khác", "khac"), ("Hàng xóm", None), ("Conn", None), ("", None),
    ],
)  # fmt: skip
def test_relations(text, code):
    assert read_relation(text) == code


def test_known_villages_may_have_former_names():
    renamed = replace(HERE, villages=(Known(31, "Thôn Mẫu 1", within=3, former=("Thôn Cũ",)),))
    reading = read_households(
        [sheet(["Thôn", "Mã hộ", "Họ tên", "Năm sinh"], ["Thôn Cũ", 1, "Lê Văn Ba", 1960])], renamed
    )
    assert "Thôn Mẫu 1" in reading.errors[0].mend
