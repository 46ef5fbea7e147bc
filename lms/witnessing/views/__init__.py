"""The doors of witnessing: attended windows, task cards, observations, handed-over devices."""

from lms.witnessing.views import cards, handing, observing, opening
from lms.witnessing.views.doors import door

__all__ = ["cards", "door", "handing", "observing", "opening"]
