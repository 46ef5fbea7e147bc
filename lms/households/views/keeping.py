"""Keeping who lives where: adding households and members, leaving, moving."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms.fields import SelectChoice

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.households import queries
from lms.households.actions import living
from lms.households.forms import HouseholdForm, LeaveForm, MemberForm, MoveForm, PastDayForm, ToVillageForm
from lms.households.models import Household, Member
from lms.households.views.doors import door
from lms.households.views.looking import visible_household, visible_member
from lms.people import actions as people
from lms.places import queries as places
from lms.places.models import Unit, UnitKind
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/ho-gia-dinh/them", methods=["GET", "POST"])
@allow(Right.MANAGE_HOUSEHOLD)
def add_household():
    form = HouseholdForm(unit_id=request.args.get("thon", type=int))
    form.unit_id.choices = _village_choices()
    if form.validate_on_submit():
        with refusing(form):
            row = living.found_household(form.head_name.data, form.unit_id.data, today(), form.code.data)
            head = people.create_person(form.head_name.data, form.birth_year.data)
            living.join(row, head, "chu-ho", today())
            say(_("Đã thêm hộ %(name)s.", name=row.head_name))
            return redirect(url_for("households.household", household_id=row.id), 303)
    return render_template("households/household_form.html", form=form), _form_status()


@door.route("/ho-gia-dinh/<int:household_id>/them-nguoi", methods=["GET", "POST"])
@allow(Right.MANAGE_HOUSEHOLD)
def add_member(household_id: int):
    row = visible_household(household_id)
    form = MemberForm(from_on=today())
    if form.validate_on_submit():
        with refusing(form):
            person = people.create_person(form.full_name.data, form.birth_year.data, form.gender.data or None)
            living.join(row, person, form.relation.data, form.from_on.data)
            say(_("Đã thêm %(name)s vào hộ.", name=person.full_name))
            return redirect(url_for("households.household", household_id=row.id), 303)
    return render_template("households/member_form.html", form=form, household=row), _form_status()


@door.route("/ho-gia-dinh/<int:household_id>/nguoi/<int:person_id>/roi-ho", methods=["GET", "POST"])
@allow(Right.MANAGE_HOUSEHOLD)
def leave(household_id: int, person_id: int):
    row = visible_household(household_id)
    membership, person = visible_member(row, person_id)
    form = LeaveForm(on_day=today())
    if form.validate_on_submit():
        with refusing(form):
            member_id, gone = membership.id, form.on_day.data <= membership.from_on
            living.leave(membership, form.on_day.data, form.reason.data)
            undo = None if gone else url_for("households.undo_leave", household_id=row.id, member_id=member_id)
            say(_("Đã ghi %(name)s rời hộ.", name=person.full_name), undo=undo)
            return redirect(url_for("households.household", household_id=row.id), 303)
    return render_template("households/leave_form.html", form=form, household=row, person=person), _form_status()


@door.post("/ho-gia-dinh/<int:household_id>/hoan-tac/<int:member_id>")
@allow(Right.MANAGE_HOUSEHOLD)
def undo_leave(household_id: int, member_id: int):
    row = visible_household(household_id)
    membership = db.session.get(Member, member_id)
    if membership is None or membership.household_id != row.id:
        abort(404)
    living.undo_leave(membership)
    say(_("Đã hoàn tác."))
    return redirect(url_for("households.household", household_id=row.id), 303)


@door.route("/ho-gia-dinh/<int:household_id>/nguoi/<int:person_id>/chuyen-ho", methods=["GET", "POST"])
@allow(Right.MANAGE_HOUSEHOLD)
def move(household_id: int, person_id: int):
    row = visible_household(household_id)
    _membership, person = visible_member(row, person_id)
    form = MoveForm(on_day=today())
    if form.validate_on_submit():
        others = queries.found(queries.visible_to(current_user, today()), form.household_code.data)
        found = list(db.session.scalars(others.where(Household.id != row.id, Household.until_on.is_(None)).limit(2)))
        if len(found) != 1:
            none, many = _("Không tìm thấy hộ nào như vậy."), _("Có nhiều hộ như vậy. Ghi thêm mã hộ.")
            form.household_code.errors = [many if found else none]
        else:
            with refusing(form):
                living.move_person(person, found[0], form.relation.data, form.on_day.data)
                say(_("Đã chuyển %(name)s sang hộ %(head)s.", name=person.full_name, head=found[0].head_name))
                return redirect(url_for("households.household", household_id=found[0].id), 303)
    return render_template("households/move_form.html", form=form, household=row, person=person), _form_status()


@door.route("/ho-gia-dinh/<int:household_id>/chuyen-thon", methods=["GET", "POST"])
@allow(Right.MANAGE_HOUSEHOLD)
def move_household(household_id: int):
    """The whole household moves to another village of the actor's units."""
    row = visible_household(household_id)
    form = ToVillageForm(on_day=today())
    form.unit_id.choices = [choice for choice in _village_choices() if choice.value != row.unit_id]
    if form.validate_on_submit():
        with refusing(form):
            living.move_households([row.id], form.unit_id.data, form.on_day.data)
            say(_("Đã ghi hộ %(name)s sang thôn mới.", name=row.head_name))
            return redirect(url_for("households.household", household_id=row.id), 303)
    title = _("Chuyển cả hộ %(name)s sang thôn khác", name=row.head_name)
    return _act_page(form, row, title, _("Chuyển hộ"))


@door.route("/ho-gia-dinh/<int:household_id>/khong-con", methods=["GET", "POST"])
@allow(Right.MANAGE_HOUSEHOLD)
def end(household_id: int):
    """The household is no more: merged into another, or moved out of what the actor keeps."""
    row = visible_household(household_id)
    form = PastDayForm(on_day=today())
    if form.validate_on_submit():
        with refusing(form):
            village = row.unit_id
            living.end_household(row, form.on_day.data)
            say(_("Đã ghi hộ %(name)s không còn từ ngày này.", name=row.head_name))
            return redirect(url_for("households.households", thon=village), 303)
    return _act_page(form, row, _("Hộ %(name)s không còn nữa", name=row.head_name), _("Ghi hộ không còn"))


def _act_page(form: FlaskForm, row: Household, title: str, words: str):
    return render_template(
        "households/act_form.html", form=form, household=row, title=title, words=words
    ), _form_status()


def _village_choices() -> list[SelectChoice]:
    kinds = places.kinds()
    return [SelectChoice(unit.id, places.full_name(unit, kinds)) for unit in _villages()]


def _villages() -> list[Unit]:
    """Villages the actor may keep households in."""
    wanted = select(Unit).join(UnitKind).where(UnitKind.level == "village", *places.holds_on(today(), Unit))
    ids = places.visible_unit_ids(current_user, today())
    if ids is not None:
        wanted = wanted.where(Unit.id.in_(ids))
    return list(db.session.scalars(wanted.order_by(Unit.name_key, Unit.id)))


def _form_status() -> int:
    return 422 if request.method == "POST" else 200
