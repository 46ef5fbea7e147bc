"""Row 15: how many database queries the pages of the tour ask. Counted in this process, on the product's own data."""

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
    counts = {stop.name: _count(app, stop) for stop in STOPS}
    yield Result("queries", max(counts.values()), {"pages": counts})


def _count(app: Flask, stop: Stop) -> int:
    client = app.test_client()
    if stop.who != EVERYBODY:
        token = token_in(client.get("/dang-nhap").text)
        client.post("/dang-nhap", data={"username": stop.who, "password": PASSWORD, "csrf_token": token})
    address = stop.start
    for pattern in stop.follow:
        page = client.get(address).text
        address = next(link for link in re.findall(r'href="([^"]+)"', page) if re.fullmatch(pattern, link))
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
