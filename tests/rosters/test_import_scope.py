"""Who may import what: officers within their units, teachers within their school, nobody into another's."""

import gc
import unicodedata
from datetime import timedelta
from time import thread_time

import pytest
from sqlalchemy import event, select

from lms import clock
from lms.access.rules import Role
from lms.classes.models import ClassTeacher, SchoolClass
from lms.db import db
from lms.people.models import Person, RoleGrant
from lms.places.models import Unit
from lms.rosters.actions.keeping import discard_stale
from lms.rosters.models import RosterChunk, RosterImport
from tests.rosters.hamlet import applied, count, latest, sign_in, staff, upload


def test_an_officer_imports_within_the_commune_only(client, ids):
    row = applied(sign_in(client, ids["officer"]), "thon.csv")
    assert row.counts["created"] == 4  # Minh Sơn's villages are told as unknown
    assert {unit.name for unit in db.session.scalars(select(Unit).where(Unit.kind_id == "thon"))} == {
        f"Thôn Mẫu {n}" for n in (1, 2, 3, 4)
    }


def test_an_officer_gives_no_roles_by_a_list(client, ids):
    applied(sign_in(client, ids["admin"]), "thon.csv")
    roles = count(RoleGrant)
    row = applied(sign_in(client, ids["officer"]), "can-bo-giao-vien-to-cong-nghe.xlsx")
    assert row.counts["created"] == 6 and count(RoleGrant) == roles  # the six of the teams


def test_a_teacher_brings_in_and_teaches_a_class(client, ids):
    row = applied(sign_in(client, ids["teacher"]), "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027")
    assert row.counts["created"] == 44
    assert db.session.scalar(select(ClassTeacher.person_id)) == ids["teacher"]


def test_a_teacher_cannot_choose_another_school(client, ids):
    upload(sign_in(client, ids["teacher"]), "lop-7a.xlsx")
    answer = client.post(f"/nhap-danh-sach/{latest().id}/ghi", data={"site_id": ids["other-school"], "school_year": ""})
    assert answer.status_code == 422 and count(SchoolClass) == 0


def test_a_colleagues_class_is_refused(client, ids):
    applied(sign_in(client, ids["teacher"]), "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027")
    people = count(Person)
    colleague = staff("Thu", Role.TEACHER, site_id=ids["school"])
    db.session.commit()
    text = "Họ và tên,Ngày sinh,Lớp\nNgười Mới,01/02/2013,7A\n"
    row = applied(
        sign_in(client, colleague), "x.csv", text.encode(), kind="lop", site_id=ids["school"], school_year="2026–2027"
    )
    assert row.counts["refused"] == 1 and count(Person) == people + 1  # the colleague


@pytest.mark.parametrize("kind", ["thon", "ho", "can-bo"])
def test_a_teacher_imports_classes_only(client, ids, kind):
    assert upload(sign_in(client, ids["teacher"]), "thon.csv", kind=kind).status_code == 422
    assert client.get(f"/nhap-danh-sach/mau/{kind}.xlsx").status_code == 404
    assert upload(client, "thon.csv").status_code == 422


def test_the_stranger_sees_nothing_of_an_import(client, ids):
    row = applied(sign_in(client, ids["teacher"]), "lop-7a.xlsx", site_id=ids["school"], school_year="2026–2027")
    sign_in(client, ids["stranger"])
    at = f"/nhap-danh-sach/{row.id}"
    assert [client.get(at + more).status_code for more in ("", "/dong-loi.xlsx")] == [404, 404]
    assert [client.post(at + more).status_code for more in ("/ghi", "/hoan-tac", "/bo")] == [404, 404, 404]
    assert client.get(at + "/tai-khoan").status_code == 403
    assert "lop-7a" not in client.get("/nhap-danh-sach").get_data(as_text=True)


def test_a_preview_is_gone_after_a_day(as_admin, ids):
    upload(as_admin, "thon.csv")
    at = latest().id
    with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        assert discard_stale(clock.now()) == 1
        db.session.commit()
    assert count(RosterImport) == count(RosterChunk) == 0 and as_admin.get(f"/nhap-danh-sach/{at}").status_code == 404


def test_a_preview_can_be_thrown_away(as_admin, ids):
    upload(as_admin, "thon.csv")
    as_admin.post(f"/nhap-danh-sach/{latest().id}/bo")
    assert count(RosterImport) == count(RosterChunk) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"MZ\x90\x00 not a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),
        ("a.csv", b"PK\x03\x04" + b"0" * 600),
        ("a.exe", b"MZ"),
        ("a.csv", b""),
        ("a.csv", b"<html><script>alert(1)</script></html>"),
        ("a.csv", b"A" * (10 * 1024 * 1024 + 1)),
    ],
)
def test_hostile_and_wrong_files_are_refused_quickly(as_admin, ids, name, content):
    began = thread_time()
    answer = upload(as_admin, name, content, kind="lop")
    assert answer.status_code == 422 and thread_time() - began < 2
    assert count(RosterImport) == 0


def test_rows_to_mend_come_back_as_a_workbook(as_admin, ids):
    upload(as_admin, "lop-7a.xlsx")
    answer = as_admin.get(f"/nhap-danh-sach/{latest().id}/dong-loi.xlsx")
    assert answer.status_code == 200 and answer.data.startswith(b"PK\x03\x04")
    again = upload(as_admin, "dong-loi.xlsx", answer.data, kind="lop")
    assert again.status_code == 303 and latest().counts["errors"] >= 1


def test_templates_can_be_filled(as_admin, ids):
    for kind in ("thon", "ho", "lop", "can-bo"):
        assert as_admin.get(f"/nhap-danh-sach/mau/{kind}.xlsx").data.startswith(b"PK\x03\x04")


def test_first_accounts_are_shown_once(as_admin, ids):
    row = applied(as_admin, "can-bo-giao-vien-to-cong-nghe.xlsx", place=f"xa:{ids['Ngọc Liên']}")
    at = f"/nhap-danh-sach/{row.id}/tai-khoan"
    teacher = db.session.scalars(select(Person).where(Person.full_name == "Vũ Thanh Mai")).one()
    sheet = as_admin.post(at, data={"person": [teacher.id]}).get_data(as_text=True)
    assert "vu.thanh.mai" in sheet
    assert "Vũ Thanh Mai" not in as_admin.get(at).get_data(as_text=True)


def test_no_write_transaction_is_long(as_admin, ids):
    """Measured in work, not by the wall clock: neither a busy machine nor the rubbish of other tests may fail it."""
    applied(as_admin, "thon.csv")
    held, begun = [], {}

    def begin(connection):
        if connection.get_execution_options().get("write"):
            begun[id(connection)] = thread_time()

    def end(connection):
        if id(connection) in begun:
            held.append(thread_time() - begun.pop(id(connection)))

    event.listen(db.engine, "begin", begin)
    event.listen(db.engine, "commit", end)
    gc.disable()
    try:
        applied(as_admin, "ho-gia-dinh.xlsx")
    finally:
        gc.enable()
        event.remove(db.engine, "begin", begin)
        event.remove(db.engine, "commit", end)
    assert len(held) > 5 and max(held) < 0.2, held


def test_a_list_without_a_class_asks_for_its_name(as_admin, ids):
    text = "Họ và tên,Ngày sinh\nBùi Thị Lan,05/09/2013\nLê Văn Nam,01/02/2013\n"
    upload(as_admin, "hoc-sinh.csv", text.encode(), kind="lop")
    at = f"/nhap-danh-sach/{latest().id}/ghi"
    aim = {"site_id": ids["school"], "school_year": "2026–2027"}
    assert as_admin.post(at, data=aim).status_code == 422 and count(SchoolClass) == 0
    assert as_admin.post(at, data={**aim, "class_name": "7C"}).status_code == 303
    assert db.session.scalar(select(SchoolClass.name)) == "7C"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1258"])
def test_other_layouts_and_encodings(as_admin, ids, encoding):
    lines = ["TRƯỜNG THCS MẪU SỐ 1", "Lớp 6B năm học 2026 - 2027", "GT\tNgày tháng năm sinh\tHọ tên học sinh\tTT"]
    lines += ["Nữ\t5/9/2014\tBùi Thị Lan\t1", "Nam\t2014\tLê Văn Nam\t2", "Tổng cộng: 2"]
    text = "\r\n".join(lines)
    if encoding == "cp1258":
        text = "".join(_for_1258(sign) for sign in text)
    row = applied(
        as_admin, "lop6b.txt", text.encode(encoding), kind="lop", site_id=ids["school"], school_year="2026–2027"
    )
    assert row.counts["created"] == 2 and db.session.scalar(select(SchoolClass.name)) == "6B"
    assert count(Person, Person.full_name == "Bùi Thị Lan") == 1


def _for_1258(sign):
    """Windows-1258 writes most tones behind their letter."""
    try:
        sign.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", sign)
        base = unicodedata.normalize("NFC", parts[0] + "".join(p for p in parts[1:] if p not in TONES))
        return base + "".join(p for p in parts[1:] if p in TONES)
    return sign


TONES = "\u0300\u0301\u0303\u0309\u0323"
