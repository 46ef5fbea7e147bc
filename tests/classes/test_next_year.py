"""A class goes on to the next school year: a new class with those who go on; the old one stays to be looked up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.classes.actions import enrol, found_group
from lms.classes.models import ClassTeacher, Enrolment, SchoolClass
from lms.classes.queries import classes_of, pupils
from lms.classes.rules import code_digest, next_name, next_year, own_name
from lms.db import db
from tests.rosters.hamlet import sign_in


def test_a_class_goes_on_with_its_teacher_and_those_ticked(as_teacher, ids, room):
    row, (lan, nam, uoc) = room
    at = f"/lop-hoc/{row.id}/len-lop"
    page = as_teacher.get(at).get_data(as_text=True)
    assert 'value="8A"' in page and 'value="2027–2028"' in page
    on_day = clock.today()
    sent = {"name": "8A", "school_year": "2027-2028", "on_day": on_day.isoformat(), f"len-{lan.id}": "on",
            f"len-{nam.id}": "on"}  # fmt: skip
    assert as_teacher.post(at, data=sent).status_code == 303
    new = db.session.scalars(select(SchoolClass).where(SchoolClass.name == "8A")).one()
    assert [one.id for one in pupils(new.id, on_day)] == sorted([lan.id, nam.id], key=[lan.id, nam.id].index)
    assert pupils(row.id, on_day) == [] and classes_of(uoc.id, on_day) == []
    assert new.school_year == "2027–2028" and db.session.get_one(SchoolClass, row.id).until_on == on_day
    assert db.session.scalar(select(ClassTeacher.person_id).where(ClassTeacher.class_id == new.id)) == ids["teacher"]
    before = db.session.scalars(select(Enrolment).where(Enrolment.class_id == row.id)).all()
    assert len(before) == 3, "who sat in the old class is still known"
    assert as_teacher.get(f"/lop-hoc/{row.id}").status_code == 200


def test_going_on_by_mistake_is_undone(as_teacher, ids, room):
    row, pupils_before = room
    new = _goes_on(as_teacher, row, pupils_before[:2])
    assert "Huỷ việc lên lớp" in as_teacher.get(f"/lop-hoc/{new}").get_data(as_text=True)
    answer = as_teacher.post(f"/lop-hoc/{new}/huy-len-lop")
    assert answer.location == f"/lop-hoc/{row.id}"
    assert [one.id for one in pupils(row.id, clock.today())] == [one.id for one in pupils_before]
    assert db.session.get(SchoolClass, new) is None and db.session.get_one(SchoolClass, row.id).until_on is None
    assert _goes_on(as_teacher, row, pupils_before), "and it may go on again, under the same name"


def test_a_class_that_is_used_or_no_new_one_is_not_undone(as_teacher, ids, room):
    row, (lan, nam, _uoc) = room
    assert "không phải lớp lên" in _told(as_teacher, f"/lop-hoc/{row.id}")
    new = _goes_on(as_teacher, row, [lan, nam])
    found_group(new, "Nhóm 1")
    db.session.commit()
    assert "không huỷ được" in _told(as_teacher, f"/lop-hoc/{new}")
    assert len(pupils(new, clock.today())) == 2 and pupils(row.id, clock.today()) == []


def test_a_pupil_who_came_later_keeps_the_new_class(as_teacher, ids, room):
    row, (lan, nam, uoc) = room
    new = _goes_on(as_teacher, row, [lan, nam])
    enrol(new, uoc.id, clock.today() + timedelta(days=1))
    db.session.commit()
    assert "không huỷ được" in _told(as_teacher, f"/lop-hoc/{new}")


def _goes_on(teacher, row, going):
    sent = {"name": "8A", "school_year": "2027-2028", "on_day": clock.today().isoformat()}
    answer = teacher.post(f"/lop-hoc/{row.id}/len-lop", data=sent | {f"len-{one.id}": "on" for one in going})
    return int(answer.location.rpartition("/")[2])


def _told(teacher, at):
    return teacher.post(f"{at}/huy-len-lop", follow_redirects=True).get_data(as_text=True)


def test_refusals_leave_the_class_as_it_was(as_teacher, ids, room):
    row, _pupils = room
    at = f"/lop-hoc/{row.id}/len-lop"
    for name, day, told in (("7A", "2027-06-01", "đã có lớp"), ("8A", "2026-09-05", "phải sau"), ("", "x", "Chưa ghi")):
        sent = {"name": name, "school_year": "2026–2027", "on_day": day}
        answer = as_teacher.post(at, data=sent)
        assert answer.status_code == 422 and told in answer.get_data(as_text=True)
    assert len(pupils(row.id, clock.today())) == 3


def test_an_ended_class_does_not_go_on_twice(as_teacher, ids, room):
    row, _pupils = room
    at = f"/lop-hoc/{row.id}/len-lop"
    sent = {"name": "8A", "school_year": "2027–2028", "on_day": clock.today().isoformat()}
    assert as_teacher.post(at, data=sent).status_code == 303
    answer = as_teacher.post(at, data={**sent, "name": "8B"})
    assert answer.status_code == 422 and "đã kết thúc" in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_the_stranger_gets_nothing(client, ids, room, who):
    row, _pupils = room
    sign_in(client, ids[who])
    assert client.get(f"/lop-hoc/{row.id}/len-lop").status_code in (403, 404)
    assert client.post(f"/lop-hoc/{row.id}/len-lop").status_code in (403, 404)


@pytest.mark.parametrize(
    ("name", "after"), [("7A", "8A"), ("9", "10"), ("12B", "12B"), ("Lớp tối", "Lớp tối"), ("8A1", "9A1")]
)
def test_the_name_of_the_next_year(name, after):
    assert next_name(name) == after


def test_the_next_school_year_and_ways_of_writing_a_code():
    assert (next_year("2026–2027"), next_year("2026-2027"), next_year("")) == ("2027–2028", "2027–2028", "")
    assert code_digest("abcd-2345 ") == code_digest("ABCD2345") != code_digest("ABCD2346")


def test_an_evening_class_has_days_and_a_place_and_no_school_year(as_teacher, ids):
    sent = {"site_id": ids["school"], "name": "Lớp tối Mẫu", "school_year": "", "venue": "Nhà văn hoá Mẫu",
            "until_on": "2099-01-01"}  # fmt: skip
    answer = as_teacher.post("/lop-hoc/them", data=sent)
    page = as_teacher.get(answer.location).get_data(as_text=True)
    assert "Nhà văn hoá Mẫu" in page and "đến 01/01/2099" in page
    wrong = as_teacher.post("/lop-hoc/them", data={**sent, "name": "Lớp khác", "until_on": "2020-01-01"})
    assert wrong.status_code == 422 and "phải sau ngày bắt đầu" in wrong.get_data(as_text=True)


@pytest.mark.parametrize(
    ("written", "kept"), [("Lớp tối Thôn Mẫu 1", "tối Thôn Mẫu 1"), ("lớp 7A", "7A"), ("7A", "7A"), ("Lớp", "Lớp")]
)
def test_a_class_is_not_called_class_twice(written, kept):
    assert own_name(written) == kept
