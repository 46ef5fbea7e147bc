"""Staff and village lists in other layouts."""

from dataclasses import replace
from datetime import date

import pytest

from lms.imports.kinds import guess_kind
from lms.imports.problems import Kind, Known
from lms.imports.staff import Position, read_position, read_staff
from lms.imports.villages import read_villages
from tests.rules.imports.listing import CONTEXT, VILLAGES, sheet, told

SITES = (Known(7, "Trường THCS Mẫu số 1", within=3),)


def test_staff_without_births_under_headings_of_their_places():
    reading = read_staff(
        [
            sheet(
                ["TT", "Họ tên", "Chức danh", "Lớp phụ trách"],
                ["I. Trường THCS Mẫu số 1"],
                [1, "Lê Thị Hoa", "GV", "7A, 8B1"],
                ["II. Tổ CNSCĐ Thôn Mẫu 2"],
                [1, "Bùi Văn Nam", "Tổ viên", ""],
            )
        ],
        replace(CONTEXT, workplaces=SITES, villages=VILLAGES, commune_id=3),
    )
    teacher, member = reading.rows
    assert (teacher.workplace_id, teacher.classes, teacher.position, teacher.birth_year) == (
        7,
        ("7A", "8B1"),
        Position.TEACHER,
        None,
    )
    assert (member.workplace, member.position) == ("Tổ CNSCĐ Thôn Mẫu 2", Position.TEAM_MEMBER)
    assert member.village_ids == (32,)


def test_schools_that_are_not_known():
    page = sheet(
        ["Họ tên", "Chức vụ", "Đơn vị"],
        ["Lê Thị Hoa", "Giáo viên", "Trường THCS Mẫu số 2"],
        ["Bùi Văn Nam", "Cán bộ", "UBND xã Ngọc Liên"],
    )
    reading = read_staff([page], replace(CONTEXT, workplaces=SITES))
    assert [problem.row for problem in reading.errors] == [2]
    assert (reading.rows[0].commune_id, reading.rows[0].position) == (3, Position.OFFICER)


def test_days_of_beginning():
    page = sheet(
        ["Họ tên", "Chức vụ", "Từ ngày"],
        ["Lê Thị Hoa", "GV", date(2026, 9, 5)],
        ["Bùi Văn Nam", "GV", "05/09/2026"],
        ["Lê Văn Ba", "GV", ""],
        ["Hà Văn Tư", "GV", "2026"],
    )
    reading = read_staff([page], CONTEXT)
    assert [row.since for row in reading.rows] == [date(2026, 9, 5), date(2026, 9, 5), None] and told(
        reading, "since-unreadable"
    ) == [5]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Giáo viên Tin học", Position.TEACHER), ("GVCN", Position.TEACHER), ("Hiệu trưởng", Position.TEACHER), ("Tổ trưởng", Position.TEAM_LEADER),
        ("tổ phó", Position.TEAM_LEADER), ("Thành viên tổ CNSCĐ", Position.TEAM_MEMBER), ("Bí thư Đoàn xã", Position.OFFICER),
        ("Cán bộ Phòng VH-XH", Position.OFFICER), ("Công chức Văn hoá – Xã hội", Position.OFFICER), ("Bảo vệ", Position.UNKNOWN),
    ],
)  # fmt: skip
def test_positions(text, position):
    assert read_position(text) is position


def test_an_unknown_position_is_noted_not_refused():
    reading = read_staff([sheet(["Họ tên", "Chức vụ"], ["Lê Thị Hoa", "Bảo vệ"])], CONTEXT)
    assert told(reading, "position-unknown") == [2] and len(reading.rows) == 1


def test_villages_of_one_commune_by_title_heading_or_choice():
    title = sheet(
        ["XÃ NGỌC LIÊN"], ["Danh sách thôn"], ["TT", "Tên thôn", "Số hộ"], [1, "Mẫu 1", "81 hộ"], [2, "5", ""]
    )
    reading = read_villages([title], CONTEXT)
    assert [(row.name, row.commune_id, row.number_of_households) for row in reading.rows] == [
        ("Mẫu 1", 3, 81),
        ("Thôn 5", 3, None),
    ]
    headings = sheet(
        ["TT", "Thôn", "Số khẩu"],
        ["I", "Xã Ngọc Liên"],
        [1, "Thôn Mẫu 1", 300],
        ["II", "Xã Minh Sơn"],
        [1, "Thôn Mẫu 1", 200],
    )
    assert [row.commune_id for row in read_villages([headings], CONTEXT).rows] == [3, 6]
    plain = sheet(["TT", "Thôn", "Số hộ"], [1, "Thôn Mẫu 1", 3])
    assert told(read_villages([plain], CONTEXT), "commune-missing") == [2]
    assert read_villages([plain], replace(CONTEXT, commune_id=6)).rows[0].commune_id == 6


def test_a_former_commune_and_a_village_known_already():
    page = sheet(
        ["Xã", "Thôn", "Số hộ"],
        ["Vân Am", "Thôn Mẫu 1", 3],
        ["xã Ngọc Liên", "thôn mẫu 01", 81],
        ["ngoc lien", "Thôn Mẫu 8", "x"],
    )
    reading = read_villages([page], replace(CONTEXT, villages=VILLAGES))
    assert told(reading, "unit-former") == [2] and told(reading, "count-unreadable") == [4]
    assert [row.village_id for row in reading.rows] == [31, None]


def test_the_same_village_written_twice_in_two_ways():
    page = sheet(
        ["Xã", "Thôn", "Số hộ"],
        ["Ngọc Liên", "Thôn Hoà Bình", 3],
        ["Ngọc Liên", "Hòa Bình", 3],
        ["Minh Sơn", "Hoà Bình", 3],
    )
    reading = read_villages([page], CONTEXT)
    assert told(reading, "village-twice") == [3] and len({row.source_key for row in reading.rows}) == 2


def test_guessing_plain_lists():
    assert guess_kind([sheet(["Thôn", "Số hộ"], ["Thôn Mẫu 1", 3])]) is Kind.VILLAGES
    assert guess_kind([sheet(["Họ tên", "Quan hệ", "Năm sinh"], ["Lê Văn Ba", "Con", 2000])]) is Kind.HOUSEHOLDS
    assert guess_kind([sheet(["Họ tên", "Chức vụ"], ["Lê Văn Ba", "GV"])]) is Kind.STAFF
    assert guess_kind([sheet(["Họ tên", "Lớp"], ["Lê Văn Ba", "7A"])]) is Kind.CLASS
    assert guess_kind([sheet(["a", "b"])]) is None
