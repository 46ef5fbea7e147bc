"""The doors of witnessing: attended windows, supervised practice, task cards, observations, handed-over devices."""

from lms.witnessing.views import attending, cards, handing, leading, observing, opening
from lms.witnessing.views.doors import door

__all__ = ["attending", "cards", "door", "handing", "leading", "observing", "opening"]
