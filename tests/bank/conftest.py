"""The witnesses' little world serves here too: cô Hoa and chị Sen write questions, chị Mai and anh Nam review them."""

from types import SimpleNamespace

import pytest
from flask import Flask

from lms.access.rules import Role
from lms.db import db
from lms.people import actions as people
from tests.witnessing import world as made
from tests.witnessing.conftest import as_, do, inside, now

__all__ = ["as_", "do", "inside", "now", "world"]


@pytest.fixture
def world(app: Flask, now: object) -> SimpleNamespace:
    with app.app_context():
        ids = made.build()
        for who in ("hoa", "sen"):
            people.grant_role(ids[who], Role.QUESTION_AUTHOR, made.BEGAN)
        for who in ("mai", "nam"):
            people.grant_role(ids[who], Role.QUESTION_REVIEWER, made.BEGAN)
        db.session.commit()
    return SimpleNamespace(**ids)
