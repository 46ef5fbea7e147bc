from pathlib import Path

import pytest

from tests.library.shelf import Shelf, set_up


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return set_up(tmp_path / "content")
