"""Groups within a class: some of its pupils, given work together."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import actions, queries
from lms.classes.forms import BareForm, GroupForm
from lms.classes.models import ClassGroup, SchoolClass
from lms.classes.queries import planning
from lms.classes.views.doors import door, visible_class
from lms.clock import today
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/lop-hoc/<int:class_id>/nhom", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def groups(class_id: int):
    row, form = visible_class(class_id), GroupForm()
    if form.validate_on_submit():
        with refusing(form):
            made = actions.found_group(row.id, form.name.data)
            return redirect(url_for("classes.group", class_id=row.id, group_id=made.id), 303)
    shown = planning.groups(row.id)
    sizes = {group: len(members) for group, members in planning.members_of([one.id for one in shown]).items()}
    page = render_template("classes/groups.html", form=form, school_class=row, groups=shown, sizes=sizes)
    return page, 422 if request.method == "POST" else 200


@door.route("/lop-hoc/<int:class_id>/nhom/<int:group_id>", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def group(class_id: int, group_id: int):
    row, chosen = _group(class_id, group_id)
    pupils, form = queries.pupils(row.id, today()), BareForm()
    if form.validate_on_submit():
        ticked = set(request.form.getlist("em", type=int))
        actions.choose_members(chosen, [person.id for person in pupils if person.id in ticked])
        say(_("Đã ghi nhóm."))
        return redirect(url_for("classes.groups", class_id=row.id), 303)
    if pupils:
        journal.note_read("person", [person.id for person in pupils], "group")
    members = planning.members_of([chosen.id])[chosen.id]
    return render_template(
        "classes/group.html", form=form, school_class=row, group=chosen, pupils=pupils, members=members
    )


@door.post("/lop-hoc/<int:class_id>/nhom/<int:group_id>/thoi")
@allow(Right.ASSIGN_MODULE)
def end_group(class_id: int, group_id: int):
    row, chosen = _group(class_id, group_id)
    actions.end_group(chosen)
    undo = url_for("classes.return_group", class_id=row.id, group_id=chosen.id)
    say(_("Đã thôi nhóm. Bài giao cho nhóm không còn nhắc nữa."), undo=undo)
    return redirect(url_for("classes.groups", class_id=row.id), 303)


@door.post("/lop-hoc/<int:class_id>/nhom/<int:group_id>/tro-lai")
@allow(Right.ASSIGN_MODULE)
def return_group(class_id: int, group_id: int):
    row, chosen = _group(class_id, group_id)
    actions.return_group(chosen)
    say(_("Đã hoàn tác."))
    return redirect(url_for("classes.groups", class_id=row.id), 303)


def _group(class_id: int, group_id: int) -> tuple[SchoolClass, ClassGroup]:
    row = visible_class(class_id)
    return row, planning.group_of(row.id, group_id) or abort(404)
