"""*Trao máy* in a supervised practice session: who has no account joins on the leader's device, and nothing else opens there."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms import clock
from lms.access.guard import ALWAYS_OPEN, OPEN_IN_A_SESSION
from lms.db import db
from lms.people.actions import create_person
from lms.practice.models import PracticeTrace
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.witnessing.actions import handing, practising
from lms.witnessing.models import HandOver, Observation, PracticeSession, Presence
from lms.witnessing.rules.eligibility import LIMITS
from tests.house import addresses
from tests.practice.passing import bundle, passes, send
from tests.witnessing import world as made
from tests.witnessing.attending import TICKED, day, opened, page

__all__ = ["day"]
AT, OTHER = "/luyen-tap/p.s3.quet-ma", "/luyen-tap/p.s4.hop-thu-lua-dao"
HERE = "/trao-may/dang-lam"


def lend(host: FlaskClient, address: str, person_id: int) -> Any:
    return host.post("/trao-may", data={"buoi": address.split("/")[-1], "nguoi": str(person_id)})


@pytest.fixture
def lent(as_: Callable[[str], FlaskClient], day: SimpleNamespace) -> tuple[str, FlaskClient]:
    """cô Hoa's session of class 7A, and her device in the hands of Bình, who has no account."""
    hoa = as_("hoa")
    address = opened(hoa, day)
    assert lend(hoa, address, day.binh).location == HERE
    return address, hoa


def test_there_practising_back_and_signed(app: Flask, day: SimpleNamespace, lent: tuple[str, FlaskClient]) -> None:
    address, device = lent
    lobby = device.get(HERE).text
    assert "Quách Văn Bình" in lobby and AT in lobby and OTHER not in lobby and "Lê Thị Hoa" not in lobby
    card = device.get(AT).text
    assert "được ghi vào hồ sơ" in card and "Đang trong buổi thực hành" in card and 'data-practice-id="p.s3' in card
    passes(device, "p.s3.quet-ma")
    assert "Đã tự làm đạt 1 lượt" in device.get(HERE).text
    back = device.post("/trao-may/tra-lai", data={"secret": made.PASSWORD})
    assert (back.status_code, back.location) == (303, address)
    assert "tự làm đạt 1 lượt" in page(device, address)
    with app.app_context():
        [event] = db.session.scalars(select(Evidence).where(Evidence.person_id == day.binh))
        assert (str(event.session_id), event.mode) == (address.split("/")[-1], "witnessed")
    answer = device.post(f"{address}/ky", data={"nguoi": day.binh, f"muc-{day.binh}": "4", **TICKED})
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Observation.learner_id)) == day.binh


def test_without_a_script_and_without_ways_out(app: Flask, lent: tuple[str, FlaskClient]) -> None:
    _address, device = lent
    assert device.post(AT).location == f"{AT}/choi"
    assert device.get(f"{AT}/choi").status_code == 200
    with device.session_transaction() as session:
        run = session["luyen"]["i"]
    for number in range(100):
        answer = device.post(f"{AT}/choi", data={"act": "hint", "n": str(number), "run": run})
        if "/ket-qua/" in answer.location:
            break
    told = device.get(answer.location).text
    assert "chưa tới đích" in told and HERE in told
    for elsewhere in ("/khoa-hoc", "/luyen-tap/may-do", 'href="/luyen-tap"', 'href="/buoi-thuc-hanh'):
        assert elsewhere not in told + device.get(AT).text, elsewhere
    assert bundle(device, "p.s3.quet-ma")["lesson"] == ""


def test_nothing_but_the_practices_of_the_session(app: Flask, lent: tuple[str, FlaskClient]) -> None:
    device, reached = lent[1], set()
    for method in ("GET", "POST"):
        for rule in addresses.rules(app, method):
            address = addresses.example(app, rule)
            if rule.endpoint in ALWAYS_OPEN or address in (HERE, "/trao-may/tra-lai"):
                continue
            answer = device.open(address, method=method)
            if answer.status_code != 403 and (answer.status_code, answer.location) != (302, HERE):
                reached.add(rule.endpoint)
    assert reached == {"practice.worker", "witnessing.note_place"}
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("GET", "/choi"),
        ("POST", "/choi"),
        ("GET", "/bo.json"),
        ("POST", "/vet"),
    ):
        answer = device.open(f"{OTHER}{path}", method=method)
        assert (answer.status_code, answer.location) == (302, HERE), (method, path)
    assert {f"practice.{one}" for one in ("begin", "bundle", "practice", "press", "result", "screen", "worker")} == set(
        OPEN_IN_A_SESSION
    )


def test_a_device_lent_for_a_test_opens_no_practice(
    as_: Callable[[str], FlaskClient], day: SimpleNamespace, do: Callable[..., Any]
) -> None:
    do(made.open_test, day.mai, person_ids=[day.lan])
    mai = as_("mai")
    mai.post("/trao-may", data={"nguoi": str(day.lan)})
    assert "Bùi Thị Lan" in mai.get(HERE).text
    for address in (AT, f"{AT}/bo.json", f"{AT}/choi"):
        assert mai.get(address).location == HERE


def test_when_the_session_is_over_so_is_practising(app: Flask, lent: tuple[str, FlaskClient]) -> None:
    _address, device = lent
    box = bundle(device, "p.s3.quet-ma")
    with clock.frozen(made.NOW + timedelta(minutes=46)):
        assert "đã kết thúc" in device.get(HERE).text
        assert device.get(AT).location == HERE
        with pytest.raises(AssertionError, match="REDIRECT|redirect|302"):
            send(device, box)
    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(PracticeTrace))


def test_who_has_not_agreed_practises_and_nothing_is_kept(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, app: Flask
) -> None:
    hoa = as_("hoa")
    address = opened(hoa, world)
    assert "Chưa có đồng ý nên lượt làm chưa được ghi: Quách Văn Bình" in hoa.get("/trao-may").text
    lend(hoa, address, world.binh)
    assert "Chưa có đồng ý" in hoa.get(HERE).text and not bundle(hoa, "p.s3.quet-ma")["keeps"]


def test_the_act_asks_whose_session_it_is_and_who_may_sit_in_it(inside: SimpleNamespace) -> None:
    session = practising.open_session(UUID(int=7), inside.hoa, "s3", place="Phòng máy", class_id=inside.school_class)
    for minute, host, learner, why in (
        (0, inside.mai, inside.an, "not-open"),
        (45, inside.hoa, inside.an, "not-open"),
        (0, inside.hoa, inside.hoa, "self"),
        (0, inside.hoa, inside.tu, "not-named"),
    ):
        with clock.frozen(made.later(minutes=minute)), pytest.raises(Refusal) as refused:
            handing.hand_over("key", host, session, learner)
        assert refused.value.code == why
    _fill(session, inside)
    with pytest.raises(Refusal) as refused:
        handing.hand_over("key", inside.hoa, session, inside.an)
    assert refused.value.code == "too-many-present"
    assert not db.session.scalars(select(HandOver)).all()


def _fill(session: PracticeSession, inside: SimpleNamespace) -> None:
    strangers = [create_person(f"Người Mẫu {number}", 1990) for number in range(LIMITS.present)]
    db.session.flush()
    now = clock.now()
    db.session.add_all(
        Presence(session_id=session.id, person_id=one.id, entered_at=now, moved_at=now) for one in strangers
    )
    db.session.flush()
