"""The witnesses' little world serves here too."""

from tests.witnessing.conftest import as_, do, inside, now, world

__all__ = ["as_", "do", "inside", "now", "world"]
