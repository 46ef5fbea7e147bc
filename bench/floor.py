"""The floor: the least Flask can do for the two busiest requests of a school, under the product's own server.

GET  /page   one look-up of the session by its key, then 8 KB that lie ready.
POST /row    the same look-up, then one row inserted in a durable transaction of its own.
Environment: PORT, FLOOR_DATABASE (a file, or a psycopg conninfo).
"""

import os
import sqlite3
import threading
import time
from typing import Any

import psycopg
import waitress
from flask import Flask, Response, request

from lms.serve import stay_on_one_core

SESSIONS = 10_000
PARAGRAPH = "<p>Nước sạch, tay sạch, nhà sạch: cả thôn cùng khoẻ.</p>\n"
PAGE = ("<!doctype html><html lang=vi><meta charset=utf-8><title>Bài học</title><main><h1>Bài học</h1>"
        + PARAGRAPH * (8192 // len(PARAGRAPH.encode())) + "</main></html>").encode()  # fmt: skip

FIND = "SELECT person FROM sign_in WHERE key = {}"
INSERT = "INSERT INTO answer (person, question, choice, at) VALUES ({}, {}, {}, {})"
TABLES = (
    "CREATE TABLE sign_in (key TEXT PRIMARY KEY, person INTEGER NOT NULL)",
    "CREATE TABLE answer (id {serial}, person INTEGER NOT NULL, question INTEGER, choice TEXT, at DOUBLE PRECISION)",
    "CREATE INDEX answer_person ON answer (person)",
)


class Database:
    """Either engine, one connection a thread, as bare as it gets."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._is_sqlite = "=" not in where
        self._own = threading.local()
        mark = "?" if self._is_sqlite else "%s"
        self.find = FIND.format(mark)
        self.insert = INSERT.format(*[mark] * 4)

    @property
    def connection(self) -> Any:
        if not hasattr(self._own, "connection"):
            self._own.connection = self._connect()
        return self._own.connection

    def _connect(self) -> Any:
        if not self._is_sqlite:
            return psycopg.connect(self._where, autocommit=True)
        connection = sqlite3.connect(self._where, isolation_level=None, timeout=10)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def make(self) -> None:
        serial = "INTEGER PRIMARY KEY" if self._is_sqlite else "BIGSERIAL PRIMARY KEY"
        for sentence in TABLES:
            self.connection.execute(sentence.format(serial=serial))
        mark = self.find.rpartition(" ")[2]
        self.connection.execute("BEGIN")
        rows = [(f"key{number}", number) for number in range(SESSIONS)]
        self.connection.cursor().executemany(f"INSERT INTO sign_in VALUES ({mark}, {mark})", rows)
        self.connection.execute("COMMIT")

    def person(self) -> int | None:
        found = self.connection.execute(self.find, (request.cookies.get("key", ""),)).fetchone()
        return found[0] if found else None

    def write(self, person: int) -> None:
        self.connection.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        values = (person, int(request.form["question"]), request.form["choice"], time.time())
        self.connection.execute(self.insert, values)
        self.connection.execute("COMMIT")


def create_floor(database: Database) -> Flask:
    app = Flask(__name__, static_folder=None)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/page")
    def page() -> Response:
        return Response(PAGE, mimetype="text/html") if database.person() is not None else Response(status=401)

    @app.post("/row")
    def row() -> Response:
        person = database.person()
        if person is None:
            return Response(status=401)
        database.write(person)
        return Response(status=303, headers={"Location": "/page"})

    return app


def main() -> None:
    stay_on_one_core()  # as the product does: a ratio of two different servers would say nothing
    database = Database(os.environ["FLOOR_DATABASE"])
    database.make()
    waitress.serve(create_floor(database), host="127.0.0.1", port=int(os.environ["PORT"]), threads=8,
                   connection_limit=1000, asyncore_use_poll=True, ident=None)  # fmt: skip


if __name__ == "__main__":
    main()
