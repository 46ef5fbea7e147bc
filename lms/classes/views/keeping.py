"""Keeping a class: founding it, its pupils and teachers."""

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.classes import actions, queries
from lms.classes.forms import ClassForm, PupilForm, TeacherForm
from lms.classes.views.doors import door, visible_class
from lms.clock import today
from lms.people import actions as people
from lms.vietnamese import format_school_year
from lms.web.pages import say
from lms.web.refusing import refusing

LEFT_REMEMBERED = 5
"""How many leavings somebody may take back in this session."""


@door.route("/lop-hoc/them", methods=["GET", "POST"])
@allow(Right.MANAGE_CLASS)
def add_class():
    sites = queries.sites_for(current_user, today())
    form = ClassForm(school_year=format_school_year(today().year - (today().month < 6)))
    form.site_id.choices = [SelectChoice(site.id, site.name) for site in sites]
    if form.validate_on_submit():
        with refusing(form):
            year = (form.school_year.data or "").replace("-", "–")
            row = actions.found_class(
                form.site_id.data, form.name.data, year, today(), form.until_on.data, form.venue.data or ""
            )
            if _is_teacher_of(row.site_id):
                actions.appoint_teacher(row.id, current_user.person_id, today())
            say(_("Đã lập lớp %(name)s. Thêm từng em, hoặc nhập danh sách lớp.", name=row.name))
            return redirect(url_for("classes.school_class", class_id=row.id), 303)
    return render_template("classes/class_form.html", form=form, sites=sites), _status()


@door.route("/lop-hoc/<int:class_id>/them-em", methods=["GET", "POST"])
@allow(Right.MANAGE_CLASS)
def add_pupil(class_id: int):
    row = visible_class(class_id)
    form = PupilForm()
    twins = []
    if form.validate_on_submit():
        twins = queries.namesakes(row.site_id, form.full_name.data, form.birth_year.data, today())
        if twins and not form.is_another.data:
            form.is_another.errors = [_("Trường đã có em trùng tên và năm sinh. Nếu là em khác, đánh dấu ô này.")]
        else:
            with refusing(form):
                person = people.create_person(form.full_name.data, form.birth_year.data, form.gender.data or None)
                actions.enrol(row.id, person.id, today())
                undo = url_for("classes.leave", class_id=row.id, person_id=person.id)
                say(_("Đã thêm %(name)s.", name=person.full_name), undo=undo)
                return redirect(url_for("classes.school_class", class_id=row.id), 303)
    return render_template("classes/pupil_form.html", form=form, school_class=row, twins=twins), _status()


@door.post("/lop-hoc/<int:class_id>/em/<int:person_id>/nhan")
@allow(Right.MANAGE_CLASS)
def take_in(class_id: int, person_id: int):
    """A pupil of the school who changed class comes into this one, and leaves the other."""
    row = visible_class(class_id)
    now_in = queries.enrolments_at(row.site_id, person_id, today()) or abort(404)
    for old in now_in:
        if old.class_id != row.id:
            actions.leave_class(old, today())
    actions.enrol(row.id, person_id, today())
    say(_("Đã nhận em vào lớp."))
    return redirect(url_for("classes.school_class", class_id=row.id), 303)


@door.post("/lop-hoc/<int:class_id>/em/<int:person_id>/thoi-hoc")
@allow(Right.MANAGE_CLASS)
def leave(class_id: int, person_id: int):
    row = visible_class(class_id)
    enrolment = queries.enrolment_of(row.id, person_id, today()) or abort(404)
    actions.leave_class(enrolment, today())
    session["left"] = [*session.get("left", []), [row.id, person_id]][-LEFT_REMEMBERED:]
    undo = url_for("classes.come_back", class_id=row.id, person_id=person_id)
    say(_("Đã ghi em rời lớp từ hôm nay. Kết quả của em vẫn giữ."), undo=undo)
    return redirect(url_for("classes.school_class", class_id=row.id), 303)


@door.post("/lop-hoc/<int:class_id>/em/<int:person_id>/tro-lai")
@allow(Right.MANAGE_CLASS)
def come_back(class_id: int, person_id: int):
    row = visible_class(class_id)
    if [row.id, person_id] not in session.get("left", []):  # else this address would let in anybody's pupil
        abort(404)
    actions.come_back(row.id, person_id, today())
    say(_("Đã hoàn tác."))
    return redirect(url_for("classes.school_class", class_id=row.id), 303)


@door.route("/lop-hoc/<int:class_id>/giao-vien", methods=["GET", "POST"])
@allow(Right.MANAGE_CLASS)
def teachers(class_id: int):
    row = visible_class(class_id)
    form = TeacherForm()
    now = queries.teachers(row.id, today())
    form.person_id.choices = [
        SelectChoice(person.id, person.full_name)
        for person in queries.colleagues(row.site_id, today())
        if person.id not in {one.id for one in now}
    ]
    if form.validate_on_submit():
        with refusing(form):
            actions.appoint_teacher(row.id, form.person_id.data, today())
            say(_("Đã thêm giáo viên của lớp."))
            return redirect(url_for("classes.teachers", class_id=row.id), 303)
    return render_template("classes/teachers.html", form=form, school_class=row, teachers=now), _status()


@door.post("/lop-hoc/<int:class_id>/giao-vien/<int:person_id>/thoi")
@allow(Right.MANAGE_CLASS)
def end_teacher(class_id: int, person_id: int):
    row = visible_class(class_id)
    if not queries.teaches(person_id, row.id, today()):
        abort(404)
    actions.end_teacher(row.id, person_id, today())
    if person_id == current_user.person_id:
        say(_("Đã thôi dạy lớp %(name)s.", name=row.name))
        return redirect(url_for("classes.classes"), 303)
    say(_("Đã ghi thôi dạy lớp này."), undo=url_for("classes.return_teacher", class_id=row.id, person_id=person_id))
    return redirect(url_for("classes.teachers", class_id=row.id), 303)


@door.post("/lop-hoc/<int:class_id>/giao-vien/<int:person_id>/tro-lai")
@allow(Right.MANAGE_CLASS)
def return_teacher(class_id: int, person_id: int):
    row = visible_class(class_id)
    if person_id not in {person.id for person in queries.colleagues(row.site_id, today())}:
        abort(404)
    actions.return_teacher(row.id, person_id, today())
    say(_("Đã hoàn tác."))
    return redirect(url_for("classes.teachers", class_id=row.id), 303)


def _is_teacher_of(site_id: int) -> bool:
    return site_id in current_user.site_ids(Role.TEACHER)


def _status() -> int:
    return 422 if request.method == "POST" else 200
