"""The witnesses' little world serves here too: a class, its teacher, an officer, and villagers."""

from tests.witnessing.conftest import as_, do, inside, now, settings, world

__all__ = ["as_", "do", "inside", "now", "settings", "world"]
