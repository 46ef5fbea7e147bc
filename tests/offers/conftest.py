"""The named cast without lessons and tests, which nobody opens here."""

import pytest

from tests import cast, facts
from tests.cast import Cast


@pytest.fixture
def made(db_session, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(facts, "publish", facts.publish_framework)
    return cast.settle(0)
