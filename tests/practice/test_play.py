"""A run without a script: press by press to the end, with an account and without one."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.db import db
from lms.journal import JournalLine
from lms.practice.models import PracticeTrace
from lms.practice.rules.params import drawn
from lms.practice.views.tickets import read_ticket
from lms.skills.models import Evidence
from tests import cast
from tests.practice import shelf
from tests.practice.conftest import compiled
from tests.practice.shelf import SAMPLE_ID, right_way

AT = f"/luyen-tap/{SAMPLE_ID}"
SPEC = compiled()


@pytest.fixture
def house(app: Flask) -> int:
    with app.app_context():
        settled = cast.settle(pupils=1)
        shelf.publish()
        return int(settled.lan.id)


@pytest.fixture
def kept(app: Flask) -> Callable[[], int]:
    def count() -> int:
        with app.app_context():
            return int(db.session.scalar(select(func.count()).select_from(PracticeTrace)) or 0)

    return count


def seed_of(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        token = session["luyen"]["t"]
    with client.application.app_context():
        ticket = read_ticket(token)
    assert ticket is not None
    return ticket.seed


def press(client: FlaskClient, act: str, **fields: Any):
    with client.session_transaction() as session:
        number = len(session["luyen"]["a"]) if "luyen" in session else 0
        run = session["luyen"]["i"] if "luyen" in session else ""
    sent = {f"f-{name}": value for name, value in fields.items()}
    return client.post(f"{AT}/choi", data={"act": act, "n": number, "run": run, **sent})


def play(client: FlaskClient) -> Any:
    """The right way, as a person with a form goes it; the answer of the last press."""
    assert client.post(AT).status_code == 303
    answer = None
    fields: dict[str, Any] = {}
    for action in right_way(SPEC, seed_of(client)):
        if action[0] == "input":
            fields[action[1]] = action[2]
            continue
        answer = press(client, ":".join(action), **fields)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        fields = {}
    return answer


def test_with_an_account_a_pass_is_the_same_evidence_as_with_the_script(
    house: int, client: FlaskClient, app: Flask, kept: Callable[[], int]
) -> None:
    cast.sign_in(client, "lan")
    assert "Quét mã trả tiền (mẫu)" in client.get("/luyen-tap").get_data(as_text=True)
    assert "được ghi vào hồ sơ" in client.get(AT).get_data(as_text=True)
    answer = play(client)
    assert f"{AT}/ket-qua/" in answer.headers["Location"] and kept() == 1
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Tự làm được rồi" in page and "bấm «Quét mã»" in page
    with app.app_context():
        [event] = db.session.scalars(select(Evidence).where(Evidence.type == "practice"))
    assert event.result["passed"] and event.result["replayed"] and event.person_id == house
    assert "Đã làm được" in client.get("/luyen-tap").get_data(as_text=True)


def test_without_an_account_nothing_is_kept(house: int, client: FlaskClient, kept: Callable[[], int]) -> None:
    assert "không giữ lại gì" in client.get(AT).get_data(as_text=True)
    answer = play(client)
    assert answer.headers["Location"].endswith("/ket-qua")
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Tự làm được rồi" in page and "không được giữ lại" in page
    assert kept() == 0


def test_every_mistake_says_what_would_have_happened(house: int, client: FlaskClient) -> None:
    client.post(AT)
    press(client, "tap:scan")
    press(client, "tap:otp", amt=1)
    page = client.get(press(client, "tap:ask").headers["Location"]).get_data(as_text=True)
    assert "Kẻ gian rút hết tiền trong tài khoản." in page and "/khoa-hoc/thanh-toan/doc-ten-roi-moi-tra" in page
    assert "Thử tình huống khác" in page


def test_the_role_card_and_the_band_stand_on_every_screen(house: int, client: FlaskClient) -> None:
    client.post(AT)
    page = html.unescape(client.get(f"{AT}/choi").get_data(as_text=True))
    values = drawn(SPEC, seed_of(client))
    assert "BÀI TẬP — KHÔNG PHẢI THẬT" in page and "[Bài tập]" in page and f"Bác là {values['name']}" in page
    assert "Tìm nút có hình mã vuông." not in page
    press(client, "hint")
    assert "Tìm nút có hình mã vuông." in client.get(f"{AT}/choi").get_data(as_text=True)


def test_real_looking_data_is_refused_kindly_and_kept_nowhere(house: int, client: FlaskClient) -> None:
    client.post(AT)
    press(client, "tap:news")
    answer = press(client, "tap:send", phone="0912 345 678")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Đừng nhập thông tin thật" in page and "0912" not in page
    with client.session_transaction() as session:
        assert "0912" not in str(session["luyen"])


def test_what_is_typed_is_not_in_the_session(house: int, client: FlaskClient) -> None:
    client.post(AT)
    press(client, "tap:scan")
    press(client, "keep", note="chuyện riêng của tôi", amt="20.000")
    with client.session_transaction() as session:
        told = str(session["luyen"]["a"])
    assert "chuyện" not in told and "'other'" in told and "20000" in told


def test_a_press_that_is_not_there_changes_nothing(house: int, client: FlaskClient) -> None:
    client.post(AT)
    for wrong in ("tap:pay", "tap", "", "fly x", "choose:seen", "input:amt", "back"):
        assert press(client, wrong).status_code == 422, wrong
    with client.session_transaction() as session:
        assert session["luyen"]["a"] == []


def test_fields_of_an_older_page_are_not_taken(house: int, client: FlaskClient) -> None:
    client.post(AT)
    press(client, "tap:scan")
    with client.session_transaction() as session:
        run = session["luyen"]["i"]
    client.post(f"{AT}/choi", data={"act": "keep", "n": "0", "run": run, "f-amt": "5000"})
    with client.session_transaction() as session:
        assert [row[2] for row in session["luyen"]["a"]] == ["tap"]


def test_presses_of_another_run_are_not_taken(house: int, client: FlaskClient) -> None:
    """Copied from it, or a page of it left open: said kindly, and nothing happens."""
    client.post(AT)
    with client.session_transaction() as session:
        other = session["luyen"]["i"]
    client.post(AT)
    for run in ({"run": other}, {}):
        answer = client.post(f"{AT}/choi", data={"act": "tap:scan", "n": "0", **run})
        assert answer.status_code == 422 and "của lượt khác" in answer.get_data(as_text=True)
    with client.session_transaction() as session:
        assert session["luyen"]["a"] == []
    assert press(client, "tap:scan").status_code == 303


def test_a_mistake_is_told_on_the_next_screen_and_only_there(house: int, client: FlaskClient) -> None:
    client.post(AT)
    press(client, "tap:scan")
    press(client, "tap:otp", amt=1)
    assert "Không ai được biết mã OTP." in client.get(f"{AT}/choi").get_data(as_text=True)
    press(client, "hint")
    assert "Không ai được biết mã OTP." not in client.get(f"{AT}/choi").get_data(as_text=True)


def test_ticks_come_and_go(house: int, client: FlaskClient) -> None:
    client.post(AT)
    press(client, "tap:scan")
    press(client, "keep", seen=["ten", "tien"])
    assert len(re.findall("checked", client.get(f"{AT}/choi").get_data(as_text=True))) == 2
    press(client, "keep")
    assert "checked" not in client.get(f"{AT}/choi").get_data(as_text=True)


def test_addresses_out_of_turn_lead_to_the_role_card(house: int, client: FlaskClient) -> None:
    assert client.get(f"{AT}/choi").headers["Location"] == AT
    assert client.get(f"{AT}/ket-qua").headers["Location"] == AT
    assert press(client, "tap:scan").headers["Location"] == AT
    assert client.get("/luyen-tap/p.s3.khong-co").status_code == 404


def test_sixty_presses_end_a_run(house: int, client: FlaskClient) -> None:
    client.post(AT)
    for _press in range(59):
        assert press(client, "hint").headers["Location"].endswith("/choi")
    assert press(client, "hint").headers["Location"].endswith("/ket-qua")
    assert "chưa tới đích" in client.get(f"{AT}/ket-qua").get_data(as_text=True)


def test_another_persons_result_is_not_found(house: int, client: FlaskClient, app: Flask) -> None:
    cast.sign_in(client, "lan")
    address = play(client).headers["Location"]
    other = app.test_client()
    cast.sign_in(other, "tu")
    assert other.get(address).status_code == 404


def test_staff_play_a_run_back_and_leave_a_line(house: int, client: FlaskClient, app: Flask) -> None:
    cast.sign_in(client, "lan")
    id = play(client).headers["Location"].rsplit("/", 1)[1]
    nam = app.test_client()
    cast.sign_in(nam, "nam")
    assert id in nam.get(f"/luyen-tap/nguoi/{house}").get_data(as_text=True)
    page = nam.get(f"/luyen-tap/luot/{id}?buoc=1").get_data(as_text=True)
    assert "bấm «Quét mã»" in page and "Màn 1 trong" in page
    assert nam.get(f"/luyen-tap/luot/{id}?buoc=99").status_code == 200
    with app.app_context():
        lines = db.session.scalars(select(JournalLine).where(JournalLine.key == f"person:{house}")).all()
    assert len([line for line in lines if line.kind == "read-person"]) == 3
    khach = app.test_client()
    cast.sign_in(khach, "khach")
    assert khach.get(f"/luyen-tap/nguoi/{house}").status_code == 404
    assert khach.get(f"/luyen-tap/luot/{id}").status_code == 404
    assert client.get(f"/luyen-tap/luot/{id}").status_code == 403
