"""Row 15: how many database queries the pages of the tour ask. Counted in this process, on the product's own data."""

import html
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import event

from bench.figures import Result, figure
from bench.world import World, token_in
from lms import settings
from lms.app import create_app
from lms.db import db
from tools.tour import EVERYBODY, PASSWORD, STOPS, Stop

NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")


@figure("queries")
def queries(world: World) -> Iterator[Result]:
    address = world.product.address  # it filled the demo
    folder = world.folder / "product"
    app = create_app(
        settings.from_environment({"DATA_DIR": str(folder), "BASE_URL": address, **world.database("product")})
    )
    found = {stop.name: _count(app, stop) for stop in STOPS}
    counts = {name: count for name, count in found.items() if count is not None}
    missed = sorted(found.keys() - counts.keys())
    yield Result("queries", max(counts.values()), {"pages": counts, "not_reached": missed})


def _count(app: Flask, stop: Stop) -> int | None:
    """None: the page comes only after something is done on another, which is not done here."""
    client = app.test_client()
    if stop.who != EVERYBODY:
        token = token_in(client.get("/dang-nhap").text)
        client.post("/dang-nhap", data={"username": stop.who, "password": PASSWORD, "csrf_token": token})
    address = stop.start
    for pattern in stop.follow:
        page = client.get(address).text
        links = map(html.unescape, re.findall(r'href="([^"]+)"', page))
        address = next((link for link in links if re.fullmatch(pattern, link)), "")
        if not address:
            return None
    client.get(address)  # what is kept in memory is there now, as it is for the second visitor
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            said.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        client.get(address)
        event.remove(db.engine, "before_cursor_execute", note)
    return len(said)
