"""What a list says of how somebody came into a team: the decision, where they come from, which villages are theirs."""

from dataclasses import replace
from datetime import date

import pytest

from lms.imports.columns import Meaning, recognise
from lms.imports.staff import read_staff
from lms.teams.rules import KINDS
from tests.rules.imports.listing import CONTEXT, VILLAGES, sheet, told

HERE = replace(CONTEXT, villages=VILLAGES, commune_id=3)
HEADER = [
    "Họ tên",
    "Chức vụ",
    "Phụ trách",
    "Số quyết định",
    "Ngày quyết định",
    "Diện tham gia",
    "Doanh nghiệp, chi đoàn",
]


def read(*rows, header=HEADER):
    return read_staff([sheet(header, *rows)], HERE)


def test_everything_said_in_columns_of_its_own():
    (row,) = read(["Bùi Thị Mẫu", "Thành viên", "Thôn Mẫu 1, Thôn Mẫu 3", "12/QĐ-UBND", "05/09/2026", "Đoàn viên", "Chi đoàn Thôn Mẫu 1"]).rows  # fmt: skip
    assert (row.decision, row.decided_on) == ("12/QĐ-UBND", date(2026, 9, 5))
    assert (row.kind, row.organisation) == ("doan-vien", "Chi đoàn Thôn Mẫu 1")
    assert row.own_village_ids == row.village_ids == (31, 33)


@pytest.mark.parametrize(
    "words", ["12/QĐ-UBND ngày 05/09/2026", "Quyết định số 12/QĐ-UBND, ngày 5/9/2026", "QĐ 12/QĐ-UBND ký ngày 05-09-2026"]
)  # fmt: skip
def test_number_and_day_in_one_cell(words):
    (row,) = read(["Bùi Thị Mẫu", "Tổ trưởng", "", words, "", "", ""]).rows
    assert (row.decision, row.decided_on) == ("12/QĐ-UBND", date(2026, 9, 5))


def test_a_list_that_says_nothing_of_it():
    (row,) = read(["Bùi Thị Mẫu", "Thành viên", "", "", "", "", ""]).rows
    assert (row.decision, row.decided_on, row.kind, row.organisation, row.own_village_ids) == ("", None, "", "", ())


def test_a_position_that_says_where_they_come_from():
    assert read(["Bùi Thị Mẫu", "Đoàn viên", "", "", "", "", ""]).rows[0].kind == "doan-vien"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["12/QĐ-UBND", "", "", ""], "decision-day"),
        (["12/QĐ-UBND", "hôm nọ", "", ""], "decision-day"),
        (["12/QĐ-UBND", "05/09/2027", "", ""], "decision-future"),
        (["", "05/09/2026", "", ""], "decision-unreadable"),
        (["", "", "Đoàn thể khác hẳn", ""], ""),
        (["", "", "Hội viên", ""], "member-kind"),
        (["", "", "Doanh nghiệp", ""], "organisation-missing"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row(cells, code):
    reading = read(["Bùi Thị Mẫu", "Thành viên", "", *cells])
    assert told(reading, code) == ([2] if code else [])
    assert len(reading.rows) == (0 if code else 1)


def test_the_villages_of_a_member_are_those_looked_after_not_where_the_team_or_the_person_is():
    (row,) = read(
        ["Bùi Thị Mẫu", "Thành viên", "Tổ CNSCĐ Thôn Mẫu 2", ""], header=["Họ tên", "Chức vụ", "Đơn vị", "Phụ trách"]
    ).rows
    assert (row.village_ids, row.own_village_ids) == ((32,), ())
    (row,) = read(
        ["Bùi Thị Mẫu", "Thành viên", "Thôn Mẫu 2", "Thôn Mẫu 1"], header=["Họ tên", "Chức vụ", "Thôn", "Phụ trách"]
    ).rows
    assert (row.village_ids, row.own_village_ids) == ((31,), (31,))


def test_a_teacher_has_none_of_it():
    (row,) = read(["Bùi Thị Mẫu", "Giáo viên", "7A", "12/QĐ-UBND", "", "", ""]).rows
    assert (row.decision, row.own_village_ids) == ("", ())


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Số QĐ", Meaning.DECISION), ("Quyết định thành lập tổ", Meaning.DECISION), ("Ngày ký QĐ", Meaning.DECIDED_ON),
        ("Ngày quyết định", Meaning.DECIDED_ON), ("Thành phần tham gia", Meaning.MEMBER_KIND), ("Tên doanh nghiệp", Meaning.ORGANISATION),
        ("Diện hộ nghèo", Meaning.TRAIT), ("Tổ chức", Meaning.WORKPLACE), ("Từ ngày", Meaning.SINCE),
    ],
)  # fmt: skip
def test_headers(header, meaning):
    assert recognise(header) is meaning


def test_kinds_are_those_of_the_teams():
    said = {read(["Bùi Thị Mẫu", "Thành viên", "", "", "", words, "x"]).rows[0].kind for words in KINDS.values()}
    assert said == set(KINDS)
