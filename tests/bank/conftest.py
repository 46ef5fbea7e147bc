"""The witnesses' little world serves here too: cô Hoa and chị Sen write questions, chị Mai and anh Nam review them."""

from types import SimpleNamespace

import pytest
from flask import Flask

from lms.access.rules import Role
from lms.people import actions as people
from lms.settings import Settings
from tests.furnished import Furnisher
from tests.witnessing import world as made
from tests.witnessing.conftest import as_, do, inside, now

__all__ = ["as_", "do", "inside", "now"]


@pytest.fixture
def settings(furnisher: Furnisher) -> Settings:
    furnisher.world("bank", _build)
    return furnisher.copy_of("bank")


@pytest.fixture
def world(app: Flask, now: object, furnisher: Furnisher) -> SimpleNamespace:
    return SimpleNamespace(**furnisher.world("bank", _build).ids)


def _build() -> dict[str, int]:
    ids = made.build()
    for who in ("hoa", "sen"):
        people.grant_role(ids[who], Role.QUESTION_AUTHOR, made.BEGAN)
    for who in ("mai", "nam"):
        people.grant_role(ids[who], Role.QUESTION_REVIEWER, made.BEGAN)
    return ids
