import hashlib
import hmac

from flask import Blueprint, abort, current_app
from flask_login import current_user

from lms.access.rules import Role
from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.clock import today

door = Blueprint("entry", "lms.entry", template_folder="templates")


def my_class(class_id: int) -> SchoolClass:
    """A class is opened, and its cards are made, by its own teachers and administrators; else 404."""
    row = classes.visible_class(current_user, class_id, today()) or abort(404)
    if not current_user.holds(Role.ADMIN) and not classes.teaches(current_user.person_id, row.id, today()):
        abort(404)
    return row


def keyed(words: str) -> str:
    """With the installation's key: a copy of the database alone does not even allow guessing."""
    secret = current_app.extensions["settings"].secret_key
    return hmac.new(secret.encode(), f"card:{words}".encode(), hashlib.sha256).hexdigest()


def address_of(path: str) -> str:
    """As it is written on cards and on the board."""
    return f"{current_app.extensions['settings'].base_url}{path}"
