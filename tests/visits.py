"""Knocking at pages from a test that itself stands in an application context: nothing of one visit is kept for the next."""

from typing import Any

from flask import g, has_app_context
from flask.testing import FlaskClient

from lms.db import db


def get(client: FlaskClient, address: str, status: int = 200) -> str:
    """The page, which must answer as said."""
    return _told(client.get, address, status)


def post(client: FlaskClient, address: str, status: int = 303, **fields: Any) -> str:
    """The answer to a form; a successful one is a redirect, whose address is returned."""
    return _told(client.post, address, status, data=fields)


def _told(act: Any, address: str, status: int, **more: Any) -> str:
    if has_app_context():
        db.session.commit()
        for name in [*g]:
            g.pop(name)
    answer = act(address, **more)
    if has_app_context():
        db.session.rollback()
    said: str = answer.get_data(as_text=True)
    assert answer.status_code == status, f"{address}: {answer.status_code} instead of {status}\n{said[:3000]}"
    return answer.headers["Location"] if status in (301, 302, 303) else said
