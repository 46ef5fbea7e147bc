"""The doors of the bank: the list, one question, writing, judging, doubles."""

from lms.bank.views import doubles, judging, listing, media, writing  # noqa: F401 they open their doors
from lms.bank.views.doors import door

__all__ = ["door"]
