"""What an import hands out: empty lists to fill in, rows to mend, and first accounts with passwords printed once."""

import base64
from datetime import timedelta

from flask import Response, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now
from lms.documents.list_forms import list_template
from lms.documents.workbooks import MEDIA_TYPE
from lms.imports.problems import Kind
from lms.people import actions as people
from lms.people import passwords
from lms.people import queries as people_queries
from lms.people.models import Account, Person
from lms.rosters.forms import BareForm
from lms.rosters.queries import kept
from lms.rosters.queries.surroundings import kinds_for
from lms.rosters.views.bringing import visible_import
from lms.rosters.views.doors import door
from lms.vietnamese import slug

FIRST_PASSWORD_LIVES = timedelta(days=14)
AT_ONCE = 60
"""Hashing a password takes 25 ms on purpose; a class and its teachers fit into one request."""


@door.get("/nhap-danh-sach/mau/<string:kind>.xlsx")
@allow(Right.IMPORT_LISTS)
def template(kind: str):
    if kind not in kinds_for(current_user):
        abort(404)
    return _workbook(list_template(Kind(kind)), f"mau-{kind}.xlsx")


@door.get("/nhap-danh-sach/<int:import_id>/dong-loi.xlsx")
@allow(Right.IMPORT_LISTS)
def rows_to_mend(import_id: int):
    row = visible_import(import_id)
    pieces = [piece for part in kept.parts(row.id, "mend") for piece in part]
    if not pieces:
        abort(404)
    journal.note_read("roster", row.id, "rows to mend")
    return _workbook(base64.b64decode("".join(pieces)), f"dong-can-sua-{row.id}.xlsx")


@door.route("/nhap-danh-sach/<int:import_id>/tai-khoan", methods=["GET", "POST"])
@allow(Right.MANAGE_PEOPLE)
def accounts(import_id: int):
    """Accounts for those a list brought; passwords are shown on this one sheet and nowhere again."""
    row = visible_import(import_id)
    waiting = kept.people_without_account(row.id)
    form = BareForm()
    if form.validate_on_submit():
        ticked = set(request.form.getlist("person", type=int))
        chosen = [person for person in waiting if person.id in ticked][:AT_ONCE]
        if chosen:
            return render_template("rosters/first_passwords.html", roster=row, handed=_open(chosen))
        form.form_errors.append(_("Chưa chọn ai."))
    if waiting:
        journal.note_read("person", [person.id for person in waiting], "list")
    page = render_template("rosters/accounts.html", roster=row, waiting=waiting, form=form, at_once=AT_ONCE)
    return page, 422 if request.method == "POST" else 200


def _open(chosen: list[Person]) -> list[tuple[Person, Account, str]]:
    """Hashing first, outside the write transaction; then all accounts at once."""
    first = [passwords.first_password() for _person in chosen]
    hashed = [passwords.hash_of(password) for password in first]
    handed = []
    for person, password, hash_of_it in zip(chosen, first, hashed, strict=True):
        name = people_queries.free_username(slug(person.full_name).replace("-", "."))
        made = people.create_account(person, name, hash_of_it)
        made.first_password_until = now() + FIRST_PASSWORD_LIVES
        handed.append((person, made, password))
    return handed


def _workbook(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
