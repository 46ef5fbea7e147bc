"""What collided with another request is done once more, and finds what the other left (docs/decisions/0082-done-anew.md)."""

import io
from datetime import date

import pytest
from flask import Flask, request
from sqlalchemy.exc import IntegrityError

from lms import collisions, journal
from lms.db import db, open_write
from lms.journal import JournalLine, JournalSeal

ENGINES = ["postgresql"]
DAY = date(2026, 11, 22)


def seal(app: Flask) -> None:
    """What the other request left."""
    with app.app_context():
        open_write()
        db.session.add(JournalSeal(day=DAY, lines=1, last_id=1, digest="x"))
        db.session.commit()


def sealing(app: Flask, always: bool = False):
    """An act that looks first; between its look and its write another one comes. `always`: it never looks."""
    times: list[str] = []

    def act() -> str:
        open_write()
        found = None if always else db.session.get(JournalSeal, DAY)
        times.append("found" if found else "missed")
        journal.note("read-person", "person:7")
        if found:
            return "kept"
        if len(times) == 1:
            seal(app)
        db.session.add(JournalSeal(day=DAY, lines=2, last_id=2, digest="y"))
        return "new"

    return act, times


def test_what_is_there_already_is_found_the_second_time(app: Flask) -> None:
    act, times = sealing(app)
    with app.test_request_context("/", method="POST"):
        assert collisions.answered(act) == "kept"
        db.session.commit()
        journal.write_lines(db.engine)
        assert db.session.get_one(JournalSeal, DAY).lines == 1
        assert db.session.query(JournalLine).count() == 1, "one read leaves one line, not two"
    assert times == ["missed", "found"]


def test_a_fault_of_ours_stays_a_fault(app: Flask) -> None:
    act, times = sealing(app, always=True)
    with app.test_request_context("/", method="POST"), pytest.raises(IntegrityError):
        collisions.answered(act)
    assert times == ["missed", "missed"], "done twice, and no more"


def test_a_page_that_only_reads_is_not_done_anew(app: Flask) -> None:
    act, times = sealing(app)
    with app.test_request_context("/", method="GET"), pytest.raises(Exception, match="tried to write"):
        collisions.answered(act)
    assert times == []


def test_other_refusals_of_the_database_are_not_done_anew(app: Flask) -> None:
    times: list[int] = []

    def act() -> None:
        times.append(1)
        open_write()
        db.session.add(JournalSeal(day=DAY, lines=None, last_id=1, digest="x"))

    with app.test_request_context("/", method="POST"), pytest.raises(IntegrityError):
        collisions.answered(act)
    assert times == [1]


def test_a_file_sent_along_is_read_again_from_its_beginning(app: Flask) -> None:
    act, _times = sealing(app)
    read: list[bytes] = []

    def reading() -> str:
        read.append(request.files["file"].read())
        return act()

    with app.test_request_context("/", method="POST", data={"file": (io.BytesIO(b"STT;Ten"), "a.csv")}):
        assert collisions.answered(reading) == "kept"
        db.session.rollback()
    assert read == [b"STT;Ten", b"STT;Ten"]
