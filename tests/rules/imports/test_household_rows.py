"""Household lists: what is wrong in a row, what is told, and what finds the same people again."""

from dataclasses import replace
from datetime import date
from itertools import product

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


def test_one_name_in_two_households():
    header = ["Mã hộ", "Họ tên", "Ngày sinh"]
    page = sheet(
        header,
        [1, "Lê Thị Hoa", "01/05/1990"],
        [2, "Lê Thị Hoa", "01/05/1990"],
        [1, "Bùi Văn Năm", "1980"],
        [2, "Bùi Văn Năm", "02/03/1980"],
        [1, "Hà Văn Tư", "01/05/1970"],
        [2, "Hà Văn Tư", "02/05/1970"],
    )
    reading = read_households([page], CONTEXT)
    assert told(reading, "same-person-hint") == [3, 5] and told(reading, "same-name") == [7]
    hints = [problem.what for problem in reading.problems if problem.code == "same-person-hint"]
    assert "ngày sinh" in hints[0] and "năm sinh" in hints[1]
    assert len({row.source_key for row in reading.rows}) == 6


def test_a_large_list_does_not_drown_in_homonyms():
    people = [
        [n, f"Lê Văn {name}", f"01/01/{1950 + n}"]
        for n in (1, 2)
        for name in ("".join(p) for p in product("abcdeghi", repeat=3))
    ]
    reading = read_households([sheet(["Mã hộ", "Họ tên", "Ngày sinh"], *people)], CONTEXT)
    assert len(told(reading, "same-name")) == 51 and "462" in reading.problems[0].what


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


@pytest.mark.parametrize("name", ["Tống Văn Sơn", "Kỳ Hoàng Nam", "Công Thị Hoa", "Thu Trường An", "Ky Hoang Nam"])
def test_a_name_that_sounds_like_a_footer_is_a_person(name):
    page = sheet(["Mã hộ", "Họ tên", "Năm sinh"], ["1", "Lê Văn Ba", 1960], ["1", name, ""], ["1", name, 1990])
    reading = read_households([page], CONTEXT)
    assert names(reading) == ["Lê Văn Ba", name] and told(reading, "birth-missing") == [3]


def test_totals_between_groups_do_not_end_the_list():
    header = ["STT", "Họ tên", "Quan hệ", "Năm sinh"]
    page = sheet(
        header,
        ["Hộ số 1"],
        [1, "Lê Văn Ba", "Chủ hộ", 1960],
        ["", "Cộng: 1 người"],
        ["Hộ số 2"],
        [1, "Hồ Thị Hoa", "Chủ hộ", 1980],
        ["", "Tong cong 2"],
        ["", "", "Trưởng thôn"],
        ["", "Bùi Văn Năm"],
        ["Hộ số 3"],
        [1, "Hà Văn Tư", "Chủ hộ", 1970],
    )
    reading = read_households([page], CONTEXT)
    assert [(row.full_name, row.household_code) for row in reading.rows] == [
        ("Lê Văn Ba", "1"),
        ("Hồ Thị Hoa", "2"),
        ("Hà Văn Tư", "3"),
    ]
    assert told(reading, "row-total") == [4, 7] and told(reading, "row-footer") == [8, 9] and not reading.errors


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
