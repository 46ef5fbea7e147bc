"""What every door of this room asks first: whose exam it is, and codes that stand in the database as hashes only."""

import hashlib
import hmac
import secrets
from uuid import UUID

from flask import Blueprint, abort, current_app
from flask_login import current_user

from lms.clock import today
from lms.exams.queries import canonical
from lms.people.models import Person
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import people_in, window_visible_to

door = Blueprint("exams", "lms.exams", template_folder="templates")

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters that are taken for digits."""
CODE_LENGTH = 6
"""31⁶ codes are 29 bits, and a code lives ten minutes."""


def window_or_404(window_id: UUID) -> TestWindow:
    """A window its opener, or another teacher of its class, looks after."""
    return window_visible_to(current_user.person_id, window_id, today()) or abort(404)


def person_or_404(window: TestWindow, person_id: int) -> Person:
    """Somebody the window is for; whoever else does not exist here."""
    found = (one for one in people_in(window) if person_id in (one.id, canonical(one)))
    return next(found, None) or abort(404)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))


def hash_of(code: str, window_id: UUID) -> str:
    """Keyed and bound to one session: a copy of the database gives no code away, and one of another room fits nowhere else."""
    plain = "".join(code.upper().split())
    secret = current_app.extensions["settings"].secret_key
    return hmac.new(secret.encode(), f"exam:{window_id}:{plain}".encode(), hashlib.sha256).hexdigest()
