"""The doors of visits; importing them hangs them on the blueprint."""

from lms.visits.views import calling, noting, proving
from lms.visits.views.doors import door

__all__ = ["calling", "door", "noting", "proving"]
