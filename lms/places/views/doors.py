from flask import Blueprint, abort, request
from flask_login import current_user

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.clock import today
from lms.db import db
from lms.places import queries
from lms.places.models import Unit

door = Blueprint("places", "lms.places", template_folder="templates")


def seen_unit(unit_id: int, *levels: str) -> Unit:
    """The unit in the actor's scope and of one of the levels, else 404."""
    found = db.session.scalar(queries.visible_to(current_user, today()).where(Unit.id == unit_id))
    if found is None or (levels and queries.level_of(found) not in levels):
        abort(404)
    return found


def kept_unit(unit_id: int, *levels: str) -> Unit:
    """The same, where the actor may also reorganise it: an officer only below their own unit."""
    found = seen_unit(unit_id, *levels)
    return found if may_reorganise(current_user, found) else abort(404)


def may_reorganise(actor: Actor, unit: Unit | queries.Place) -> bool:
    ended = unit.until_on is not None and unit.until_on <= today()
    return not ended and (actor.holds(Role.ADMIN) or unit.id not in actor.unit_ids(*queries.UNIT_ROLES))


def form_status() -> int:
    return 422 if request.method == "POST" else 200
