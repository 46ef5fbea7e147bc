"""Taking an import back: what it made goes, what it changed is restored; what was used since stays, and is told."""

from sqlalchemy import select

from lms.classes.models import Enrolment, SchoolClass
from lms.db import db
from lms.households.models import Household, HouseholdPlace, HouseholdSpell, Member
from lms.people import actions as people
from lms.people.models import Person, RoleGrant
from lms.places.models import Unit, UnitLink, UnitName, UnitPath
from lms.rosters.actions import applying
from lms.teams.models import Team, TeamMember, TeamVillage
from tests.rosters.hamlet import applied, count, latest, upload

TABLES = (Unit, UnitLink, UnitName, UnitPath, Household, HouseholdPlace, Member, HouseholdSpell, Person, SchoolClass,
          Enrolment, RoleGrant, Team, TeamMember, TeamVillage)  # fmt: skip


def counted():
    return {table.__tablename__: count(table) for table in TABLES}


def undone(client, row):
    """Pressed again as a person would where one request's patience was not enough, on a busy machine."""
    for _press in range(8):
        assert client.post(f"/nhap-danh-sach/{row.id}/hoan-tac").status_code == 303
        db.session.expire_all()
        if row.state != "undoing":
            break
    return row


def test_undo_restores_every_count(as_admin, ids):
    place = f"xa:{ids['Ngọc Liên']}"
    before = [counted()]
    imports = [applied(as_admin, "thon.csv")]
    before.append(counted())
    imports.append(applied(as_admin, "ho-gia-dinh.xlsx", place=place))
    before.append(counted())
    imports.append(applied(as_admin, "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027"))
    before.append(counted())
    imports.append(applied(as_admin, "can-bo-giao-vien-to-cong-nghe.xlsx", place=place))
    for row, then in zip(reversed(imports), reversed(before), strict=True):
        undone(as_admin, row)
        assert (row.state, row.counts["kept"], counted()) == ("undone", 0, then), row.file_name


def test_a_correction_is_taken_back_to_what_it_was(as_admin, ids):
    applied(as_admin, "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027")
    text = "Họ và tên,Ngày sinh,Mã HS,Lớp\nQuách Phương Quỳnh Anh,27/11/2013,2026001,7A\n"
    again = applied(as_admin, "sua.csv", text.encode(), kind="lop", site_id=ids["school"], school_year="2026–2027")
    assert count(Person, Person.full_name == "Quách Phương Quỳnh Anh") == 1
    undone(as_admin, again)
    assert count(Person, Person.full_name == "Quách Phương Quỳnh Anh") == 0
    assert count(Person, Person.full_name == "Quách Phương Quỳnh") == 1


def test_what_was_used_since_stays_and_is_told(as_admin, ids):
    row = applied(as_admin, "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027")
    pupil = db.session.scalars(select(Person).where(Person.import_id == row.id).limit(1)).one()
    people.record_consent(pupil.id, "assessment", "self", "2026-11", "paper")
    db.session.commit()
    undone(as_admin, row)
    assert row.counts["kept"] == 1 and db.session.get(Person, pupil.id) is not None
    assert "đã có việc khác" in as_admin.get(f"/nhap-danh-sach/{row.id}").get_data(as_text=True)


def test_an_earlier_import_waits_for_the_later_one(as_admin, ids):
    first = applied(as_admin, "thon.csv")
    second = applied(as_admin, "thon.csv")
    as_admin.post(f"/nhap-danh-sach/{first.id}/hoan-tac")
    db.session.expire_all()
    assert first.state == "applied" and count(Unit, Unit.kind_id == "thon") == 8
    undone(as_admin, second)
    undone(as_admin, first)
    assert count(Unit, Unit.kind_id == "thon") == 0


def test_an_import_cut_off_in_the_middle_goes_on(as_admin, ids):
    applied(as_admin, "thon.csv")
    upload(as_admin, "ho-gia-dinh.xlsx")
    row = latest()
    applying.apply_next(row.id)
    db.session.commit()  # and here the process dies
    page = as_admin.get(f"/nhap-danh-sach/{row.id}").get_data(as_text=True)
    assert "Ghi tiếp" in page
    as_admin.post(f"/nhap-danh-sach/{row.id}/ghi")
    assert (latest().state, count(Member)) == ("applied", 115)


def test_an_import_cut_off_in_the_middle_can_be_undone(as_admin, ids):
    applied(as_admin, "thon.csv")
    before = counted()
    upload(as_admin, "ho-gia-dinh.xlsx")
    row = latest()
    applying.apply_next(row.id)
    db.session.commit()
    assert counted() != before
    undone(as_admin, row)
    assert (row.state, counted()) == ("undone", before)


def test_undo_twice_is_refused_kindly(as_admin, ids):
    row = undone(as_admin, applied(as_admin, "thon.csv"))
    assert as_admin.post(f"/nhap-danh-sach/{row.id}/hoan-tac").status_code == 303
    assert "không còn gì để hoàn tác" in as_admin.get("/nhap-danh-sach").get_data(as_text=True)
