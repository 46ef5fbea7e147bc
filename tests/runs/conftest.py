"""The witnesses' little world, and a lesson cô Hoa holds with 7A (An and Bình)."""

import re
from types import SimpleNamespace
from uuid import UUID

import pytest

from tests.witnessing.conftest import as_, do, inside, now, settings, world

__all__ = ["as_", "do", "inside", "now", "settings", "world"]

LESSON = "l.s3.1"


@pytest.fixture
def held(as_, world) -> SimpleNamespace:
    """The lesson begun: its address, its id and its teacher's browser."""
    hoa = as_("hoa")
    answer = hoa.post(f"/lop-hoc/{world.school_class}/tiet", data={"lesson_id": LESSON})
    assert answer.status_code == 303, answer.status_code
    at = answer.location.removesuffix("/diem-danh")
    return SimpleNamespace(at=at, hoa=hoa, id=UUID(re.search(r"[0-9a-f-]{36}", at)[0]))
