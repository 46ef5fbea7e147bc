"""The witnesses' little world serves here too: cô Hoa and chị Sen write questions, chị Mai and anh Nam review them.

It is furnished once for each engine; every test starts from a copy.
"""

import shutil
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from lms import clock
from lms.access.rules import Role
from lms.app import create_app
from lms.db import db
from lms.people import actions as people
from lms.settings import Settings
from tests.witnessing import world as made
from tests.witnessing.conftest import as_, do, inside, now

__all__ = ["as_", "do", "inside", "now"]
Furnished = tuple[Settings, dict[str, int]]


@pytest.fixture(scope="session")
def furnished(engine: str, migrated: Settings, request: Any, new_settings: Any, worker: str) -> Iterator[Furnished]:
    settings = _copy(engine, migrated, f"template_{worker}", f"bank_{worker}", request, new_settings)
    app = create_app(settings)
    with app.app_context(), clock.frozen(made.NOW):
        ids = made.build()
        for who in ("hoa", "sen"):
            people.grant_role(ids[who], Role.QUESTION_AUTHOR, made.BEGAN)
        for who in ("mai", "nam"):
            people.grant_role(ids[who], Role.QUESTION_REVIEWER, made.BEGAN)
        db.session.commit()
        if engine == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()
    yield settings, ids


@pytest.fixture
def settings(engine: str, furnished: Furnished, request: Any, new_settings: Any, worker: str) -> Settings:
    return _copy(engine, furnished[0], f"bank_{worker}", f"test_{worker}", request, new_settings)


@pytest.fixture
def world(app: Flask, now: object, furnished: Furnished) -> SimpleNamespace:
    return SimpleNamespace(**furnished[1])


def _copy(
    engine: str, source: Settings, template: str, name: str, request: Any, new_settings: Callable[..., Settings]
) -> Settings:
    if engine == "postgresql":
        cluster = request.getfixturevalue("cluster")
        cluster.create(name, template=template)
        return new_settings(database_url=cluster.url(name))
    fresh = new_settings()
    shutil.copyfile(source.sqlite_file, fresh.sqlite_file)
    return fresh
