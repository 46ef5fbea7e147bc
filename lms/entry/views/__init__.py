"""The doors of entry: coming in by name or by card, changing places, and the teacher's window and cards."""

from lms.entry.views import carding, coming, opening, scanning, swapping
from lms.entry.views.doors import door

__all__ = ["carding", "coming", "door", "opening", "scanning", "swapping"]
