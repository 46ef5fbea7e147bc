"""Carrying an import out: applying it, going on after an interruption, throwing it away, taking it back."""

from collections.abc import Callable
from time import monotonic

from flask import redirect, url_for
from flask_babel import gettext as _

from lms.access.guard import allow
from lms.access.rules import Right
from lms.db import db
from lms.refusals import Refusal
from lms.rosters.actions import applying, keeping, undoing
from lms.rosters.queries.surroundings import Target
from lms.rosters.views.bringing import class_target_form, shown_again, visible_import
from lms.rosters.views.doors import door
from lms.web.pages import say

PATIENCE_SECONDS = 15.0
"""How long one request carries on; what is left goes on at the next press, so that no browser gives up waiting."""


@door.post("/nhap-danh-sach/<int:import_id>/ghi")
@allow(Right.IMPORT_LISTS)
def apply(import_id: int):
    row = visible_import(import_id)
    form = class_target_form(row) if row.state == "read" else None
    if form is not None:
        if not form.validate_on_submit():
            return shown_again(row, form)
        if row.counts.get("nameless") and not form.class_name.data:
            form.class_name.errors = [_("Tệp không ghi lớp ở %(n)s dòng. Ghi tên lớp.", n=row.counts["nameless"])]
            return shown_again(row, form)
        keeping.aim_class(row, _chosen(form))
        db.session.commit()
    return _carry(row.id, applying.apply_next, _("Đã ghi xong danh sách."), form)


@door.post("/nhap-danh-sach/<int:import_id>/hoan-tac")
@allow(Right.IMPORT_LISTS)
def undo(import_id: int):
    row = visible_import(import_id)
    return _carry(row.id, undoing.undo_next, _("Đã hoàn tác danh sách."), None)


@door.post("/nhap-danh-sach/<int:import_id>/bo")
@allow(Right.IMPORT_LISTS)
def discard(import_id: int):
    keeping.discard(visible_import(import_id))
    say(_("Đã bỏ bản đọc thử. Không có gì được ghi."))
    return redirect(url_for("rosters.imports"), 303)


def _carry(import_id: int, act: Callable[[int], applying.Step], finished: str, form):
    """Chunk after chunk, each committed by itself; stops kindly when patience is over."""
    until = monotonic() + PATIENCE_SECONDS
    try:
        while monotonic() < until:
            step = act(import_id)
            db.session.commit()
            if step.finished:
                say(finished)
                break
    except Refusal as refusal:
        db.session.rollback()
        row = visible_import(import_id)
        if form is not None and row.state == "read":
            form.form_errors.append(refusal.sentence)
            return shown_again(row, form)
        say(refusal.sentence, "bad")
    return redirect(url_for("rosters.roster", import_id=import_id), 303)


def _chosen(form) -> Target:
    """Only a school in reach can be chosen; the select's own choices have seen to it."""
    year = (form.school_year.data or "").replace("-", "–")
    return Target(site_id=form.site_id.data, school_year=year, class_name=(form.class_name.data or "").strip())
