"""Signing in and out: one row a session, dead when ended; failed tries are throttled and survive the rollback."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.journal import JournalLine
from lms.people import actions
from lms.people.models import Account, SignIn
from tests import cast

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def test_in_and_out_and_a_stolen_copy_is_dead(app, client):
    with app.app_context():
        cast.settle(1)
    cast.sign_in(client, "hoa")
    stolen = app.test_client()
    stolen.set_cookie("namcanh", client.get_cookie("namcanh").value)
    assert stolen.get("/lop-hoc").status_code == 200
    assert client.post("/dang-xuat").status_code == 303
    assert client.get("/lop-hoc").status_code == 302
    assert stolen.get("/lop-hoc").status_code == 302, "signing out ends every copy of the cookie"


def test_everywhere_ends_all_other_devices(app, client):
    with app.app_context():
        cast.settle(1)
    other = app.test_client()
    cast.sign_in(client, "lan")
    cast.sign_in(other, "lan")
    assert client.post("/ca-nhan/thoat-may-khac").status_code == 303
    assert client.get("/ca-nhan").status_code == 200
    assert other.get("/ca-nhan").status_code == 302


def test_wrong_tries_leave_lines_and_are_throttled(app, client):
    with app.app_context():
        cast.settle(1)
    wrong = {"username": "hoa", "password": "không phải"}
    assert [client.post("/dang-nhap", data=wrong).status_code for _ in range(11)] == [422] * 10 + [429]
    right = {"username": "hoa", "password": cast.PASSWORD}
    assert client.post("/dang-nhap", data=right).status_code == 429, "the right one too, until the window is over"
    assert client.post("/dang-nhap", data={**right, "username": "lan"}).status_code == 303, (
        "the class behind one net works"
    )
    with app.app_context():
        lines = db.session.scalars(select(JournalLine).where(JournalLine.kind == "sign-in-failed")).all()
        assert len([line for line in lines if line.key == "account:hoa"]) == 10


def test_an_unknown_name_and_a_wrong_password_answer_alike(app, client):
    with app.app_context():
        cast.settle(1)
    unknown = client.post("/dang-nhap", data={"username": "ai-do", "password": "x"})
    wrong = client.post("/dang-nhap", data={"username": "hoa", "password": "x"})
    assert unknown.status_code == wrong.status_code == 422
    assert "chưa đúng" in unknown.text and "chưa đúng" in wrong.text


def test_staff_idle_out_and_learners_do_not(app, client):
    with app.app_context():
        cast.settle(1)
    learner = app.test_client()
    with clock.frozen(NOW):
        cast.sign_in(client, "mai")
        cast.sign_in(learner, "lan")
    with clock.frozen(NOW + timedelta(minutes=14)):
        assert client.get("/ca-nhan").status_code == 200
    with clock.frozen(NOW + timedelta(minutes=30)):
        assert client.get("/ca-nhan").status_code == 302
        assert learner.get("/ca-nhan").status_code == 200
    with clock.frozen(NOW + timedelta(days=31)):
        assert learner.get("/ca-nhan").status_code == 302


def test_going_on_stays_inside_the_site(app, client):
    with app.app_context():
        cast.settle(1)
    for asked in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = client.post("/dang-nhap", data={"username": "lan", "password": cast.PASSWORD, "tiep": asked})
        assert answer.headers["Location"] == "/", asked
        client.post("/dang-xuat")


def test_a_disabled_account_ends_at_once(app, client):
    with app.app_context():
        cast.settle(1)
    cast.sign_in(client, "hoa")
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.username == "hoa")).one()
        actions.disable_account(account)
        db.session.commit()
        assert not db.session.scalars(
            select(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
        ).all()
    assert client.get("/ca-nhan").status_code == 302
    assert client.post("/dang-nhap", data={"username": "hoa", "password": cast.PASSWORD}).status_code == 422
