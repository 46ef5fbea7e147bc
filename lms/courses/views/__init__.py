"""The doors of courses: the shelf, reading a lesson step by step, and the inline checks."""

from lms.courses.views import browsing, locality, reading, verifying
from lms.courses.views.doors import door

__all__ = ["browsing", "door", "locality", "reading", "verifying"]
