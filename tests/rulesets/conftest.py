"""The world of witnessing serves here too."""

from tests.witnessing.conftest import as_, do, inside, now, settings, world

__all__ = ["as_", "do", "inside", "now", "settings", "world"]
