"""The witnesses' little world serves here too: a class, its teacher, an officer, and villagers."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.witnessing.conftest import as_, do, inside, now, settings, world

__all__ = ["as_", "do", "inside", "now", "settings", "world"]


@pytest.fixture
def anybody(app: Flask, world: SimpleNamespace) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()
