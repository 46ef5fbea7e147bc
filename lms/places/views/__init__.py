"""The doors of places: the tree and its history, schools and halls, reorganisations with their preview."""

from lms.places.views import reorganising, sites, tree
from lms.places.views.doors import door

__all__ = ["door", "reorganising", "sites", "tree"]
