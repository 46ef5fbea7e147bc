"""The whole of it: a device handed over, the test taken on it, gone on with elsewhere, kept under learner and host."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.db import db
from lms.quizzes.models import Attempt
from tests.witnessing import world as made

START = "/kiem-tra/thanh-toan/bat-dau"


def test_somebody_without_an_account_sits_the_test(
    app: Flask, as_: Callable[[str], FlaskClient], world: SimpleNamespace, do: Callable[..., Any]
) -> None:
    window = do(made.open_test, world.mai, person_ids=[world.lan])
    do(made.open_test, world.mai, "mua-sam", person_ids=[world.lan])
    whom = {"bai": str(window.id), "nguoi": str(world.lan)}
    device = as_("mai")
    device.post("/trao-may", data=whom)
    assert "Bắt đầu" in device.get("/kiem-tra/thanh-toan").text
    begun = device.post(START, data={"id": str(uuid4())})
    assert begun.status_code == 303 and "Bùi Thị Lan" in device.get(begun.location).text
    for elsewhere in ("/kiem-tra/mua-sam", "/kiem-tra", "/kiem-tra/nguoi-chung"):
        assert device.get(elsewhere).location == "/trao-may/dang-lam", elsewhere
    with app.app_context():
        row = db.session.scalars(select(Attempt)).one()
        assert (row.person_id, row.host_id, row.session_id) == (world.lan, world.mai, window.id)
    page = as_("mai").post("/trao-may/ma", data=whom).text
    another = app.test_client()
    another.post("/trao-may/tiep-tuc", data={"code": page.split('class="huge">')[1].split("<")[0]})
    assert another.post(START, data={"id": str(uuid4())}).location == begun.location, "the same attempt goes on"
    assert "đang làm" in as_("mai").get(f"/chung-kien/mo-bai/{window.id}").text
