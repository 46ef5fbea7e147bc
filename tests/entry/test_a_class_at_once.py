"""Forty-five pupils come in together, eight at any instant: all of them get in, within the minute the house promises."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from lms import clock
from lms.classes import actions as classes
from lms.db import db
from lms.entry.models import Seat
from lms.people import actions as people
from lms.people.models import SignIn
from tests.entry import gate
from tests.rosters.hamlet import count

PUPILS = 45
TOGETHER = 8


@pytest.fixture
def papers(as_teacher, room):
    """(code, [(card id, what is on the card)])"""
    row, three = room
    pupils = [*three, *(people.create_person(f"Bùi Văn Mẫu {n}", 2013) for n in range(PUPILS - len(three)))]
    for one in pupils:
        classes.enrol(row.id, one.id, clock.today())
    db.session.commit()
    by_name = {one.name: gate.as_fields(one) for one in gate.make_cards(as_teacher, row.id)}
    window = gate.open_window(as_teacher, row.id)
    code = window.code
    found = code, [(gate.card_of(one.id).id, by_name[one.full_name]) for one in pupils]
    db.session.rollback()
    return found


def test_a_class_of_45_is_in_within_a_minute(app: Flask, papers) -> None:
    code, cards = papers
    began = time.monotonic()
    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(pool.map(lambda card: _comes_in(app, code, *card), cards))
    took = time.monotonic() - began
    assert answers == [(200, 200, 303, 200)] * PUPILS
    assert count(Seat) == count(SignIn, SignIn.kind == "seat", SignIn.ended_at.is_(None)) == PUPILS
    assert took < 60, f"{took:.1f} s"


def _comes_in(app: Flask, code: str, card_id: int, fields: dict[str, str]) -> tuple[int, ...]:
    """Names, own page, the card, the first page: what a browser asks for."""
    browser = app.test_client()
    path = f"/vao-lop/{code}/{card_id}"
    asked = [browser.get(f"/vao-lop/{code}"), browser.get(path), browser.post(path, data=fields), browser.get("/")]
    return tuple(answer.status_code for answer in asked)
