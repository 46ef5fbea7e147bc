from flask import Blueprint, abort
from flask_login import current_user

from lms.access.rules import Role
from lms.classes import queries
from lms.classes.models import SchoolClass
from lms.clock import today

door = Blueprint("classes", "lms.classes", template_folder="templates")


def visible_class(class_id: int) -> SchoolClass:
    """The class, or 404 outside the actor's scope."""
    return queries.visible_class(current_user, class_id, today()) or abort(404)


def teaches_or_404(row: SchoolClass) -> None:
    """Papers are taken by the class's own teachers, and administrators."""
    if not current_user.holds(Role.ADMIN) and not queries.teaches(current_user.person_id, row.id, today()):
        abort(404)
