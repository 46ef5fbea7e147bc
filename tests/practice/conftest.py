"""The sample practice, read and compiled."""

import json
from pathlib import Path
from typing import Any

import pytest

from lms.library.practices import read_practice
from lms.library.problems import Findings

SAMPLE = Path(__file__).parent / "quet-ma.yaml"


def compiled(path: Path = SAMPLE) -> dict[str, Any]:
    """The spec as both reducers get it: through JSON."""
    findings = Findings()
    practice = read_practice(path, findings)
    assert practice is not None and findings.in_order() == []
    spec: dict[str, Any] = json.loads(json.dumps(practice.spec))
    return spec


@pytest.fixture(scope="session")
def spec() -> dict[str, Any]:
    return compiled()
