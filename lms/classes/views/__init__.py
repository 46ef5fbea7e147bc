"""The doors of classes: the list, one class, its pupils, its work, and the papers its families sign."""

from lms.classes.views import assigning, grouping, keeping, looking, moving, signing, timing
from lms.classes.views.doors import door

__all__ = ["assigning", "door", "grouping", "keeping", "looking", "moving", "signing", "timing"]
