"""The stories run on the real server in threads of this process, so the clock is held for the whole process."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from lms import clock
from tests.stories import hamlet as made


@pytest.fixture
def it_is() -> Iterator[Callable[[datetime], None]]:
    """`it_is(moment)` sets everybody's clock; the real time comes back after the test."""
    clock.set_for_process(datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
    yield clock.set_for_process
    clock.set_for_process(None)


@pytest.fixture
def hamlet(app: Flask, it_is: Callable[[datetime], None]) -> made.Hamlet:
    with app.app_context():
        return made.settle()
