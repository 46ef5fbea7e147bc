"""The world of these tests on a database of the test's own, and a way in for each of its people."""

from collections.abc import Callable, Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.db import db, open_write
from lms.people import actions as people
from lms.people.queries import account_of
from lms.settings import Settings
from tests.furnished import Furnisher
from tests.witnessing import world as made


@pytest.fixture
def now() -> Iterator[datetime]:
    with clock.frozen(made.NOW):
        yield made.NOW


@pytest.fixture
def settings(furnisher: Furnisher) -> Settings:
    """A copy of the world's database."""
    furnisher.world("world", made.build)
    return furnisher.copy_of("world")


@pytest.fixture
def world(app: Flask, now: datetime, furnisher: Furnisher) -> SimpleNamespace:
    """Ids by name: `world.hoa`, `world.school_class`."""
    return SimpleNamespace(**furnisher.world("world", made.build).ids)


@pytest.fixture
def inside(app: Flask, world: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """The world, with an application context and an open write transaction around the test, for calling actions."""
    with app.app_context():
        open_write()
        yield world


@pytest.fixture
def as_(app: Flask, world: SimpleNamespace) -> Callable[..., FlaskClient]:
    """`as_("hoa")`: a browser signed in as that person."""
    app.config["WTF_CSRF_ENABLED"] = False

    def signed_in(name: str) -> FlaskClient:
        client = app.test_client()
        with app.app_context():
            account = account_of(getattr(world, name))
            assert account is not None
            key = people.start_sign_in(account).key
            db.session.commit()
        with client.session_transaction() as session:
            session.update(_user_id=key, _fresh=True, seen=int(made.NOW.timestamp()))
        return client

    return signed_in


@pytest.fixture
def do(app: Flask) -> Callable[..., Any]:
    """`do(act)`: one act committed in a context of its own."""

    def act(thing: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with app.app_context():
            done = thing(*args, **kwargs)
            db.session.commit()
            db.session.refresh(done) if hasattr(done, "id") else None
            if hasattr(done, "id"):
                db.session.expunge(done)
            return done

    return act
