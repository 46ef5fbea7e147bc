"""The doors of contacts and offers."""

from lms.offers.views import contacts, offers
from lms.offers.views.doors import door

__all__ = ["contacts", "door", "offers"]
