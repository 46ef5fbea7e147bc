"""Denied unless declared; permissions are written down; addresses are plain and typed."""

import re
from pathlib import Path

import pytest
from flask import Flask

from lms.access.guard import UndeclaredView, install
from lms.access.rules import RIGHTS, Right, Role
from tests.house import addresses
from tools.access_page import access_page

ENGINES = ["sqlite"]
PAGE = Path(__file__).parents[2] / "docs" / "access.md"


def test_every_endpoint_declares_what_it_asks_for(app: Flask) -> None:
    rights = app.extensions["rights"]
    assert set(app.view_functions) == set(rights)
    assert set(rights.values()) <= {*Right, "public"}


def test_an_undeclared_view_stops_the_start() -> None:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/quen", "forgotten", lambda: "…")
    with pytest.raises(UndeclaredView, match="forgotten"):
        install(app)


def test_the_access_page_is_what_the_application_does(app: Flask) -> None:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert written == access_page(app), "a permission changed: run `make docs` and look at the difference"


def test_every_right_is_held_by_somebody() -> None:
    assert set(Right) == {right for rights in RIGHTS.values() for right in rights}


def test_every_role_may_do_something() -> None:
    assert {role for role in Role if RIGHTS.get(role)} == set(Role)


def test_rights_are_sorted() -> None:
    assert [right.name for right in Right] == sorted(right.name for right in Right)


def test_addresses_are_unaccented_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        fixed = re.sub(r"<[^>]*>", "x", rule.rule)
        assert re.fullmatch(r"(/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?)*/?", fixed), f"{rule.rule}: write /khoa-hoc/…"


def test_parameters_are_typed(app: Flask) -> None:
    bare = [f"{rule.rule}: {name}" for rule in app.url_map.iter_rules() for name in addresses.untyped(rule)]
    assert not bare, "write <int:id> or <string:code>"


def test_every_page_can_be_used_by_a_plain_form(app: Flask) -> None:
    """PUT, PATCH and DELETE cannot be sent without a script."""
    assert {method for rule in app.url_map.iter_rules() for method in rule.methods or ()} <= {
        "GET", "HEAD", "OPTIONS", "POST",
    }  # fmt: skip
