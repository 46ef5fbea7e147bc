"""The list of a person's runs, page by page: each once, the latest first, at the same cost however many there are."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.db import db, open_write
from lms.practice.models import PracticeTrace
from tests import cast
from tests.practice import shelf
from tests.practice.shelf import SAMPLE_ID

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def lan(app: Flask) -> int:
    with app.app_context():
        settled = cast.settle(pupils=1)
        shelf.publish()
        return int(settled.lan.id)


@pytest.fixture
def staff(client: FlaskClient, lan: int) -> FlaskClient:
    cast.sign_in(client, "nam")
    return client


def came_in(app: Flask, person: int, count: int) -> None:
    """So many runs, three at each moment: what came from an outbox arrives together."""
    with app.app_context():
        open_write()
        for number in range(count):
            at = NOON + timedelta(minutes=number // 3)
            db.session.add(
                PracticeTrace(
                    id=uuid4(), person_id=person, practice_id=SAMPLE_ID, occurred_at=at, received_at=at,
                    reason="bad-ticket", trace_digest=str(number),
                )
            )  # fmt: skip
        db.session.commit()


def walk(staff: FlaskClient, lan: int) -> list[list[UUID]]:
    pages, address = [], f"/luyen-tap/nguoi/{lan}"
    while address and len(pages) < 9:
        page = staff.get(address).get_data(as_text=True)
        pages.append([UUID(id) for id in re.findall(r"/luyen-tap/luot/([0-9a-f-]{36})", page)])
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else ""
    return pages


def test_every_run_stands_on_one_page(staff: FlaskClient, lan: int, app: Flask) -> None:
    came_in(app, lan, 70)
    pages = walk(staff, lan)
    assert [len(page) for page in pages] == [30, 30, 10]
    ids = [id for page in pages for id in page]
    with app.app_context():
        at = {row.id: row.received_at for row in db.session.query(PracticeTrace)}
    assert len(set(ids)) == 70 and [at[id] for id in ids] == sorted(at.values(), reverse=True)


def test_the_way_there_begins_at_the_persons_page(staff: FlaskClient, lan: int) -> None:
    assert f"/luyen-tap/nguoi/{lan}" in staff.get(f"/chung-kien/nguoi/{lan}").get_data(as_text=True)


def test_a_spoilt_mark_begins_anew(staff: FlaskClient, lan: int, app: Flask) -> None:
    came_in(app, lan, 2)
    for mark in ("x", "W10", "WzEsMl0", "WyJhIiwiYiJd"):
        page = staff.get(f"/luyen-tap/nguoi/{lan}?sau={mark}")
        assert page.status_code == 200 and page.get_data(as_text=True).count("/luyen-tap/luot/") == 2


def test_a_long_list_costs_what_a_short_one_does(
    staff: FlaskClient, lan: int, app: Flask, queries: Callable[[], Any]
) -> None:
    costs = []
    for more in (1, 60):
        came_in(app, lan, more)
        staff.get(f"/luyen-tap/nguoi/{lan}")
        with queries() as said:
            staff.get(f"/luyen-tap/nguoi/{lan}")
        costs.append(len(said))
    assert costs[0] == costs[1] <= 15, costs
