"""What everybody does around a supervised session, said once for the tests about it."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.clock import day_of
from lms.db import db, open_write
from lms.people.queries import canonical_id
from lms.skills import queries as skills
from lms.skills.publishing import activate
from lms.witnessing.models import PracticeSession
from tests.witnessing import world as made

OPEN = "/chung-kien/thuc-hanh/mo"
TICKED = {"identity": "y", "not_kin": "y"}


@pytest.fixture
def day(world: SimpleNamespace, app: Flask) -> SimpleNamespace:
    """Bình's family has said yes too, and r2026.1 is in force from today."""
    with app.app_context():
        open_write()
        made.agree(world.binh, with_parent=True)
        activate("r2026.1", day_of(made.NOW), ["test"])
        db.session.commit()
    return world


def opened(client: FlaskClient, world: SimpleNamespace, skill: str = "s3", **changes: Any) -> str:
    """The address of a session just opened for class 7A."""
    form = {"id": str(uuid4()), "skill_id": skill, "place": "Phòng máy", "minutes": 45, **changes}
    answer = client.post(f"{OPEN}?lop={world.school_class}", data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def code_of(app: Flask, address: str) -> str:
    with app.app_context():
        return str(
            db.session.scalar(select(PracticeSession.code).where(PracticeSession.id == UUID(address.split("/")[-1])))
        )


def comes_in(client: FlaskClient, code: str, status: int = 303) -> str:
    answer = client.post("/buoi-thuc-hanh", data={"code": f"{code[:3]} {code[3:]}"})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return str(answer.headers.get("Location", answer.get_data(as_text=True)))


def seated(app: Flask, as_: Callable[..., FlaskClient], world: SimpleNamespace, **changes: Any) -> tuple[str, Any, Any]:
    """cô Hoa's session with An in it: its address and both browsers."""
    hoa, an = as_("hoa"), as_("an")
    address = opened(hoa, world, **changes)
    comes_in(an, code_of(app, address))
    return address, hoa, an


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.get_data(as_text=True)


def standing(app: Flask, person_id: int, skill: str) -> Any:
    with app.app_context():
        through = canonical_id(person_id)
        return skills.standings([through], clock.today())[through][skill]


def signed_in_at(as_: Any, name: str, at: datetime) -> FlaskClient:
    client = as_(name)
    with client.session_transaction() as session:
        session["seen"] = int(at.timestamp())
    return client
