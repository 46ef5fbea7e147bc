"""The doors of classes: the list, one class, its pupils, and the papers its families sign."""

from lms.classes.views import keeping, looking, moving, signing
from lms.classes.views.doors import door

__all__ = ["door", "keeping", "looking", "moving", "signing"]
