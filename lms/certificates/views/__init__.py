"""Doors of certificates, a module for each group of pages."""

from lms.certificates.views import batches, own, register, verifying
from lms.certificates.views.doors import door

__all__ = ["batches", "door", "own", "register", "verifying"]
