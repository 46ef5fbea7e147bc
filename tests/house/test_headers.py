"""A strict policy on every answer, errors included: nothing inline, nothing from elsewhere, nothing framed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.app import create_app
from lms.settings import Settings
from tests.house import addresses

ENGINES = ["sqlite"]

INLINE = re.compile(rb"<script\b(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|<[^>]+\son[a-z]+\s*=|javascript:", re.I)


def policy(response: TestResponse) -> dict[str, list[str]]:
    parts = (piece.split() for piece in response.headers.get("Content-Security-Policy", "").split(";"))
    return {name: values for name, *values in parts}


def assert_strict(response: TestResponse, where: str) -> None:
    rules = policy(response)
    assert rules.get("default-src") in (["'self'"], ["'none'"]), where
    for name, values in rules.items():
        assert set(values) <= {"'self'", "'none'", "data:", "blob:"}, f"{where}: {name} {values}"
    assert not {"data:", "blob:"} & set(rules.get("script-src", rules["default-src"])), where
    assert rules.get("base-uri") == ["'none'"] and rules.get("frame-ancestors") == ["'none'"], where
    assert "'none'" in rules.get("object-src", rules["default-src"]), where
    assert rules.get("form-action") == ["'self'"], where
    assert response.headers["X-Content-Type-Options"] == "nosniff", where
    assert response.headers["Referrer-Policy"] in ("same-origin", "no-referrer"), where
    assert response.headers["X-Frame-Options"] == "DENY", where
    assert "Access-Control-Allow-Origin" not in response.headers, where
    if response.mimetype == "text/html":
        assert not INLINE.search(response.data), f"{where}: {INLINE.search(response.data)}"


def test_every_address_answers_under_the_policy(app: Flask, client: FlaskClient) -> None:
    for rule in addresses.rules(app, "GET"):
        address = addresses.example(app, rule)
        assert_strict(client.get(address), address)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (lambda client: client.get("/khong-co-trang-nay"), 404),
        (lambda client: client.delete("/dang-nhap"), 405),
        (lambda client: client.post("/dang-nhap", data={"username": "lan"}), 400),
        (lambda client: client.post("/dang-nhap", data=b"x" * (13 * 1024 * 1024)), 413),
    ],
)
def test_errors_answer_under_the_policy(app: Flask, request_: Callable[[FlaskClient], Any], status: int) -> None:
    response = request_(app.test_client())
    assert response.status_code == status
    assert_strict(response, str(status))


def test_a_crash_answers_under_the_policy_and_tells_nothing(app: Flask) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    def crash() -> str:
        raise RuntimeError("the secret is 42")

    app.view_functions["web.healthz"] = crash
    response = app.test_client().get("/healthz")
    assert response.status_code == 500
    assert_strict(response, "500")
    assert b"secret" not in response.data and b"Traceback" not in response.data


def test_pages_are_not_kept_by_a_shared_computer(client: FlaskClient) -> None:
    assert "no-store" in client.get("/dang-nhap").headers["Cache-Control"]


@pytest.fixture
def over_https(settings: Settings, new_settings: Callable[..., Settings]) -> Iterator[Flask]:
    yield create_app(new_settings(database_url=settings.database_url, base_url="https://namcanh.example"))


def test_cookies_cannot_be_read_or_sent_from_elsewhere(app: Flask) -> None:
    cookie = _session_cookie(app.test_client().get("/dang-nhap"))
    assert {"httponly", "samesite=lax", "path=/"} <= _flags(cookie)


def test_over_https_cookies_are_bound_to_the_host(over_https: Flask) -> None:
    response = over_https.test_client().get("/dang-nhap", base_url="https://namcanh.example")
    cookie = _session_cookie(response)
    assert cookie.startswith("__Host-")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= _flags(cookie)
    assert "domain" not in cookie.lower()
    assert int(response.headers["Strict-Transport-Security"].split("max-age=")[1].split(";")[0]) >= 31536000


def test_over_plain_http_nothing_promises_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/dang-nhap").headers


def _session_cookie(response: TestResponse) -> str:
    cookies = response.headers.getlist("Set-Cookie")
    assert cookies, "the sign-in page keeps its token in the session"
    return cookies[0]


def _flags(cookie: str) -> set[str]:
    return {flag.strip().lower() for flag in cookie.split(";")[1:]}
