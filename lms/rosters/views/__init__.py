"""The doors of imports: bringing a list in, looking at the dry run, applying it, taking it back, and first accounts."""

from lms.rosters.views import asking, bringing, carrying, handing
from lms.rosters.views.doors import door

__all__ = ["asking", "bringing", "carrying", "door", "handing"]
