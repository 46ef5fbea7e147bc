"""One loaded demo for the tests that only look; the small size, with the same year."""

from datetime import UTC, datetime

import pytest

from lms import clock
from lms.app import create_app
from lms.db import db
from lms.demo.loading import load_demo
from tests import facts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
HOUSEHOLDS = 90


@pytest.fixture(scope="module")
def demo(engine, request, new_settings):
    """The application with the demo in it."""
    changes = {}
    if engine == "postgresql":
        cluster = request.getfixturevalue("cluster")
        template = f"template_{request.getfixturevalue('worker')}"
        request.getfixturevalue("migrated")
        cluster.create("demo", template=template)
        changes = {"database_url": cluster.url("demo")}
        app = create_app(new_settings(**changes))
    else:
        settings = new_settings()
        settings.sqlite_file.write_bytes(request.getfixturevalue("migrated").sqlite_file.read_bytes())
        app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    clock.set_for_process(NOW)
    with app.app_context():
        facts.publish_only()
        load_demo(HOUSEHOLDS)
        db.session.remove()
    yield app
    clock.set_for_process(None)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def inside(demo):
    with demo.app_context():
        yield
        db.session.remove()
