"""Giving work: what, to whom, when; taking it back; taking over the plan of an earlier year."""

from datetime import date, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import actions, queries
from lms.classes.forms import WEEKDAYS, AssignForm, BareForm
from lms.classes.models import Assignment, SchoolClass
from lms.classes.queries import planning
from lms.classes.rules.school_weeks import (
    SCHOOL_DAYS,
    SchoolYear,
    day_of_period,
    moved,
    week_number,
    weeks_later,
    weeks_of,
)
from lms.classes.views.doors import door, visible_class
from lms.clock import today
from lms.db import db
from lms.people.models import Person
from lms.web.pages import say
from lms.web.refusing import refusing

USUAL_DUE = timedelta(days=7)
MOST_TARGETS = 100
"""Pupils offered by name; of a longer list a group is made first."""


@door.route("/lop-hoc/<int:class_id>/giao-bai", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def assign(class_id: int):
    row = visible_class(class_id)
    year, weekdays = planning.year_of(row), planning.weekdays_of(row.id)
    form = _form(row, year, weekdays)
    if form.validate_on_submit():
        due = _due(form, year, weekdays)
        if due is None:
            (form.week if form.due_by.data == "tuan" else form.due_on).errors = [_("Chưa chọn hạn.")]
        else:
            with refusing(form):
                given = _give(row, form, due, year)
                more = given[1:]
                undo = url_for("classes.withdraw", class_id=row.id, assignment_id=given[0], cung=more)
                say(_("Đã giao %(n)s bài.", n=len(given)) if more else _("Đã giao bài."), undo=undo)
                return redirect(url_for("classes.school_class", class_id=row.id), 303)
    page = render_template(
        "classes/assign_form.html", form=form, school_class=row, modules=queries.modules(), year=year
    )
    return page, 422 if request.method == "POST" else 200


@door.post("/lop-hoc/<int:class_id>/bai-giao/<int:assignment_id>/thu-hoi")
@allow(Right.ASSIGN_MODULE)
def withdraw(class_id: int, assignment_id: int):
    row = visible_class(class_id)
    given = _given(row.id, assignment_id)
    for one in given:
        actions.withdraw_assignment(one)
    more = [one.id for one in given[1:]]
    again = url_for("classes.give_again", class_id=row.id, assignment_id=assignment_id, cung=more)
    say(_("Đã thu hồi bài."), undo=again)
    return redirect(url_for("classes.school_class", class_id=row.id), 303)


@door.post("/lop-hoc/<int:class_id>/bai-giao/<int:assignment_id>/giao-lai")
@allow(Right.ASSIGN_MODULE)
def give_again(class_id: int, assignment_id: int):
    row = visible_class(class_id)
    for one in _given(row.id, assignment_id):
        actions.restore_assignment(one)
    say(_("Đã hoàn tác."))
    return redirect(url_for("classes.school_class", class_id=row.id), 303)


@door.route("/lop-hoc/<int:class_id>/ke-hoach-cu", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def earlier_plan(class_id: int):
    """Modules of an earlier class, each moved to the same school week of this year; the teacher mends the days."""
    row = visible_class(class_id)
    others = planning.earlier_classes(current_user, row, today())
    chosen = _chosen([one for one, _count in others])
    plan = _plan(row, chosen) if chosen else []
    form = BareForm()
    if form.validate_on_submit() and chosen:
        wanted, problem = _ticked(plan)
        if problem:
            form.form_errors.append(problem)
        else:
            with refusing(form):
                waits = {one["module"].id for one in plan if one["results_wait"]}
                for module_id, due in wanted:
                    actions.assign_module(
                        row.id, module_id, due, current_user.person_id, results_wait=module_id in waits
                    )
                say(_("Đã giao %(n)s bài theo kế hoạch cũ.", n=len(wanted)))
                return redirect(url_for("classes.school_class", class_id=row.id), 303)
    page = render_template(
        "classes/earlier_plan.html", form=form, school_class=row, others=others, chosen=chosen, plan=plan
    )
    return page, 422 if request.method == "POST" else 200


def _form(row: SchoolClass, year: SchoolYear | None, weekdays: list[int]) -> AssignForm:
    wanted = request.args.get("bai")
    form = AssignForm(module_id=[wanted] if wanted else [], opens_on=today(), due_on=today() + USUAL_DUE)
    form.module_id.choices = [SelectChoice(module.id, module.title) for module, _course in queries.modules()]
    in_order = queries.enrolled(row.id, today()).order_by(Person.name_key, Person.id)
    pupils = db.session.scalars(in_order.limit(MOST_TARGETS))
    form.target.choices = [
        SelectChoice("", _("Cả lớp")),
        *(SelectChoice(f"nhom:{one.id}", _("Nhóm %(name)s", name=one.name)) for one in planning.groups(row.id)),
        *(SelectChoice(f"em:{one.id}", _("Em %(name)s", name=one.full_name)) for one in pupils),
    ]
    form.week.choices = [SelectChoice(0, _("Chọn tuần")), *_weeks(year)]
    form.period.choices = [
        SelectChoice(0, _("Đến hết tuần")),
        *(SelectChoice(n, _("Tiết %(n)s, %(day)s", n=n, day=WEEKDAYS[day])) for n, day in enumerate(weekdays, 1)),
    ]
    return form


def _weeks(year: SchoolYear | None) -> list[SelectChoice]:
    """This week and those to come."""
    days = timedelta(days=SCHOOL_DAYS - 1)
    return [
        SelectChoice(n, f"{_('Tuần %(n)s', n=n)} ({monday:%d/%m}–{monday + days:%d/%m/%Y})")
        for n, monday in enumerate(weeks_of(year) if year else [], 1)
        if monday + days >= today()
    ]


def _due(form: AssignForm, year: SchoolYear | None, weekdays: list[int]) -> date | None:
    if form.due_by.data != "tuan":
        return form.due_on.data  # type: ignore[no-any-return]
    if year is None:
        return None
    if form.period.data:
        return day_of_period(year, form.week.data, weekdays, form.period.data)
    return day_of_period(year, form.week.data, [SCHOOL_DAYS - 1], 1)


def _give(row: SchoolClass, form: AssignForm, due: date, year: SchoolYear | None) -> list[int]:
    """One assignment a module, in the order of the shelf; ids in that order."""
    kind, _colon, number = (form.target.data or "").partition(":")
    given: list[int] = []
    ordered = [module.id for module, _course in queries.modules() if module.id in form.module_id.data]
    for n, module_id in enumerate(ordered):
        made = actions.assign_module(
            row.id,
            module_id,
            weeks_later(due, n, year) if form.one_a_week.data else due,
            current_user.person_id,
            opens_on=form.opens_on.data,
            group_id=int(number) if kind == "nhom" else None,
            person_id=int(number) if kind == "em" else None,
            after_id=given[-1] if given and form.in_order.data else None,
            results_wait=form.results.data == "sau",
        )
        given.append(made.id)
    return given


def _given(class_id: int, first: int) -> list[Assignment]:
    """The assignment of the address and those given in one go with it; any that is not this class's: 404."""
    ids = [first, *request.args.getlist("cung", type=int)]
    return [queries.assignment_of(class_id, one) or abort(404) for one in ids]


def _chosen(others: list[SchoolClass]) -> SchoolClass | None:
    wanted = request.args.get("tu", type=int)
    if wanted is None:
        return None
    return next((one for one in others if one.id == wanted), None) or abort(404)


def _plan(row: SchoolClass, chosen: SchoolClass) -> list[dict[str, Any]]:
    then, now = planning.year_of(chosen), planning.year_of(row)
    return [
        {
            "module": module,
            "results_wait": given.results_wait_from is not None,
            "week": week_number(then, given.due_on) if then else None,
            "due_on": moved(given.due_on, then, now) if chosen.school_year != row.school_year else given.due_on,
        }
        for given, module in planning.plan_of(chosen.id)
    ]


def _ticked(plan: list[dict[str, Any]]) -> tuple[list[tuple[str, date]], str]:
    """(module, day) of the ticked rows, or a sentence on what is wrong."""
    ticked, found = set(request.form.getlist("bai")), []
    for one in plan:
        module = one["module"].id
        if module not in ticked:
            continue
        try:
            found.append((module, date.fromisoformat(request.form.get(f"han-{module}", ""))))
        except ValueError:
            return [], _("Có bài chưa ghi đúng ngày hạn.")
    return found, "" if found else _("Chưa chọn bài nào.")
