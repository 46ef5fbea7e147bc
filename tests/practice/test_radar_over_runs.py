"""The scam radar over a person's runs: known answers, and who always says the same neither passes nor is called sharp."""

import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.practice.rules.naming import tagged_rows
from lms.practice.rules.params import drawn
from lms.practice.rules.radar import Radar, together
from lms.practice.rules.reducer import beginning, step
from tests import cast
from tests.practice import shelf
from tests.practice.players import (
    INTENDED,
    SHIPPED,
    calls_all_scam,
    calls_none_scam,
    inbox_all_scam,
    inbox_none_scam,
)
from tests.practice.shelf import rows

INBOX, CALLS = "p.s4.hop-thu-lua-dao", "p.s4.cuoc-goi-gia-danh"
KNOWING = {INBOX: INTENDED["s4/hop-thu-lua-dao"], CALLS: INTENDED["s4/cuoc-goi-gia-danh"]}
SUSPECTING = {INBOX: inbox_all_scam, CALLS: calls_all_scam}
TRUSTING = {INBOX: inbox_none_scam, CALLS: calls_none_scam}


@pytest.fixture
def lan(app: Flask, client: FlaskClient) -> int:
    with app.app_context():
        settled = cast.settle(pupils=1)
        shelf.publish()
        id = int(settled.lan.id)
    cast.sign_in(client, "lan")
    return id


def play(client: FlaskClient, practice: str, player: Any) -> dict[str, Any]:
    """One run sent by the script; what the server said to it."""
    spec, bundle = SHIPPED[practice], client.get(f"/luyen-tap/{practice}/bo.json").get_json()
    values, state, actions = drawn(spec, bundle["seed"]), beginning(spec), []
    while not state["done"]:
        actions.append(player(values, state))
        state = step(spec, values, state, actions[-1])
    sent = {"id": str(uuid4()), "ticket": bundle["ticket"], "actions": tagged_rows(bundle["seed"], rows(actions))}
    answer: dict[str, Any] = client.post(f"/luyen-tap/{practice}/vet", json=sent).get_json()
    assert answer["accepted"], answer
    return answer


def said(client: FlaskClient) -> str:
    page = client.get("/luyen-tap/may-do")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def test_who_tells_them_apart_is_told_so_with_both_numbers(lan: int, client: FlaskClient, app: Flask) -> None:
    assert "Chưa có lượt nào được ghi lại" in said(client) and f"/luyen-tap/{INBOX}" in said(client)
    assert play(client, INBOX, KNOWING[INBOX])["passed"] and play(client, CALLS, KNOWING[CALLS])["passed"]
    play(client, "p.s5.dat-lich-kham", INTENDED["s5/dat-lich-kham"])  # has nothing to tell apart
    page = said(client)
    assert "Chặn được 6 trong 6 điều lừa, và báo nhầm 0 trong 3 điều thật." in page and "Mắt tinh lắm" in page
    assert "chặn được khoảng 10. Cứ 10 điều thật thì báo nhầm khoảng 0." in page
    assert "Độ tinh: 2,6." in page and round(Radar(6, 0, 0, 3).sensitivity, 1) == 2.6
    assert page.count("2/2") == 1 and page.count("4/4") == 1
    assert "/luyen-tap/may-do" in client.get("/luyen-tap").get_data(as_text=True)
    _only_those_who_may_see_it(app, lan)


def _only_those_who_may_see_it(app: Flask, lan: int) -> None:
    member, stranger = app.test_client(), app.test_client()
    cast.sign_in(member, "nam")
    cast.sign_in(stranger, "khach")
    assert "báo nhầm 0 trong 3 điều thật" in member.get(f"/luyen-tap/nguoi/{lan}").get_data(as_text=True)
    assert "Chưa có lượt nào" in said(member)
    assert stranger.get(f"/luyen-tap/nguoi/{lan}").status_code == 404
    assert app.test_client().get("/luyen-tap/may-do").status_code == 302


@pytest.mark.parametrize(
    ("players", "words", "counts"),
    [
        (SUSPECTING, "nghi gần hết", "Chặn được 6 trong 6 điều lừa, và báo nhầm 3 trong 3 điều thật."),
        (TRUSTING, "dễ tin", "Chặn được 0 trong 6 điều lừa, và báo nhầm 0 trong 3 điều thật."),
    ],
)
def test_always_the_same_answer_fails_however_often(
    lan: int, client: FlaskClient, players: dict[str, Any], words: str, counts: str
) -> None:
    assert not any(play(client, practice, player)["passed"] for practice, player in players.items())
    page = said(client)
    assert words in page and counts in page and "Mắt tinh lắm" not in page
    assert float(re.search(r"Độ tinh: (-?\d+,\d)", page)[1].replace(",", ".")) < 0.7


def test_runs_are_put_together_by_adding() -> None:
    assert together([Radar(1, 2, 3, 4), Radar(4, 3, 2, 1)]) == Radar(5, 5, 5, 5)
    assert together([]) == Radar() and Radar(3, 1, 1, 3).hit_share == 0.75 and Radar(3, 1, 1, 3).alarm_share == 0.25
    assert Radar().hit_share == Radar().alarm_share == 0
