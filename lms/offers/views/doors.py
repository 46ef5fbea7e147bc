"""The blueprint, and what both kinds of entries use."""

from typing import Any

from flask import Blueprint, abort, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.rules import Right
from lms.clock import now, today
from lms.db import db
from lms.offers import actions
from lms.offers.models import Contact, Offer
from lms.places import queries as places
from lms.places.models import Unit
from lms.refusals import Refusal
from lms.web.pages import say

door = Blueprint("offers", "lms.offers", template_folder="templates")

PAGE = 40


def kept_unit(unit_id: int) -> Unit:
    """A unit in whose name the actor may write: their own or one below it, which stands today; else 404."""
    wanted = places.visible_to(current_user, today()).where(Unit.id == unit_id, *places.holds_on(today(), Unit))
    return db.session.scalar(wanted) or abort(404)


def may_keep(unit_id: int) -> bool:
    if not current_user.may(Right.KEEP_OFFERS):
        return False
    wanted = places.visible_to(current_user, today()).where(Unit.id == unit_id, *places.holds_on(today(), Unit))
    return db.session.scalar(wanted.with_only_columns(Unit.id)) is not None


def withdrawn(row: Contact | Offer, back: str, undo: str) -> Any:
    """Taken down, with the way to bring it back in the sentence."""
    try:
        actions.withdraw(row, current_user.person_id, now())
        journal.note(f"{row.__tablename__}-withdrawn", f"{row.__tablename__}:{row.id}")
        say(_("Đã thôi mục này. Lịch sử vẫn giữ."), undo=undo)
    except Refusal as refusal:
        db.session.rollback()
        say(refusal.sentence, "bad")
    return redirect(back, 303)


def brought_back(row: Contact | Offer, back: str) -> Any:
    try:
        actions.bring_back(row, now())
        journal.note(f"{row.__tablename__}-brought-back", f"{row.__tablename__}:{row.id}")
        say(_("Đã đưa lại."))
    except Refusal as refusal:
        db.session.rollback()
        say(refusal.sentence, "bad")
    return redirect(back, 303)


def status() -> int:
    return 422 if request.method == "POST" else 200
