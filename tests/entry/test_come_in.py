"""Class code → my name → my card, inside the window; and the refusals: closed, wrong, too often, somebody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.queries import enrolment_of
from lms.db import db
from lms.entry import actions, queries, rules
from lms.entry.models import ClassWindow, LoginCard
from lms.journal import JournalLine
from lms.people import actions as people
from lms.people.models import Person, SignIn
from lms.people.queries import account_of
from tests.entry import gate
from tests.rosters.hamlet import count


def wrong_for(paper):
    return {"pin": "0000" if paper.secret[0] != "0000" else "1111"}


@pytest.mark.parametrize("kind", ["pin", "pictures"])
def test_code_then_name_then_card(as_teacher, pupil, room, kind):
    row, (lan, *_others) = room
    papers = gate.make_cards(as_teacher, row.id, kind)
    assert [paper.name for paper in papers] == ["Bùi Thị Lan", "Lê Văn Nam", "Đặng Thị Ước"]
    window = gate.open_window(as_teacher, row.id)
    spelled = f"{window.code[:3].lower()} {window.code[3:].lower()}"
    assert pupil.post("/vao-lop", data={"code": spelled}).headers["Location"] == f"/vao-lop/{window.code}"
    names = pupil.get(f"/vao-lop/{window.code}").get_data(as_text=True)
    card = gate.card_of(lan.id)
    assert "Bùi Thị Lan" in names and f"/{card.id}" in names and "2013" not in names
    answer = pupil.post(f"/vao-lop/{window.code}/{card.id}", data=gate.as_fields(papers[0]))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    home = pupil.get("/").get_data(as_text=True)
    assert "Em Lan đang học trên máy này" in home and "Đổi bạn" in home
    assert "đã vào lúc" in as_teacher.get(f"/lop-hoc/{row.id}/vao-lop").get_data(as_text=True)


def test_secrets_are_kept_nowhere_but_hashed(as_teacher, room):
    row, pupils = room
    for paper in gate.make_cards(as_teacher, row.id):
        kept = repr([(one.secret_hash, one.qr_hash) for one in db.session.scalars(select(LoginCard))])
        assert paper.secret[0] not in kept.replace("$", " ").split() and "argon2" in kept
    lines = repr([line.detail for line in db.session.scalars(select(JournalLine))])
    assert "secret" not in lines and "pin" not in lines.lower().replace("pupil", "")


def test_the_list_cannot_be_read_outside_the_window(as_teacher, pupil, room):
    row, (lan, *_others) = room
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id, 45)
    code, card_id, until = window.code, gate.card_of(lan.id).id, window.closes_at
    for address in (f"/vao-lop/{code}", f"/vao-lop/{code}/{card_id}"):
        assert pupil.get(address).status_code == 200
        with clock.frozen(until):
            closed = pupil.get(address)
            assert closed.status_code == 404 and "Lan" not in closed.get_data(as_text=True)
    as_teacher.post(f"/lop-hoc/{row.id}/vao-lop/dong")
    assert pupil.get(f"/vao-lop/{code}").status_code == 404
    assert pupil.post(f"/vao-lop/{code}/{card_id}", data=gate.as_fields(papers[0])).status_code == 404
    assert pupil.post("/vao-lop", data={"code": code}).status_code == 422


def test_closing_and_the_end_of_the_window_end_every_seat(as_teacher, pupil, room):
    row, (lan, *_others) = room
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id, 45)
    path, until = f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", window.closes_at
    pupil.post(path, data=gate.as_fields(papers[0]))
    assert pupil.get("/ca-nhan").status_code == 200
    with clock.frozen(until - timedelta(seconds=1)):
        _touch(pupil)
        assert pupil.get("/ca-nhan").status_code == 200
    with clock.frozen(until):
        assert pupil.get("/ca-nhan").status_code == 302
    as_teacher.post(f"/lop-hoc/{row.id}/vao-lop/dong")
    assert pupil.get("/ca-nhan").status_code == 302


def test_a_longer_lesson_lengthens_the_seats_too(as_teacher, pupil, room):
    row, (lan, *_others) = room
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id, 45)
    until = window.closes_at
    pupil.post(f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", data=gate.as_fields(papers[0]))
    as_teacher.post(f"/lop-hoc/{row.id}/vao-lop/them-gio")
    with clock.frozen(until + timedelta(minutes=14)):
        _touch(pupil)
        assert pupil.get("/ca-nhan").status_code == 200
    for _n in range(9):
        as_teacher.post(f"/lop-hoc/{row.id}/vao-lop/them-gio")
    db.session.expire_all()
    window = db.session.scalars(select(ClassWindow)).one()
    assert window.closes_at - window.opened_at == timedelta(minutes=120)


def test_five_wrong_a_day_then_the_right_one_is_refused_too_until_the_teacher_lets(as_teacher, pupil, room):
    row, (lan, *_others) = room
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id)
    path, right = f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", gate.as_fields(papers[0])
    for _n in range(5):
        assert pupil.post(path, data=wrong_for(papers[0])).headers["Location"] == path
    assert count(SignIn, SignIn.kind == "seat") == 0
    refused = pupil.post(path, data=right)
    assert refused.status_code == 422 and "thử sai 5 lần" in refused.get_data(as_text=True)
    assert "thử sai quá 5 lần" in as_teacher.get(f"/lop-hoc/{row.id}/vao-lop").get_data(as_text=True)
    as_teacher.post(f"/lop-hoc/{row.id}/the/{lan.id}/thu-lai")
    assert pupil.post(path, data=right).headers["Location"] == "/"
    assert gate.card_of(lan.id).wrong_ever == 5, "the card's life does not begin anew"


def test_tries_at_once_are_counted_one_by_one(as_teacher, room):
    """The secret is compared before the lock; what was compared too late does not count, not even when it fits."""
    row, (lan, *_others) = room
    gate.make_cards(as_teacher, row.id)
    card_id = gate.card_of(lan.id).id
    outcomes = [actions.try_card(card_id, False, "") for _n in range(8)]
    assert all(isinstance(one, str) for one in outcomes) and isinstance(actions.try_card(card_id, True, ""), str)
    db.session.commit()
    assert gate.card_of(lan.id).wrong_ever == 5


def test_ninety_wrong_tries_stop_the_window_for_everybody(as_teacher, pupil, room):
    row, (lan, nam, _uoc) = room
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id)
    path = f"/vao-lop/{window.code}/{gate.card_of(nam.id).id}"
    actions.let_try_again(gate.card_of(lan.id))
    db.session.get_one(ClassWindow, window.id).wrong = 89
    db.session.commit()
    pupil.post(f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", data=wrong_for(papers[0]))
    assert pupil.post(path, data=gate.as_fields(papers[1])).status_code == 404
    assert "cửa lớp đã tự dừng" in as_teacher.get(f"/lop-hoc/{row.id}/vao-lop").get_data(as_text=True)
    assert gate.open_window(as_teacher, row.id).code != window.code


def test_codes_are_not_guessed_for_long(pupil, room):
    for _n in range(3):
        assert pupil.post("/vao-lop", data={"code": "ABCDEF"}).status_code == 422
    assert queries.window_by_code("ABCDEF", clock.now()) is None
    assert count(JournalLine, JournalLine.kind == "class-missed") == 3
    assert rules.MISSES_OF_A_NETWORK == 300


def test_only_this_classes_cards_fit_its_window(as_teacher, pupil, ids, room):
    """A card id of another class, a pupil who left, and a disabled account are 404 like anything unknown."""
    row, (lan, nam, _uoc) = room
    papers = gate.make_cards(as_teacher, row.id)
    other = classes.found_class(ids["school"], "7B", "2026–2027", clock.today())
    classes.appoint_teacher(other.id, ids["teacher"], clock.today())
    stranger = people.create_person("Hà Văn Sáu", 2013)
    classes.enrol(other.id, stranger.id, clock.today())
    db.session.commit()
    gate.make_cards(as_teacher, other.id)
    window = gate.open_window(as_teacher, row.id)
    assert pupil.get(f"/vao-lop/{window.code}/{gate.card_of(stranger.id).id}").status_code == 404
    card_id = gate.card_of(nam.id).id
    classes.leave_class(enrolment_of(row.id, nam.id, clock.today()), clock.today())
    people.disable_account(account_of(lan.id))
    db.session.commit()
    assert pupil.get(f"/vao-lop/{window.code}/{card_id}").status_code == 404
    shown = pupil.get(f"/vao-lop/{window.code}").get_data(as_text=True)
    assert "Nam" not in shown and "Lan" not in shown and "Ước" in shown and "Sáu" not in shown
    path = f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}"
    assert pupil.post(path, data=gate.as_fields(papers[0])).status_code == 404


def test_two_of_one_name_are_told_apart_by_what_stands_on_their_cards(as_teacher, pupil, room):
    row, (lan, *_others) = room
    twin = people.create_person("Bùi Thị Lan", 2012)
    classes.enrol(row.id, twin.id, clock.today())
    db.session.commit()
    papers = gate.make_cards(as_teacher, row.id)
    window = gate.open_window(as_teacher, row.id)
    shown = pupil.get(f"/vao-lop/{window.code}").get_data(as_text=True)
    names = [paper.username for paper in papers if paper.name == "Bùi Thị Lan"]
    assert names == ["bui.thi.lan", "bui.thi.lan2"] and all(f"<small>{one}</small>" in shown for one in names)
    assert "<small>le.van.nam</small>" not in shown


def test_whoever_comes_in_by_card_is_a_learner_and_nothing_else(as_teacher, pupil, ids, room):
    """A teacher of the school who sits in an evening class must not get a teacher's rights by four digits."""
    row, _pupils = room
    grown = people.create_person("Vi Văn Thầy", 1980)
    people.grant_role(grown.id, Role.PRINCIPAL, clock.today(), site_id=ids["school"])
    classes.enrol(row.id, grown.id, clock.today())
    db.session.commit()
    paper = next(one for one in gate.make_cards(as_teacher, row.id) if one.name == "Vi Văn Thầy")
    window = gate.open_window(as_teacher, row.id)
    answer = pupil.post(f"/vao-lop/{window.code}/{gate.card_of(grown.id).id}", data=gate.as_fields(paper))
    assert answer.headers["Location"] == "/"
    assert pupil.get("/lop-hoc").status_code == 403 and pupil.get("/ca-nhan").status_code == 200


def test_a_card_asks_nobody_to_change_a_password_they_never_had(as_teacher, pupil, room):
    row, (lan, *_others) = room
    people.create_account(db.session.get_one(Person, lan.id), "lan7a", "no hash", must_change=True)
    db.session.commit()
    paper = gate.make_cards(as_teacher, row.id)[0]
    assert paper.username == "lan7a", "an account that is there is kept"
    window = gate.open_window(as_teacher, row.id)
    pupil.post(f"/vao-lop/{window.code}/{gate.card_of(lan.id).id}", data=gate.as_fields(paper))
    assert pupil.get("/ca-nhan").status_code == 200


def _touch(browser):
    with browser.session_transaction() as session:
        session["seen"] = int(clock.now().timestamp())
