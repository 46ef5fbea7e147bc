"""The doors of people: signing in and out, one's own account, and managing others."""

from lms.people.views import consenting, linking, managing, own, signing
from lms.people.views.doors import door

__all__ = ["consenting", "door", "linking", "managing", "own", "signing"]
