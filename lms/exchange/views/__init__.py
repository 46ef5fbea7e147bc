"""The doors of exchange: bringing questions in, sending them out."""

from lms.exchange.views import bringing, sending  # noqa: F401 they open their doors
from lms.exchange.views.doors import door

__all__ = ["door"]
