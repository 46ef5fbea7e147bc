"""Cards: made and shown once, made anew, reported lost; their QR; coming in from home; whose cards a teacher makes."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock, journal
from lms.classes import actions as classes
from lms.db import db, open_write
from lms.entry.models import LoginCard
from lms.entry.rules import CardKind, drawn_secret
from lms.entry.views.doors import keyed
from lms.journal import JournalLine
from lms.people import actions as people
from lms.people.models import SignIn
from lms.people.passwords import hash_of
from tests.classes import school
from tests.entry import gate
from tests.rosters import hamlet
from tests.rosters.hamlet import count

TOKEN = "k" * 22


@pytest.fixture
def scanned_card(app, as_teacher, room):
    """Lan's card with a QR whose number the test knows."""
    row, (lan, *_others) = room
    gate.make_cards(as_teacher, row.id)
    card = gate.card_of(lan.id)
    with app.test_request_context():
        qr_hash = keyed(TOKEN)
    _write(card, qr_hash=qr_hash)
    return row, lan


def _write(card, **values):

    open_write()
    for name, value in values.items():
        setattr(card, name, value)
    db.session.commit()


def test_only_those_without_a_card_get_one_and_the_sheet_is_shown_once(as_teacher, room):
    row, pupils = room
    assert len(gate.make_cards(as_teacher, row.id)) == 3
    assert as_teacher.post(f"/lop-hoc/{row.id}/the/lam", data={"kind": "pin", "ai": "thieu"}).status_code == 303
    page = as_teacher.get(f"/lop-hoc/{row.id}/the").get_data(as_text=True)
    assert "Bùi Thị Lan" in page and "login-card" not in page
    assert count(JournalLine, JournalLine.kind == "cards-made") == 1


def test_a_new_card_kills_the_one_before_and_who_sits_by_it(as_teacher, pupil, room):
    row, (lan, *_others) = room
    old = gate.make_cards(as_teacher, row.id)[0]
    window = gate.open_window(as_teacher, row.id)
    pupil.post(f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", data=gate.as_fields(old))
    assert pupil.get("/ca-nhan").status_code == 200
    new = gate.make_cards(as_teacher, row.id, "pictures", str(lan.id))
    assert [one.name for one in new] == ["Bùi Thị Lan"] and new[0].username == old.username
    assert pupil.get("/ca-nhan").status_code == 302
    path = f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}"
    assert pupil.post(path, data=gate.as_fields(old)).status_code == 422, "the old PIN says nothing to the new card"
    assert pupil.post(path, data=gate.as_fields(new[0])).headers["Location"] == "/"
    assert count(LoginCard, LoginCard.live_key.is_not(None)) == 3


def test_all_anew(as_teacher, room):
    row, pupils = room
    gate.make_cards(as_teacher, row.id)
    before = {gate.card_of(one.id).id for one in pupils}
    gate.make_cards(as_teacher, row.id, "pin", "ca-lop")
    assert not before & {gate.card_of(one.id).id for one in pupils}


def test_the_qr_brings_in_and_its_number_leaves_the_address(scanned_card, pupil):
    answer = pupil.get(f"/vao-lop/the/{TOKEN}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/vao-lop/the")
    assert "Bùi Thị Lan" in pupil.get("/vao-lop/the").get_data(as_text=True)
    assert pupil.post("/vao-lop/the", data={"may": "chung"}).headers["Location"] == "/"
    row = db.session.scalars(select(SignIn).where(SignIn.kind == "seat")).one()
    assert row.until - row.started_at <= timedelta(hours=2)


def test_ones_own_phone_is_remembered_thirty_days_and_has_no_bar(scanned_card, pupil):
    pupil.get(f"/vao-lop/the/{TOKEN}")
    pupil.post("/vao-lop/the", data={"may": "rieng"})
    assert "đang học trên máy này" not in pupil.get("/").get_data(as_text=True)
    with clock.frozen(clock.now() + timedelta(days=29)):
        assert pupil.get("/ca-nhan").status_code == 200
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert pupil.get("/ca-nhan").status_code == 302


def test_the_qr_of_a_lost_card_is_dead_at_once(scanned_card, as_teacher, app):
    """Before it was scanned, between scan and button, and on the phone that came in by it."""
    row, lan = scanned_card
    inside, between, later = (gate.Browser(app.test_client()) for _n in range(3))
    for one in (inside, between):
        one.get(f"/vao-lop/the/{TOKEN}")
    inside.post("/vao-lop/the", data={"may": "rieng"})
    assert inside.get("/ca-nhan").status_code == 200
    assert as_teacher.post(f"/lop-hoc/{row.id}/the/{lan.id}/bao-mat").status_code == 303
    assert inside.get("/ca-nhan").status_code == 302
    assert between.post("/vao-lop/the", data={"may": "rieng"}).status_code == 404
    dead = later.get(f"/vao-lop/the/{TOKEN}")
    assert dead.status_code == 404 and "Lan" not in dead.get_data(as_text=True)
    assert later.get("/vao-lop/the").status_code == 404


def test_a_scan_is_remembered_for_five_minutes(scanned_card, pupil):
    pupil.get(f"/vao-lop/the/{TOKEN}")
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert pupil.post("/vao-lop/the", data={"may": "rieng"}).status_code == 404


@pytest.mark.parametrize("kind", ["pin", "pictures"])
def test_from_home_by_username_and_card(as_teacher, pupil, room, kind):
    row, _pupils = room
    paper = gate.make_cards(as_teacher, row.id, kind)[0]
    fields = {"username": paper.username, "kieu": "hinh" if kind == "pictures" else "pin", **gate.as_fields(paper)}
    assert pupil.post("/vao-lop/tu-nha", data=fields).headers["Location"] == "/"
    assert pupil.get("/ca-nhan").status_code == 200


def test_from_home_unknown_names_wrong_cards_and_resting_cards_answer_alike(as_teacher, pupil, room):
    row, (lan, *_others) = room
    paper = gate.make_cards(as_teacher, row.id)[0]
    wrong = {"pin": "0000" if paper.secret[0] != "0000" else "1111"}

    def said(fields):
        answer = pupil.post("/vao-lop/tu-nha", data=fields)
        assert answer.status_code == 303
        shown = pupil.get("/vao-lop/tu-nha").get_data(as_text=True)
        return answer.headers["Location"], re.search(r"toast--bad.*?<span>(.*?)</span>", shown, re.S)[1]

    told = {said({"username": "khong.co.ai", **wrong})}
    told |= {said({"username": paper.username, **wrong}) for _n in range(6)}
    told |= {said({"username": paper.username, **gate.as_fields(paper)})}
    assert len(told) == 1
    assert gate.card_of(lan.id).wrong_ever == 5
    assert "bui" not in pupil.get("/vao-lop/tu-nha").get_data(as_text=True)
    with clock.frozen(clock.now() + timedelta(days=1)):
        answer = pupil.post("/vao-lop/tu-nha", data={"username": paper.username, **gate.as_fields(paper)})
        assert answer.headers["Location"] == "/"


def test_a_class_bears_twenty_wrong_tries_a_day_from_outside(as_teacher, pupil, room):
    row, _pupils = room
    paper = gate.make_cards(as_teacher, row.id)[0]
    for _n in range(20):
        _away_line(row.id)
    answer = pupil.post("/vao-lop/tu-nha", data={"username": paper.username, **gate.as_fields(paper)})
    assert answer.headers["Location"] == "/vao-lop/tu-nha"


def _away_line(class_id):

    journal.note("sign-in-failed", f"class-away:{class_id}", actor_id=None)
    journal.write_lines(db.engine)
    db.session.rollback()  # the next request shall see it


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_cards_and_window_are_the_class_teachers_own(app, as_teacher, ids, room, who):
    row, (lan, *_others) = room
    gate.make_cards(as_teacher, row.id)
    other = gate.Browser(app.test_client())
    hamlet.sign_in(other, ids[who])
    pages = [f"/lop-hoc/{row.id}/the", f"/lop-hoc/{row.id}/vao-lop", f"/lop-hoc/{row.id}/vao-lop/chieu"]
    acts = [f"/lop-hoc/{row.id}/the/{part}" for part in ("lam", f"{lan.id}/bao-mat", f"{lan.id}/thu-lai")]
    acts += [f"/lop-hoc/{row.id}/vao-lop{part}" for part in ("", "/dong", "/them-gio")]
    expected = 404 if who == "stranger" else 403
    assert {other.get(one).status_code for one in pages} == {expected}
    assert {other.post(one, data={"kind": "pin", "minutes": 60}).status_code for one in acts} == {expected}
    assert gate.card_of(lan.id) is not None


def test_a_former_teacher_makes_no_cards(as_teacher, ids, room):
    row, _pupils = room
    classes.end_teacher(row.id, ids["teacher"], clock.today())
    db.session.commit()
    assert as_teacher.get(f"/lop-hoc/{row.id}/the").status_code == 404


def test_cards_are_made_only_for_pupils_of_the_class(as_teacher, ids, room):
    row, _pupils = room
    answer = as_teacher.post(f"/lop-hoc/{row.id}/the/lam", data={"kind": "pin", "ai": str(ids["officer"])})
    assert answer.status_code == 404 and count(LoginCard) == 0
    assert as_teacher.post(f"/lop-hoc/{row.id}/the/{ids['officer']}/bao-mat").status_code == 404


def test_a_drawn_secret_is_hashed_with_the_installations_key(app):
    with app.test_request_context():
        first = keyed("0417")
    app.extensions["settings"] = type(app.extensions["settings"])(
        **{**vars(app.extensions["settings"]), "secret_key": "t" * 32}
    )
    with app.test_request_context():
        assert keyed("0417") != first
    assert hash_of(first).startswith("$argon2id") and len(drawn_secret(CardKind.PIN, lambda _: "7")) == 4


def test_the_page_of_cards_is_cut_and_costs_the_same_for_any_class(as_teacher, ids, room, queries):
    few, _pupils = room
    many = classes.found_class(ids["school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(many.id, ids["teacher"], school.BEGUN)
    for n in range(61):
        classes.enrol(many.id, people.create_person(f"Bùi Văn Số {n:02}", 2013).id, school.BEGUN)
    db.session.commit()
    for row in (few, many):
        gate.make_cards(as_teacher, row.id)

    def cost(row):
        as_teacher.get(f"/lop-hoc/{row.id}/the")
        with queries() as said:
            assert as_teacher.get(f"/lop-hoc/{row.id}/the").status_code == 200
        return len(said)

    assert cost(many) == cost(few) <= 12
    first = as_teacher.get(f"/lop-hoc/{many.id}/the").get_data(as_text=True)
    assert "Bùi Văn Số 59" in first and "Bùi Văn Số 60" not in first
    assert "Làm thẻ cho 1 em" in first and "Làm lại thẻ cả lớp" not in first, "sixty at once, and one is left"
    mark = re.search(r"sau=([\w-]+)", first)[1]
    assert "Bùi Văn Số 60" in as_teacher.get(f"/lop-hoc/{many.id}/the?sau={mark}").get_data(as_text=True)
