"""Browsers of these tests look at the gallery, not at the application."""

from collections.abc import Iterator

import pytest

from tests import browser
from tests.web.gallery import create_gallery


@pytest.fixture
def site() -> Iterator[str]:
    with browser.served(create_gallery()) as address:
        yield address
