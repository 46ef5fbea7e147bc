"""The witnesses' little world, and a card of An's for the module of payment."""

import re
from types import SimpleNamespace

import pytest

from lms.classes import actions as classes
from lms.clock import today
from lms.takehomes import actions
from tests.witnessing.conftest import as_, do, inside, now, settings, world

__all__ = ["as_", "do", "inside", "now", "settings", "world"]


@pytest.fixture
def card(app, world, do, as_) -> SimpleNamespace:
    do(classes.assign_module, world.school_class, "m.s3.1", today(), world.hoa)
    do(actions.make_cards, "m.s3.1", {world.an: "ABCD2345"})
    return SimpleNamespace(at="/ve-nha/ABCD2345", guest=app.test_client())


def answers(client, at: str, sent: str) -> dict[str, str]:
    """The first choice of each question, as the page offers it."""
    fields: dict[str, str] = {}
    for name, value in re.findall(r'name="(tra-loi\.[^"]+)" value="([^"]+)"', client.get(at).text):
        fields.setdefault(name, value)
    return {**fields, "sent": sent}
