"""A test that could not run is said in one line, and with REQUIRE_ALL=1 it is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

INSIDE = "import pytest\ndef test_a(): pytest.skip('no Chromium here')\ndef test_b(): pass\n"
WHOLE = "import pytest\npytest.skip('no PostgreSQL here', allow_module_level=True)\n"


@pytest.mark.parametrize(("text", "reason"), [(INSIDE, "no Chromium here"), (WHOLE, "no PostgreSQL here")])
def test_a_skip_is_told(tmp_path: Path, text: str, reason: str) -> None:
    run = _pytest(tmp_path, text, "0")
    assert f"Not run here: 1 × {reason}" in run.stdout
    assert run.returncode in (0, 5)


@pytest.mark.parametrize(("text", "reason"), [(INSIDE, "no Chromium here"), (WHOLE, "no PostgreSQL here")])
def test_a_skip_fails_where_all_is_required(tmp_path: Path, text: str, reason: str) -> None:
    run = _pytest(tmp_path, text, "1")
    assert run.returncode not in (0, 5)
    assert f"skipped although REQUIRE_ALL=1: {reason}" in run.stdout


def _pytest(folder: Path, text: str, require_all: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_some.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml"), str(folder)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"REQUIRE_ALL": require_all, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
