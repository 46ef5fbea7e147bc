"""A list sent again: who is on the class but not on the list is asked about, never taken out; and lists pasted from Excel."""

import pytest

from lms import clock
from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.db import db
from tests.rosters import hamlet
from tests.rosters.hamlet import applied, count, latest, sign_in

HEAD = "STT\tHọ và tên\tNgày sinh\tLớp\n"
ALL = HEAD + "1\tBùi Thị Lan\t05/09/2013\t7A\n2\tLê Văn Nam\t01/02/2013\t7A\n3\tBùi Thị Lan\t06/10/2012\t7A\n"
WITHOUT_NAM = HEAD + "1\tBùi Thị Lan\t05/09/2013\t7A\n2\tBùi Thị Lan\t06/10/2012\t7A\n"


@pytest.fixture
def ids(db_session):
    return hamlet.founded()


@pytest.fixture
def teacher(client, ids):
    return sign_in(client, ids["teacher"])


def pasted(client, ids, text):
    """Pasted, read, applied."""
    answer = client.post("/nhap-danh-sach/tai-len", data={"pasted": text, "kind": "lop", "place": ""})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    fields = {"site_id": ids["school"], "school_year": "2026–2027"}
    assert client.post(f"/nhap-danh-sach/{latest().id}/ghi", data=fields).status_code == 303
    return latest()


def in_class():
    room = db.session.query(SchoolClass).filter_by(name="7A").one()
    return [(one.full_name, one.birth_year) for one in classes.pupils(room.id, clock.today())]


def test_a_list_is_pasted_from_excel_and_two_of_one_name_stay_two(teacher, ids):
    row = pasted(teacher, ids, ALL)
    assert (row.state, row.counts["created"]) == ("applied", 3)
    assert sorted(in_class()) == [("Bùi Thị Lan", 2012), ("Bùi Thị Lan", 2013), ("Lê Văn Nam", 2013)]


def test_nothing_chosen_and_nothing_pasted_is_refused(teacher):
    answer = teacher.post("/nhap-danh-sach/tai-len", data={"pasted": "  ", "kind": "", "place": ""})
    assert answer.status_code == 422 and "chưa dán gì" in answer.get_data(as_text=True)


def test_who_is_missing_is_asked_about_and_leaves_only_when_ticked(teacher, ids):
    pasted(teacher, ids, ALL)
    row = pasted(teacher, ids, WITHOUT_NAM)
    assert len(in_class()) == 3, "nobody leaves by a list that forgot them"
    assert "1 em đang ở lớp mà không có" in teacher.get(f"/nhap-danh-sach/{row.id}").get_data(as_text=True)
    at = f"/nhap-danh-sach/{row.id}/roi-lop"
    page = teacher.get(at).get_data(as_text=True)
    assert "Lê Văn Nam" in page and "Bùi Thị Lan" not in page and "checked" not in page
    assert teacher.post(at, data={}).status_code == 422 and len(in_class()) == 3
    nam = next(int(part.split('"')[0]) for part in page.split('name="em" value="')[1:])
    assert teacher.post(at, data={"em": nam}).status_code == 303
    assert ("Lê Văn Nam", 2013) not in in_class() and len(in_class()) == 2
    assert "Mọi em đang ở lớp" in teacher.get(at).get_data(as_text=True)


def test_undoing_the_list_brings_the_leaver_back(teacher, ids):
    pasted(teacher, ids, ALL)
    row = pasted(teacher, ids, WITHOUT_NAM)
    at = f"/nhap-danh-sach/{row.id}/roi-lop"
    nam = teacher.get(at).get_data(as_text=True).split('name="em" value="')[1].split('"')[0]
    teacher.post(at, data={"em": nam})
    assert teacher.post(f"/nhap-danh-sach/{row.id}/hoan-tac").status_code == 303
    assert ("Lê Văn Nam", 2013) in in_class()


def test_ids_of_others_are_not_looked_at_and_strangers_find_nothing(client, teacher, ids):
    pasted(teacher, ids, ALL)
    row = pasted(teacher, ids, WITHOUT_NAM)
    lan = db.session.query(SchoolClass).filter_by(name="7A").one()
    on_the_list = next(one.id for one in classes.pupils(lan.id, clock.today()) if one.full_name == "Bùi Thị Lan")
    assert teacher.post(f"/nhap-danh-sach/{row.id}/roi-lop", data={"em": on_the_list}).status_code == 422
    assert len(in_class()) == 3
    stranger = sign_in(client, ids["stranger"])
    assert stranger.get(f"/nhap-danh-sach/{row.id}/roi-lop").status_code == 404


def test_another_kind_of_list_asks_about_nobody(client, ids):
    admin = sign_in(client, ids["admin"])
    row = applied(admin, "thon.csv")
    assert count(SchoolClass) == 0
    assert "Mọi em đang ở lớp" in admin.get(f"/nhap-danh-sach/{row.id}/roi-lop").get_data(as_text=True)
