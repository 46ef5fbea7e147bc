"""The cast of the directory's tests: a village of two households, a team with one member, two officers."""

from tests.offers.conftest import made

__all__ = ["made"]
