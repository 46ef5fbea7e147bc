"""Sizes: what CI can wait for, and with --soak those of docs/benchmarks.md."""

import pytest


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("soak"))
