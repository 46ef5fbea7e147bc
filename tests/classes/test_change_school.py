"""A pupil goes to another school with a paper; what they have done comes along, and the old school sees them no more."""

import re
from datetime import timedelta

import pytest
from flask import g

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.queries import classes_of, pupils
from lms.db import db
from lms.refusals import Refusal
from tests.classes import school
from tests.rosters import hamlet


@pytest.fixture
def there(ids):
    """A class of another school, and its teacher."""
    teacher = hamlet.staff("Kia", Role.TEACHER, site_id=ids["other-school"])
    row = classes.found_class(ids["other-school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(row.id, teacher, school.BEGUN)
    db.session.commit()
    return row, teacher


def turn(client):
    """Somebody else's browser: the test's own application context remembers who asked last."""
    g.pop("_login_user", None)
    return client


def paper(client, row, person) -> str:
    answer = turn(client).post(f"/lop-hoc/{row.id}/em/{person.id}/chuyen-truong")
    assert answer.status_code == 200
    return re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", answer.get_data(as_text=True))[0]


def bring_in(client, row, code, year="2013"):
    return turn(client).post(f"/lop-hoc/{row.id}/nhan-chuyen-truong", data={"code": code, "birth_year": year})


def test_the_paper_brings_a_pupil_and_what_they_have_read(app, as_teacher, ids, room, there):
    row, (lan, *_others) = room
    new, teacher = there
    school.shelved()
    school.read_steps(lan.id, 2)
    code = paper(as_teacher, row, lan)
    kia = hamlet.sign_in(app.test_client(), teacher)
    assert turn(kia).get(f"/hoc-sinh/{lan.id}").status_code == 404
    assert bring_in(kia, new, code.lower().replace("-", " ")).status_code == 303
    assert "2 bước đã đọc" in turn(kia).get(f"/hoc-sinh/{lan.id}").get_data(as_text=True)
    assert turn(as_teacher).get(f"/hoc-sinh/{lan.id}").status_code == 404
    assert [one.id for one in classes_of(lan.id, clock.today())] == [new.id]
    assert bring_in(kia, new, code).status_code == 422, "a paper is used once"


def test_what_does_not_bring_anybody(app, as_teacher, ids, room, there):
    row, (lan, nam, _uoc) = room
    new, teacher = there
    kia = hamlet.sign_in(app.test_client(), teacher)
    code = paper(as_teacher, row, lan)
    for wrong, year in ((code, "2012"), ("AAAA-2222", "2013"), ("", "2013")):
        assert bring_in(kia, new, wrong, year).status_code == 422
    assert "chính trường này" in bring_in(as_teacher, row, code).get_data(as_text=True)
    turn(as_teacher).post(f"/lop-hoc/{row.id}/em/{lan.id}/thoi-chuyen-truong")
    assert bring_in(kia, new, code).status_code == 422, "a paper taken back"
    first, _second = paper(as_teacher, row, nam), paper(as_teacher, row, nam)
    assert bring_in(kia, new, first).status_code == 422, "a newer paper takes its place"
    assert len(pupils(row.id, clock.today())) == 3


def test_an_old_paper_is_no_longer_good(ids, room, there):
    row, (lan, *_others) = room
    offered = classes.offer_transfer(row.id, lan.id, "ABCD2345", ids["teacher"])
    db.session.commit()
    with clock.frozen(clock.now() + timedelta(days=(offered.until_on - clock.today()).days)), pytest.raises(Refusal):
        classes.accept_transfer(there[0], "ABCD2345", 2013, there[1])


def test_guessing_ends_after_ten_tries(app, as_teacher, ids, room, there):
    row, (lan, *_others) = room
    new, teacher = there
    kia = hamlet.sign_in(app.test_client(), teacher)
    code = paper(as_teacher, row, lan)
    for n in range(10):
        assert bring_in(kia, new, f"AAAA-22{n}2").status_code == 422
    answer = bring_in(kia, new, code)
    assert answer.status_code == 422 and "quá nhiều lần" in answer.get_data(as_text=True)


def test_only_for_a_pupil_of_the_class_and_by_its_school(client, as_teacher, ids, room, there):
    row, (lan, *_others) = room
    assert turn(as_teacher).post(f"/lop-hoc/{row.id}/em/{ids['officer']}/chuyen-truong").status_code == 404
    hamlet.sign_in(client, there[1])
    for page in ("chuyen-truong", "thoi-chuyen-truong"):
        assert client.post(f"/lop-hoc/{row.id}/em/{lan.id}/{page}").status_code == 404
    assert client.get(f"/lop-hoc/{row.id}/nhan-chuyen-truong").status_code == 404
