"""The doors of courses: the shelf, reading a lesson step by step, and the inline checks."""

from lms.courses.views import browsing, reading, verifying
from lms.courses.views.doors import door

__all__ = ["browsing", "door", "reading", "verifying"]
