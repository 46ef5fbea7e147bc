"""Every fault of tests/samples/FAULTS.md, in the real files."""

import unicodedata

import pytest

from lms.imports.classes import read_class
from lms.imports.households import read_households
from lms.imports.kinds import guess_kind
from lms.imports.problems import Kind, Level
from lms.imports.staff import Position, read_staff
from lms.imports.villages import read_villages
from tests.rules.imports.listing import CONTEXT, SAMPLES, sample, told


@pytest.fixture(scope="module")
def households():
    return read_households(sample("ho-gia-dinh.xlsx"), CONTEXT)


@pytest.fixture(scope="module")
def pupils():
    return read_class(sample("lop-7a.xlsx"), CONTEXT)


@pytest.fixture(scope="module")
def staff():
    return read_staff(sample("can-bo-giao-vien-to-cong-nghe.xlsx"), CONTEXT)


@pytest.fixture(scope="module")
def villages():
    return read_villages(sample("thon.csv"), CONTEXT)


def at(reading, row):
    return next((parsed for parsed in reading.rows if parsed.number == row), None)


def of(reading, row):
    return {problem.code: problem for problem in reading.problems if problem.row == row}


def test_the_kinds_are_guessed():
    kinds = {path.name: guess_kind(sample(path.name)) for path in SAMPLES.iterdir() if path.suffix != ".md"}
    assert kinds == {
        "ho-gia-dinh.xlsx": Kind.HOUSEHOLDS,
        "lop-7a.xlsx": Kind.CLASS,
        "can-bo-giao-vien-to-cong-nghe.xlsx": Kind.STAFF,
        "thon.csv": Kind.VILLAGES,
    }


def test_households_as_a_whole(households):
    assert (households.sheet, households.header_row) == ("Danh sách", 4)
    assert len(households.rows) == 115 and len({row.household_key for row in households.rows}) == 36
    assert len({row.source_key for row in households.rows}) == 115
    assert {problem.row for problem in households.errors} == {19, 26, 27, 38, 87}
    assert all(problem.what and problem.mend and problem.sheet == "Danh sách" for problem in households.problems)
    assert all(problem.column for problem in households.errors)
    assert at(households, 5).head_name == at(households, 7).head_name == "Vũ Ngọc Quý"
    assert households.pages[0].used["quan-he"] == "Quan hệ với chủ hộ"
    assert "Số ĐT" in households.pages[0].unused


def test_households_blank_row(households):
    assert "row-blank" in of(households, 65) and at(households, 66).household_code == "NL-021"


def test_households_name_in_nfd(households):
    assert unicodedata.is_normalized("NFC", at(households, 111).full_name)
    assert at(households, 111).full_name == "Lê Thanh Hương"


def test_households_stray_spaces(households):
    assert at(households, 8).full_name == "Nguyễn Văn Tài"


def test_households_day_that_does_not_exist(households):
    assert "31/02/1979" in of(households, 87)["birth-no-such-day"].what and at(households, 87) is None
    assert at(households, 88).relation == "con"
    # The head's row is broken, not missing: nobody is told that the household has no head.
    assert told(households, "head-missing") == []


def test_households_absurd_year(households):
    assert "1892" in of(households, 19)["birth-year"].what


def test_households_missing_name(households):
    assert of(households, 27)["name-missing"].column == "Họ và tên"


def test_households_formula(households):
    assert of(households, 26)["formula"].level is Level.ERROR and at(households, 26) is None


def test_households_same_name_and_birth_is_a_hint_only(households):
    assert of(households, 85)["same-person-hint"].other_rows == (35,)
    assert at(households, 85).full_name == at(households, 35).full_name == "Hà Thị Linh"
    assert at(households, 85).source_key != at(households, 35).source_key


def test_households_same_name_other_birth_are_two(households):
    assert of(households, 82)["same-name"].other_rows == (64,)
    assert at(households, 82) and at(households, 64)


def test_households_d_of_iceland(households):
    assert at(households, 99).full_name == "Đinh Văn Đạt"


def test_households_serial_day(households):
    assert at(households, 57).birth_year == 1982


def test_households_phone_without_zero(households):
    assert "0912345678" in of(households, 70)["phone-zero"].mend and at(households, 70)


def test_households_unknown_relation(households):
    assert "Hàng xóm" in of(households, 38)["relation-unknown"].what and at(households, 38) is None


def test_households_total(households):
    assert of(households, 126)["row-total"].level is Level.NOTE


def test_class_as_a_whole(pupils):
    assert len(pupils.rows) == 44
    assert {row.class_name for row in pupils.rows} == {"7A"}
    assert {row.school_year for row in pupils.rows} == {"2026–2027"}
    assert {row.school for row in pupils.rows} == {"TRƯỜNG THCS MẪU SỐ 1"}
    assert at(pupils, 5).full_name == "Quách Phương Quỳnh" and at(pupils, 5).head_name == "Quách Minh Nam"
    assert {problem.row for problem in pupils.errors} == {18, 50}


def test_class_homonyms(pupils):
    assert of(pupils, 38)["same-name"].other_rows == (28,) and at(pupils, 28) and at(pupils, 38)


def test_class_name_in_nfd(pupils):
    assert unicodedata.is_normalized("NFC", at(pupils, 27).full_name)


def test_class_month_thirteen(pupils):
    assert "15/13/2013" in of(pupils, 18)["birth-no-such-day"].what


def test_class_one_pupil_twice(pupils):
    assert "dòng 14" in of(pupils, 50)["person-twice"].what and at(pupils, 14) and not at(pupils, 50)


def test_class_footer(pupils):
    assert "row-footer" in of(pupils, 52)


def test_class_hidden_row(pupils):
    assert "row-hidden" in of(pupils, 29) and at(pupils, 29)


def test_staff_as_a_whole(staff):
    assert len(staff.rows) == 10 and {problem.row for problem in staff.errors} == {9, 10}
    teacher = at(staff, 5)
    assert (teacher.position, teacher.classes, teacher.workplace) == (
        Position.TEACHER,
        ("7B", "8A"),
        "Trường THCS Mẫu số 1",
    )
    assert (at(staff, 6).position, at(staff, 6).villages) == (Position.TEAM_LEADER, ("Thôn Mẫu 1",))


def test_staff_homonyms(staff):
    assert of(staff, 6)["same-name"].other_rows == (5,) and at(staff, 5) and at(staff, 6)


def test_staff_stray_spaces(staff):
    assert (at(staff, 8).title, at(staff, 8).position) == ("Thành viên", Position.TEAM_MEMBER)


def test_staff_former_commune(staff):
    problem = of(staff, 9)["unit-former"]
    assert "Vân Âm" in problem.what and "nay thuộc xã Nguyệt Ấn" in problem.what


def test_staff_day_in_words(staff):
    assert "từ đầu năm học" in of(staff, 10)["since-unreadable"].what


def test_villages(villages):
    assert len(villages.rows) == 8 and villages.rows[0].number_of_households == 81
    assert "dòng 2" in of(villages, 5)["village-twice"].what
    assert of(villages, 11)["unit-near"].mend == "Có phải Ngọc Lặc?"
    assert villages.rows[0].leader == "Trần Ngọc Đạt"


def test_no_sentence_holds_a_line_break_or_two_spaces(households, pupils, staff, villages):
    for reading in (households, pupils, staff, villages):
        for problem in reading.problems:
            assert "\n" not in problem.what + problem.mend and "  " not in problem.what + problem.mend
            assert problem.mend.endswith((".", "?")) and not problem.what.endswith(".")


def test_day_and_month_of_birth_leave_nothing_but_a_digest(households, pupils):
    assert all(
        "-" not in key and len(key) == 64
        for row in (*households.rows, *pupils.rows)
        for key in (row.source_key, *row.other_keys)
    )
    assert not any(hasattr(row, "birth") for row in (*households.rows, *pupils.rows))
