"""The witnesses' little world serves here too, with an exam in it."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from lms.exams import actions
from lms.witnessing.models import TestWindow
from tests.witnessing import world as made
from tests.witnessing.conftest import as_, do, inside, now, settings, world

__all__ = ["as_", "do", "inside", "now", "settings", "world"]


@pytest.fixture
def exam(world: SimpleNamespace, do: Any) -> UUID:
    """Cô Hoa's exam for 7A: An is there, nobody has the code yet."""
    window: TestWindow = do(made.open_test, world.hoa, class_id=world.school_class)
    do(actions.make_exam, window, world.hoa)
    do(actions.mark_present, window, [world.an], {world.an: 1})
    id: UUID = window.id
    return id
