"""Doors of training days."""

from lms.training.views import attending, days, looking_back, planning
from lms.training.views.doors import door

__all__ = ["attending", "days", "door", "looking_back", "planning"]
