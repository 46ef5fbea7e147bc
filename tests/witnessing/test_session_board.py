"""The live board of a supervised session: who is where, and at what cost."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event

from lms import clock
from lms.db import db, open_write
from lms.witnessing.models import Presence
from tests.practice.passing import bundle, passes
from tests.witnessing import world as made
from tests.witnessing.attending import day, opened, page, seated

__all__ = ["day"]


def test_the_board_says_where_everybody_is(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    address, hoa, an = seated(app, as_, day)
    assert "chưa vào" in page(hoa, address), "Bình"
    assert an.post("/luyen-tap/p.s3.quet-ma").status_code == 303
    board = page(hoa, f"{address}/bang")
    assert "đang làm" in board and "Quét mã" in board and "<html" not in board
    said = {"practice": "p.s3.quet-ma", "screen": "ngan_hang"}
    screens = bundle(an, "p.s3.quet-ma")["spec"]["screens"]
    screen = next(id for id, one in screens.items() if one.get("title") and "{{" not in one["title"])
    assert an.post("/buoi-thuc-hanh/cho", json={**said, "screen": screen}).status_code == 204
    assert screens[screen]["title"] in page(hoa, f"{address}/bang")
    with clock.frozen(made.NOW + timedelta(minutes=4)):
        assert "đứng yên 4 phút" in page(hoa, address)
    passes(an, "p.s3.quet-ma")
    board = page(hoa, address)
    assert "tự làm đạt 1 lượt" in board and re.search(r"<strong>1/2</strong> đã vào", board)


def test_a_place_that_is_none(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    _address, _hoa, an = seated(app, as_, day)
    for said in ({}, {"practice": "p.s3.quet-ma", "screen": "nowhere"}, {"practice": 3, "screen": "x"}):
        assert an.post("/buoi-thuc-hanh/cho", json=said).status_code == 400
    assert an.post("/buoi-thuc-hanh/cho", json={"practice": "p.none", "screen": "x"}).status_code == 404


def test_the_board_costs_the_same_for_two_and_for_forty(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    hoa = as_("hoa")
    address = opened(hoa, day)
    counted: list[str] = []
    with app.app_context():
        engine = db.engine
    note = lambda _c, _cursor, statement, *_more: counted.append(statement)  # noqa: E731 a listener
    event.listen(engine, "before_cursor_execute", note)
    costs = []
    for more in (0, 38):
        with app.app_context():
            open_write()
            for number in range(more):
                person = made.people.create_person(f"Em Mẫu {number}", 2013)
                made.classes.enrol(day.school_class, person.id, made.BEGAN)
                db.session.add(
                    Presence(session_id=UUID(address.split("/")[-1]), person_id=person.id, screen="",
                             practice_id="p.s3.quet-ma", entered_at=made.NOW, moved_at=made.NOW)
                )  # fmt: skip
            db.session.commit()
        page(hoa, f"{address}/bang")
        counted.clear()
        page(hoa, f"{address}/bang")
        costs.append(len(counted))
    event.remove(engine, "before_cursor_execute", note)
    assert costs[0] == costs[1] <= 16, costs
