"""Layouts met in real offices after the first readers were written: each is read by what it means."""

from dataclasses import replace

import pytest

from lms.documents.delimited import decode
from lms.imports.births import read_birth
from lms.imports.households import read_households
from lms.imports.kinds import guess_kind
from lms.imports.problems import Kind
from lms.imports.villages import read_villages
from lms.vietnamese import clean
from tests.rules.imports.listing import CONTEXT, TODAY, VILLAGES, cell, names, sheet, told

HERE = replace(CONTEXT, villages=VILLAGES, commune_id=3)
HEADER = ["Mã hộ", "Họ và tên", "Quan hệ", "Năm sinh", "Thôn"]


def places(reading):
    return [row.village for row in reading.rows]


def test_a_village_written_once_holds_for_the_whole_household():
    rows = (
        ["1", "Lê Văn Ba", "Chủ hộ", 1970, "Thôn Mẫu 1"],
        ["", "Trần Thị Tư", "Vợ", 1972, ""],
        ["1", "Lê Văn An", "Con", 2013, ""],
        ["2", "Hồ Thị Hoa", "Chủ hộ", "", "Thôn Mẫu 2"],
        ["", "Hồ Văn Năm", "Con", 2001, ""],
        ["3", "Hà Văn Sáu", "Chủ hộ", 1980, ""],
    )
    reading = read_households([sheet(HEADER, *rows)], HERE)
    assert places(reading) == ["Thôn Mẫu 1"] * 3 + ["Thôn Mẫu 2"]
    assert told(reading, "village-missing") == [7], "another household does not stand where the one above does"


def test_a_head_named_only_in_the_column_of_heads_is_a_member_too():
    header = ["STT", "Họ tên chủ hộ", "Họ và tên thành viên", "Quan hệ", "Năm sinh", "Thôn"]
    rows = ([1, "Lê Văn Ba", "", "", 1970, "Thôn Mẫu 1"], ["", "", "Trần Thị Tư", "Vợ", 1972, ""])
    reading = read_households([sheet(header, *rows)], HERE)
    assert [(row.full_name, row.relation) for row in reading.rows] == [
        ("Lê Văn Ba", "chu-ho"),
        ("Trần Thị Tư", "vo-chong"),
    ]
    assert len({row.household_key for row in reading.rows}) == 1 and not reading.errors


def test_family_name_beside_the_rest_of_the_name():
    header = ["Mã hộ", "Họ", "Tên đệm và tên", "Quan hệ", "Năm sinh", "Thôn"]
    reading = read_households([sheet(header, ["1", "Lê", "Văn Ba", "Chủ hộ", 1970, "Mẫu 1"])], HERE)
    assert names(reading) == ["Lê Văn Ba"]


def test_a_village_typed_without_accents_with_its_noun():
    rows = (["1", "Le Van Ba", "Chu ho", 1970, "Thon Mau 2"],)
    assert places(read_households([sheet(HEADER, *rows)], HERE)) == ["Thôn Mẫu 2"]


def test_a_page_called_by_its_village_alone():
    reading = read_households([sheet(HEADER[:4], ["1", "Lê Văn Ba", "Chủ hộ", 1970], name="Mẫu 2")], HERE)
    assert places(reading) == ["Thôn Mẫu 2"]


def test_a_list_of_heads_is_a_list_of_households():
    heads = sheet(["STT", "Họ, tên chủ hộ", "Năm sinh", "Số khẩu", "Thôn"], [1, "Lê Văn Ba", 1970, 3, "Mẫu 1"])
    assert guess_kind([heads]) is Kind.HOUSEHOLDS


@pytest.mark.parametrize("written", ["1970.0", "1970,0", "02/03/1970.", "'02/03/1970", "1970 (56 tuổi)", "02-03-1970 "])
def test_births_as_other_programs_leave_them(written):
    assert read_birth(cell(written), TODAY).year == 1970


def test_villages_with_the_commune_written_once():
    rows = (["Ngọc Liên", "Thôn A"], ["", "Thôn B"], ["Ngọc Lặc", "Thôn C"], ["", "Thôn D"])
    reading = read_villages([sheet(["Xã", "Thôn"], *rows)], CONTEXT)
    assert [row.commune_id for row in reading.rows] == [3, 3, 1, 1] and told(reading, "commune-as-above") == [3]


def test_villages_in_one_column_or_by_number():
    assert [row.name for row in read_villages([sheet(["Thôn"], ["Thôn A"], ["Bản B"])], HERE).rows] == [
        "Thôn A",
        "Bản B",
    ]
    numbered = sheet(["Thôn số", "Số hộ"], [1, 20], [2, 30])
    assert [row.name for row in read_villages([numbered], HERE).rows] == ["Thôn 1", "Thôn 2"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_and_with_detached_accents(encoding):
    text = "Mã hộ,Họ và tên\n1,Nguyễn Thị Hà\n" * 5
    assert clean(decode("Ho\u0300a, Ma\u0303 ho\u0323\u0302\n".encode(encoding) + text.encode(encoding))).startswith(
        "Hòa"
    )
