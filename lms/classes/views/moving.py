"""From one school year to the next, and from one school to another: the person stays, so what they have done comes along."""

import secrets
from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import actions, queries
from lms.classes.forms import BareForm, RollOverForm, TransferForm
from lms.classes.rules import CODE_LENGTH, CODE_LETTERS, next_name, next_year
from lms.classes.views.doors import door, visible_class
from lms.clock import today
from lms.db import db
from lms.places.models import Site
from lms.refusals import Refusal
from lms.web.pages import say
from lms.web.refusing import refusing

TRIES = 10
TRIES_WITHIN = timedelta(days=1)


@door.route("/lop-hoc/<int:class_id>/len-lop", methods=["GET", "POST"])
@allow(Right.MANAGE_CLASS)
def roll_over(class_id: int):
    """The class of the next school year; everybody goes on unless unticked."""
    row = visible_class(class_id)
    pupils = queries.pupils(row.id, today())
    form = RollOverForm(name=next_name(row.name), school_year=next_year(row.school_year), on_day=today())
    ticked = {person.id for person in pupils}
    if request.method == "POST":
        ticked = {person.id for person in pupils if f"len-{person.id}" in request.form}
    if form.validate_on_submit():
        with refusing(form):
            year = (form.school_year.data or "").replace("-", "–")
            new = actions.roll_over(row, form.name.data, year, form.on_day.data, sorted(ticked))
            say(_("Đã lập lớp %(name)s với %(n)s em. Lớp cũ giữ nguyên để tra lại.", name=new.name, n=len(ticked)))
            return redirect(url_for("classes.school_class", class_id=new.id), 303)
    if pupils:
        journal.note_read("person", [person.id for person in pupils], "class")
    return render_template(
        "classes/roll_over.html", form=form, school_class=row, pupils=pupils, ticked=ticked
    ), 422 if request.method == "POST" else 200


@door.post("/lop-hoc/<int:class_id>/huy-len-lop")
@allow(Right.MANAGE_CLASS)
def undo_roll_over(class_id: int):
    row = visible_class(class_id)
    name = row.name
    try:
        old = actions.undo_roll_over(row)
    except Refusal as refusal:
        say(_(refusal.sentence), "warn")
        return redirect(url_for("classes.school_class", class_id=class_id), 303)
    say(_("Đã huỷ lớp %(new)s. Lớp %(old)s mở lại như trước khi lên lớp.", new=name, old=old.name))
    return redirect(url_for("classes.school_class", class_id=old.id), 303)


@door.post("/lop-hoc/<int:class_id>/em/<int:person_id>/chuyen-truong")
@allow(Right.MANAGE_CLASS)
def offer_transfer(class_id: int, person_id: int):
    """The paper with its code, shown this once."""
    row = visible_class(class_id)
    if queries.enrolment_of(row.id, person_id, today()) is None:
        abort(404)
    code = "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH))
    offered = actions.offer_transfer(row.id, person_id, code, current_user.person_id)
    person = next(one for one in queries.pupils(row.id, today()) if one.id == person_id)
    return render_template(
        "classes/transfer_paper.html",
        school_class=row,
        site=db.session.get_one(Site, row.site_id),
        person=person,
        code=f"{code[:4]}-{code[4:]}",
        until_on=offered.until_on,
        form=BareForm(),
    )


@door.post("/lop-hoc/<int:class_id>/em/<int:person_id>/thoi-chuyen-truong")
@allow(Right.MANAGE_CLASS)
def withdraw_transfer(class_id: int, person_id: int):
    row = visible_class(class_id)
    if queries.enrolment_of(row.id, person_id, today()) is None:
        abort(404)
    actions.withdraw_transfer(person_id)
    say(_("Giấy chuyển trường đã huỷ, mã không dùng được nữa."))
    return redirect(url_for("classes.pupil", person_id=person_id), 303)


@door.route("/lop-hoc/<int:class_id>/nhan-chuyen-truong", methods=["GET", "POST"])
@allow(Right.MANAGE_CLASS)
def accept_transfer(class_id: int):
    """The code of the paper and the year of birth bring the pupil in."""
    row = visible_class(class_id)
    form = TransferForm()
    key = f"transfer:{current_user.person_id}"
    if form.validate_on_submit():
        if journal.recent("transfer-refused", key, TRIES_WITHIN) >= TRIES:
            form.form_errors.append(_("Đã thử quá nhiều lần hôm nay. Mai thử lại, hoặc hỏi trường cũ."))
        else:
            with refusing(form):
                person = _accepted(row, form, key)
                say(_("Đã nhận em %(name)s. Kết quả học trước đây vẫn theo em.", name=person.full_name))
                return redirect(url_for("classes.school_class", class_id=row.id), 303)
    return render_template("classes/transfer_form.html", form=form, school_class=row), (
        422 if request.method == "POST" else 200
    )


def _accepted(row, form, key):
    try:
        return actions.accept_transfer(row, form.code.data, form.birth_year.data, current_user.person_id)
    except Refusal:
        journal.note("transfer-refused", key)
        raise
