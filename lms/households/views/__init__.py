"""The doors of households: looking at them, and keeping who lives where."""

from lms.households.views import charging, keeping, looking
from lms.households.views.doors import door

__all__ = ["charging", "door", "keeping", "looking"]
