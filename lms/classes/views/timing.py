"""The school year of a class: terms, days off, and on which weekdays its lessons are."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import actions
from lms.classes.forms import YearForm
from lms.classes.models import SchoolCalendar, SchoolClass
from lms.classes.queries import planning
from lms.classes.rules.school_weeks import SchoolYear, Stretch, read_breaks, weeks_of
from lms.classes.views.doors import door, visible_class
from lms.db import db
from lms.people.models import Person
from lms.vietnamese import format_date
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/lop-hoc/<int:class_id>/nam-hoc", methods=["GET", "POST"])
@allow(Right.MANAGE_CLASS)
def school_year(class_id: int):
    row = visible_class(class_id)
    if not row.school_year:  # an evening class has days, not terms
        abort(404)
    kept = planning.calendar_row(row.site_id, row.school_year)
    form = YearForm(**_values(row, kept))
    if form.validate_on_submit():
        breaks = read_breaks(form.breaks.data or "")
        if breaks is None:
            form.breaks.errors = [_("Mỗi dòng ghi một đợt, như 01/02/2027 - 14/02/2027.")]
        else:
            with refusing(form):
                actions.set_calendar(row.site_id, row.school_year, _year(form, breaks), current_user.person_id)
                actions.set_timetable(row.id, form.weekdays.data)
                say(_("Đã ghi năm học."))
                return redirect(url_for("classes.school_year", class_id=row.id), 303)
    year = planning.as_year(kept) if kept else None
    page = render_template(
        "classes/school_year.html",
        form=form,
        school_class=row,
        kept=kept,
        weeks=len(weeks_of(year)) if year else 0,
        set_by=db.session.get(Person, kept.set_by) if kept and kept.set_by else None,
    )
    return page, 422 if request.method == "POST" else 200


def _year(form: YearForm, breaks: tuple[Stretch, ...]) -> SchoolYear:
    first = Stretch(form.first_from.data, form.first_until.data)
    return SchoolYear(first, Stretch(form.second_from.data, form.second_until.data), breaks)


def _values(row: SchoolClass, kept: SchoolCalendar | None) -> dict[str, object]:
    if kept is None:
        return {"weekdays": planning.weekdays_of(row.id)}
    year = planning.as_year(kept)
    return {
        "first_from": year.first.from_on,
        "first_until": year.first.until_on,
        "second_from": year.second.from_on,
        "second_until": year.second.until_on,
        "breaks": "\n".join(f"{format_date(one.from_on)} - {format_date(one.until_on)}" for one in year.breaks),
        "weekdays": planning.weekdays_of(row.id),
    }
