"""«Đổi bạn» and the screen left alone: what ends, what is left, and where the next pupil begins."""

from datetime import timedelta

import pytest

from lms import clock
from lms.db import db
from lms.people.models import SignIn
from tests.entry import gate
from tests.rosters.hamlet import count


@pytest.fixture
def seated(as_teacher, pupil, room):
    """Lan sits at the computer; gives the code, and the cards on paper."""
    row, (lan, *_others) = room
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id)
    pupil.post(f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", data=gate.as_fields(papers[0]))
    return window.code, papers


def test_two_taps_lead_from_one_pupil_to_the_next(pupil, room, seated):
    code, papers = seated
    _row, (_lan, nam, _uoc) = room
    stolen = pupil.client.get_cookie("namcanh").value
    answer = pupil.post("/vao-lop/doi-ban", data={"vi": "doi-ban"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/vao-lop/{code}")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert f"/{gate.card_of(nam.id).id}" in pupil.get(f"/vao-lop/{code}").get_data(as_text=True)
    pupil.client.set_cookie("namcanh", stolen)
    assert pupil.get("/ca-nhan").status_code == 302, "a copy of the cookie is dead"


def test_nothing_of_the_pupil_before_may_be_kept_by_the_browser(pupil, seated):
    code, _papers = seated
    for address in ("/", "/ca-nhan", "/khoa-hoc", f"/vao-lop/{code}"):
        assert pupil.get(address).headers["Cache-Control"] == "no-store", address
    pupil.post("/vao-lop/doi-ban")
    for address in ("/", "/khoa-hoc", "/ca-nhan"):
        assert "Lan" not in pupil.get(address).get_data(as_text=True)


def test_coming_in_without_swapping_ends_the_one_before(pupil, room, seated):
    code, papers = seated
    _row, (_lan, nam, _uoc) = room
    pupil.post(f"/vao-lop/{code}/{gate.card_of(nam.id).id}", data=gate.as_fields(papers[1]))
    assert "Em Nam đang học" in pupil.get("/").get_data(as_text=True)
    assert count(SignIn, SignIn.kind == "seat", SignIn.ended_at.is_(None)) == 1


def test_left_alone_for_ten_minutes_the_server_locks_and_leads_back_to_the_names(pupil, seated):
    code, _papers = seated
    start = clock.now()
    with clock.frozen(start + timedelta(minutes=9)):
        assert pupil.get("/vao-lop/con-day").status_code == 204, "reading one long page, the screen touched"
    with clock.frozen(start + timedelta(minutes=18)):
        assert pupil.get("/ca-nhan").status_code == 200
    with clock.frozen(start + timedelta(minutes=28)):
        to_sign_in = pupil.get("/ca-nhan")
        assert to_sign_in.status_code == 302
        back = pupil.get(to_sign_in.headers["Location"])
        assert back.headers["Location"] == f"/vao-lop/{code}"
        assert "Bài đang làm vẫn còn" in pupil.get(f"/vao-lop/{code}").get_data(as_text=True)
        assert pupil.get("/dang-nhap").status_code == 200, "asked again, the teacher can sign in here"


def test_locking_by_the_script_says_why(pupil, seated):
    code, _papers = seated
    pupil.post("/vao-lop/doi-ban", data={"vi": "khoa"})
    assert "Máy để yên lâu nên đã khoá" in pupil.get(f"/vao-lop/{code}").get_data(as_text=True)


def test_after_the_lesson_the_way_leads_to_the_code(as_teacher, pupil, room, seated):
    row, _pupils = room
    as_teacher.post(f"/lop-hoc/{row.id}/vao-lop/dong")
    assert pupil.post("/vao-lop/doi-ban").headers["Location"] == "/vao-lop"


def test_ones_own_password_session_has_no_bar_and_no_ten_minutes(as_teacher, room):
    assert "Đổi bạn" not in as_teacher.get("/").get_data(as_text=True)
    db.session.rollback()


def test_who_is_not_signed_in_has_nothing_to_swap(pupil, room):
    assert pupil.post("/vao-lop/doi-ban").headers["Location"] == "/vao-lop"
    assert pupil.get("/vao-lop/con-day").status_code == 302
