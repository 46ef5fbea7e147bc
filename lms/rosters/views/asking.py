"""Leavers are asked about: nobody leaves a class because a list forgot them."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.rosters.actions import classes
from lms.rosters.forms import BareForm
from lms.rosters.queries import leaving
from lms.rosters.views.bringing import visible_import
from lms.rosters.views.doors import door
from lms.web.pages import say


@door.route("/nhap-danh-sach/<int:import_id>/roi-lop", methods=["GET", "POST"])
@allow(Right.IMPORT_LISTS)
def leavers(import_id: int):
    """Those of the class who are not on the list; whoever is ticked leaves from today, and undoing the list brings them back."""
    row = visible_import(import_id)
    missing = leaving.leavers(row, current_user, today())
    form = BareForm()
    if form.validate_on_submit():
        ticked = set(request.form.getlist("em", type=int))
        gone = [one.enrolment.id for one in missing if one.person.id in ticked]
        if gone:
            classes.let_leave(row.id, gone)
            say(_("Đã ghi %(n)s em rời lớp từ hôm nay. Kết quả của các em vẫn giữ.", n=len(gone)))
            return redirect(url_for("rosters.roster", import_id=row.id), 303)
        form.form_errors.append(_("Chưa chọn em nào. Không em nào rời lớp thì không cần làm gì."))
    if missing:
        journal.note_read("person", [one.person.id for one in missing], "list")
    page = render_template("rosters/leavers.html", roster=row, missing=missing, form=form)
    return page, 422 if request.method == "POST" else 200
