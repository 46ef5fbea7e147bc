"""The four sample lists, brought in through pages: every fault is told with its row, and nothing is saved until told to."""

import re

from lms.classes.models import Enrolment, SchoolClass
from lms.households.models import Household, Member
from lms.people.models import Person, RoleGrant
from lms.places.models import Unit
from lms.rosters.models import RosterRow
from lms.teams.models import TeamMember
from tests.rosters.hamlet import applied, count, latest, upload


def test_four_lists_in_order(as_admin, ids):
    people = count(Person)
    thon = applied(as_admin, "thon.csv")
    assert (thon.kind, thon.state, thon.counts["created"]) == ("thon", "applied", 8)
    assert count(Unit, Unit.kind_id == "thon") == 8
    ho = applied(as_admin, "ho-gia-dinh.xlsx")
    assert (ho.state, ho.counts["created"], ho.counts.get("refused", 0)) == ("applied", 115, 0)
    assert (count(Household), count(Member), count(Person) - people) == (36, 115, 115)
    lop = applied(as_admin, "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027")
    assert (lop.state, lop.counts["created"]) == ("applied", 44)
    assert (count(SchoolClass), count(Enrolment)) == (1, 44)
    staff = applied(as_admin, "can-bo-giao-vien-to-cong-nghe.xlsx", place=f"xa:{ids['Ngọc Liên']}")
    assert (staff.state, staff.counts["created"], staff.counts.get("refusals")) == ("applied", 10, [])
    assert count(TeamMember) == 6
    assert count(RoleGrant, RoleGrant.import_id == staff.id) == 4


FAULTS = {
    "thon.csv": (5, 11),
    "ho-gia-dinh.xlsx": (19, 26, 27, 35, 38, 64, 65, 70, 82, 85, 87, 126),
    "lop-7a.xlsx": (14, 18, 28, 29, 38, 50, 52),
    "can-bo-giao-vien-to-cong-nghe.xlsx": (5, 6, 9, 10),
}
"""Rows of tests/samples/FAULTS.md that are told; the others there can be read, and are."""


def told_rows(page: str) -> set[int]:
    return {int(row) for row in re.findall(r"dòng\s(\d+)", page)}


def test_every_fault_is_told_with_its_row(as_admin, ids):
    applied(as_admin, "thon.csv")
    for name, rows in FAULTS.items():
        upload(as_admin, name, place="" if name == "thon.csv" else f"xa:{ids['Ngọc Liên']}")
        page = as_admin.get(f"/nhap-danh-sach/{latest().id}").get_data(as_text=True)
        assert not set(rows) - told_rows(page), name


def test_what_is_read_is_stored_clean(as_admin, ids):
    applied(as_admin, "thon.csv")
    applied(as_admin, "ho-gia-dinh.xlsx")
    for name in ("Lê Thanh Hương", "Nguyễn Văn Tài", "Đinh Văn Đạt"):
        assert count(Person, Person.full_name == name) == 1
    assert count(Person, Person.full_name == "Hà Thị Linh") == 2  # a hint, never a merger


def test_nothing_is_saved_by_a_dry_run(as_admin, ids):
    before = count(Person), count(Unit), count(RosterRow)
    upload(as_admin, "thon.csv")
    assert latest().state == "read" and (count(Person), count(Unit), count(RosterRow)) == before
