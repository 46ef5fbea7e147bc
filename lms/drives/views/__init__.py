"""Doors of the leader's board and of drives."""

from lms.drives.views import boards, drives
from lms.drives.views.doors import door

__all__ = ["boards", "door", "drives"]
