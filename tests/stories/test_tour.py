"""Every page of the tour, as phone and desk see it: nothing serious for axe, nothing wider than the screen, nothing said
by the console (the visitors watch for that)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from lms.app import create_app
from lms.db import db
from lms.demo.accounts import shown_accounts
from lms.demo.loading import load_demo
from lms.library.commands import publish_books
from lms.settings import Settings
from tests import browser
from tests.house.two_worlds import shelf
from tools.tour import EVERYBODY, PASSWORD, STOPS, Stop, arrive

HOUSEHOLDS = 40
SIZES = {"phone": browser.PHONE, "desk": browser.DESK}


@pytest.fixture(scope="module")
def demo(migrated: Settings, new_settings: Any) -> Iterator[Flask]:
    """A small demo, filled once for both sizes."""
    settings = new_settings()
    settings.sqlite_file.write_bytes(migrated.sqlite_file.read_bytes())
    app = create_app(settings)
    app.extensions["demo_accounts"] = shown_accounts
    with app.app_context():
        publish_books(shelf())
        db.session.commit()
        load_demo(HOUSEHOLDS)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("size", SIZES)
def test_every_stop_of_the_tour(demo: Flask, browser_window: Any, axe: Callable[[Any], list[str]], size: str) -> None:
    with browser.served(demo) as address:
        visitors = browser.Visitors(browser_window, address)
        pages: dict[str, Any] = {}
        found: list[str] = []
        for stop in STOPS:
            if stop.is_for_a_wall and size == "phone":
                continue
            if stop.who not in pages:
                pages[stop.who] = _window(visitors, size, stop.who)
            found += _look(pages[stop.who], stop, axe)
        visitors.close()
    assert not found + visitors.faults, "\n".join(found + visitors.faults)


def _window(visitors: browser.Visitors, size: str, who: str) -> Any:
    page = visitors.window(SIZES[size])
    if who != EVERYBODY:
        browser.sign_in(page, who, PASSWORD)
    return page


def _look(page: Any, stop: Stop, axe: Callable[[Any], list[str]]) -> list[str]:
    try:
        arrive(page, stop)
    except LookupError as problem:
        return [f"{stop.name}: {problem}"]
    wide = browser.wider_than_screen(page)
    return [*axe(page), *([f"{stop.name} ({page.url}): {wide} px wider than the screen"] if wide else [])]
