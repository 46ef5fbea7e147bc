"""The doors of roads; importing them hangs them on the blueprint."""

from lms.roads.views import going, watching
from lms.roads.views.doors import door

__all__ = ["door", "going", "watching"]
