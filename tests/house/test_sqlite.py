"""SQLite as this house needs it: nothing acknowledged is lost, writers wait instead of failing, keys are kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.db import LOCK_PATIENCE_MS, UnexpectedWrite, db, open_write, writes
from lms.places.models import UnitKind
from lms.settings import Settings

ENGINES = ["sqlite"]

WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": LOCK_PATIENCE_MS}
"""synchronous 2 is FULL: WAL with NORMAL lost every acknowledged row at a power cut (stack and reliability notes)."""


@pytest.mark.parametrize("name", WANTED)
def test_every_connection_is_prepared(db_session: Session, name: str) -> None:
    assert db_session.execute(text(f"PRAGMA {name}")).scalar() == WANTED[name]


def test_a_second_connection_is_prepared_as_well(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as first, db.engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_an_action_takes_the_lock_before_it_reads(db_session: Session, settings: Settings) -> None:
    @writes
    def look() -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            _write_from_elsewhere(settings.sqlite_file)

    look()
    db_session.rollback()


def test_reading_takes_no_lock(db_session: Session, settings: Settings) -> None:
    db_session.execute(text("SELECT count(*) FROM unit_kind")).scalar()
    _write_from_elsewhere(settings.sqlite_file)


def test_what_begins_is_said_to_the_database(db_session: Session) -> None:
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    db_session.execute(text("SELECT 1"))
    open_write()
    assert [sentence for sentence in said if sentence.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]


def test_a_write_outside_an_action_is_refused(db_session: Session) -> None:
    db_session.add(UnitKind(id="x", name="X", level="village"))
    with pytest.raises(UnexpectedWrite):
        db_session.flush()


def test_reading_the_page_may_not_write(app: Flask) -> None:
    with app.test_request_context("/", method="GET"), pytest.raises(UnexpectedWrite, match="GET / tried to write"):
        open_write()


def test_a_child_without_a_parent_is_refused(db_session: Session) -> None:
    open_write()
    with pytest.raises(IntegrityError):
        db_session.execute(text("INSERT INTO unit_name (unit_id, name, from_on) VALUES (987654, 'x', '2026-01-01')"))


def _write_from_elsewhere(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
