"""The page somebody works from today, so that the acts of other rooms lead back to it.

Kept in the session by the name of its page and plain numbers, never as an address somebody could have written.
"""

from typing import Any

from flask import request, session, url_for
from flask_login import current_user

from lms import clock

_KEY = "way_back"


def come_back_here(words: str, **values: int) -> None:
    """From now on, until the day ends, other pages offer the way back to this one."""
    session[_KEY] = {
        "endpoint": request.endpoint, "values": values, "words": words, "on": clock.today().isoformat(),
        "for": current_user.person_id,
    }  # fmt: skip


def way_back() -> tuple[str, str] | None:
    """(address, words) of the page to come back to; None when there is none, one stands on it, or the device is handed over."""
    kept: dict[str, Any] | None = session.get(_KEY)
    if kept is None or kept["on"] != clock.today().isoformat() or kept["endpoint"] == request.endpoint:
        return None
    if not current_user.is_authenticated or current_user.is_handed_over or current_user.person_id != kept["for"]:
        return None
    return url_for(kept["endpoint"], **kept["values"]), kept["words"]


def leave() -> None:
    """What one came for is done."""
    session.pop(_KEY, None)
