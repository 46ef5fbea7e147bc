"""*Trao máy*: locked to one learner, nothing else reachable, given back by the host's password or PIN."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.access.guard import ALWAYS_OPEN
from lms.db import db
from lms.people import actions as people
from lms.people import passwords
from lms.people.models import SignIn
from lms.people.queries import account_of
from lms.refusals import Refusal
from lms.witnessing.actions import handing
from lms.witnessing.models import HandOver, TestWindow
from tests.house import addresses
from tests.witnessing import world as made

WORKS = ("/trao-may/dang-lam", "/trao-may/tra-lai")


@pytest.fixture
def window(world: SimpleNamespace, do: Callable[..., Any]) -> TestWindow:
    return do(made.open_test, world.mai, person_ids=[world.lan, world.an])


def lend(host: FlaskClient, window: TestWindow, person_id: int) -> Any:
    return host.post("/trao-may", data={"bai": str(window.id), "nguoi": str(person_id)})


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("namcanh")
    assert found is not None
    return found.value


def copy_of(app: Flask, value: str) -> FlaskClient:
    thief = app.test_client()
    thief.set_cookie("namcanh", value)
    return thief


def test_there_and_back(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    device = as_("mai")
    assert "Bùi Thị Lan" in device.get("/trao-may").text
    before = cookie(device)
    lent = lend(device, window, world.lan)
    assert (lent.status_code, lent.location) == (303, "/trao-may/dang-lam")
    page = device.get("/trao-may/dang-lam").text
    assert "Bùi Thị Lan" in page and "/kiem-tra" in page
    handed = cookie(device)
    assert handed != before
    wrong = device.post("/trao-may/tra-lai", data={"secret": "không phải"})
    assert wrong.status_code == 422 and "chưa đúng" in wrong.text
    back = device.post("/trao-may/tra-lai", data={"secret": made.PASSWORD})
    assert back.status_code == 303 and device.get(back.location).status_code == 200
    assert device.get("/chung-kien").status_code == 200
    thief = copy_of(app, handed)
    assert thief.get("/trao-may/dang-lam").location.startswith("/dang-nhap"), "the learner's cookie is dead"


def test_nothing_else_can_be_reached(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    """Besides the work itself there is only what shows nobody: style sheets, pictures, the language, being alive."""
    assert {name.partition(".")[2] for name in ALWAYS_OPEN} == {
        "asset", "healthz", "switch_language", "picture", "medium"
    }  # fmt: skip
    device = as_("mai")
    lend(device, window, world.lan)
    reached = []
    for method in ("GET", "POST"):
        for rule in addresses.rules(app, method):
            address = addresses.example(app, rule)
            if address in WORKS or rule.endpoint in ALWAYS_OPEN:
                continue
            answer = device.open(address, method=method)
            kept = answer.status_code == 302 and answer.location == "/trao-may/dang-lam"
            if not kept and answer.status_code != 403:
                reached.append(f"{method} {address}: {answer.status_code}")
    assert not reached
    page = device.get("/trao-may/dang-lam").text
    assert "Phạm Thị Mai" not in page and "/ca-nhan" not in page and "/dang-xuat" not in page


def test_a_pin_takes_it_back_and_guessing_is_stopped(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    with app.app_context():
        account = account_of(world.mai)
        assert account is not None
        people.set_pin(account, passwords.hash_of("290317"))
        db.session.commit()
    device = as_("mai")
    lend(device, window, world.an)
    assert device.post("/trao-may/tra-lai", data={"secret": "290317"}).status_code == 303
    lend(device, window, world.an)
    for _n in range(10):
        assert device.post("/trao-may/tra-lai", data={"secret": "111111"}).status_code == 422
    assert device.post("/trao-may/tra-lai", data={"secret": "290317"}).status_code == 429
    with clock.frozen(made.later(minutes=16)):
        assert device.post("/trao-may/tra-lai", data={"secret": "290317"}).status_code == 303


def test_back_after_the_hosts_session_ended(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    device = as_("mai")
    lend(device, window, world.lan)
    with app.app_context():
        people.end_all_sign_ins(world.mai)
        db.session.commit()
    assert "Bùi Thị Lan" in device.get("/trao-may/dang-lam").text
    assert device.post("/trao-may/tra-lai", data={"secret": made.PASSWORD}).location == "/dang-nhap"
    assert device.get("/chung-kien").location.startswith("/dang-nhap")


def test_the_host_comes_back_after_a_long_test(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    """Idle for forty minutes as far as the session knows, but the password has just been given."""
    device = as_("mai")
    lend(device, window, world.lan)
    with clock.frozen(made.later(minutes=40)):
        assert device.post("/trao-may/tra-lai", data={"secret": made.PASSWORD}).status_code == 303
        assert device.get("/chung-kien").status_code == 200


def test_it_gives_itself_back_after_two_hours(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    device = as_("mai")
    lend(device, window, world.lan)
    with clock.frozen(made.later(minutes=46)):
        assert "đã đóng" in device.get("/trao-may/dang-lam").text
    with clock.frozen(made.later(minutes=121)):
        assert device.get("/trao-may/dang-lam").location.startswith("/dang-nhap")


def test_only_ones_own_open_window_and_the_people_in_it(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow, app: Flask
) -> None:
    assert lend(as_("hoa"), window, world.an).status_code == 422
    assert lend(as_("mai"), window, world.tu).status_code == 422
    assert as_("an").get("/trao-may").status_code == 403
    with clock.frozen(made.later(minutes=10)):
        mai = as_("mai")
    with app.app_context():
        assert not db.session.scalars(select(HandOver)).all()
    assert mai.post("/trao-may", data={"bai": str(window.id)}).status_code == 400


@pytest.mark.parametrize("act", [handing.hand_over, handing.leave_code])
def test_the_act_asks_again_whose_window_it_is_and_whether_it_is_open(
    inside: SimpleNamespace, act: Callable[..., Any]
) -> None:
    mine = made.open_test(inside.mai, person_ids=[inside.lan])
    code = ("hash",) if act is handing.leave_code else ()
    for minute, host, learner, why in (
        (0, inside.hoa, inside.lan, "not-open"),
        (45, inside.mai, inside.lan, "not-open"),
        (0, inside.mai, inside.mai, "self"),
        (0, inside.mai, inside.tu, "not-named"),
    ):
        with clock.frozen(made.later(minutes=minute)), pytest.raises(Refusal) as refused:
            act("key", host, mine, learner, *code)
        assert refused.value.code == why
    assert not db.session.scalars(select(HandOver)).all()


def test_the_attempt_knows_learner_and_host(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    device = as_("mai")
    lend(device, window, world.lan)
    with app.app_context():
        row = db.session.scalars(select(SignIn).where(SignIn.kind == "hand-over")).one()
        host = db.session.get_one(SignIn, row.host_key)
        assert (row.person_id, row.account_id, host.person_id) == (world.lan, None, world.mai)


# --- a code on paper ----------------------------------------------------------------------------


def code_for(host: FlaskClient, window: TestWindow, person_id: int) -> str:
    page = host.post("/trao-may/ma", data={"bai": str(window.id), "nguoi": str(person_id)})
    assert page.status_code == 200
    return page.text.split('class="huge">')[1].split("<")[0]


def test_a_code_goes_on_on_another_device(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    code = code_for(as_("mai"), window, world.lan)
    assert len(code.replace(" ", "")) == 8
    with app.app_context():
        assert code.replace(" ", "") not in str([row.code_hash for row in db.session.scalars(select(HandOver))])
    device = app.test_client()
    assert device.post("/trao-may/tiep-tuc", data={"code": "ABCD2345"}).status_code == 422
    assert device.post("/trao-may/tiep-tuc", data={"code": code.lower()}).location == "/trao-may/dang-lam"
    assert "Bùi Thị Lan" in device.get("/trao-may/dang-lam").text
    assert device.get("/chung-kien").status_code == 403
    assert "secret" not in device.get("/trao-may/tra-lai").text
    assert device.post("/trao-may/tra-lai").location == "/dang-nhap"
    assert device.get("/chung-kien").location.startswith("/dang-nhap"), "the host's session is not for this device"


def test_a_code_dies_with_its_window(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    mai = as_("mai")
    code = code_for(mai, window, world.lan)
    device = app.test_client()
    with clock.frozen(made.later(minutes=45)):
        assert device.post("/trao-may/tiep-tuc", data={"code": code}).status_code == 422
    mai.post(f"/chung-kien/mo-bai/{window.id}/dong")
    assert device.post("/trao-may/tiep-tuc", data={"code": code}).status_code == 422


def test_codes_cannot_be_guessed_at_leisure(app: Flask, world: SimpleNamespace) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    device = app.test_client()
    for _n in range(60):
        assert device.post("/trao-may/tiep-tuc", data={"code": "ABCD2345"}).status_code == 422
    assert device.post("/trao-may/tiep-tuc", data={"code": "ABCD2345"}).status_code == 429


def test_a_code_is_for_the_opener_to_give(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, window: TestWindow
) -> None:
    asked = {"bai": str(window.id), "nguoi": str(world.lan)}
    assert as_("hoa").post("/trao-may/ma", data=asked).status_code == 404
    assert as_("mai").post("/trao-may/ma", data={**asked, "nguoi": str(world.far)}).status_code == 422
