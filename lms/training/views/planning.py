"""For whoever leads: writing a day down, mending it, calling it off."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.places import queries as places
from lms.places.models import Unit
from lms.teams.models import Team
from lms.training import actions, queries
from lms.training.forms import CallOffForm, DayForm, given
from lms.training.views.doors import door, kept_or_404, shelf, topics
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/tap-huan/them/<int:unit_id>", methods=["GET", "POST"])
@allow(Right.KEEP_TRAINING)
def add_day(unit_id: int):
    unit = db.session.scalar(queries.communes_kept_by(current_user, today()).where(Unit.id == unit_id)) or abort(404)
    name, form = places.full_name(unit), DayForm()
    teams = queries.teams_to_invite(current_user, unit_id, today())
    _ask(form, teams)
    if request.method == "GET" and len(teams) == 1:
        form.teams.data = [teams[0].id]
    if form.validate_on_submit():
        with refusing(form):
            row = actions.plan_day(form.event_id, unit_id, form.words(), current_user.person_id)
            journal.note("training-planned", f"training:{row.id}")
            say(_("Đã ghi ngày tập huấn. Thành viên các tổ được chọn thấy ngay."))
            return redirect(url_for("training.day", day_id=row.id), 303)
    return _form_page(form, _("Ngày tập huấn ở %(name)s", name=name))


@door.route("/tap-huan/<uuid:day_id>/sua", methods=["GET", "POST"])
@allow(Right.KEEP_TRAINING)
def change_day(day_id: UUID):
    row = kept_or_404(day_id)
    invited = queries.teams_of([day_id]).get(day_id, [])
    form = DayForm(**given(row, invited))
    offered = queries.teams_to_invite(current_user, row.unit_id, today())
    known = {one.id for one in offered}
    _ask(form, [*offered, *(one for one in invited if one.id not in known)])
    if form.validate_on_submit():
        with refusing(form):
            actions.change_day(form.event_id, day_id, form.words(), current_user.person_id)
            journal.note("training-changed", f"training:{day_id}")
            say(_("Đã lưu. Lời cũ vẫn còn trong lịch sử của ngày này."))
            return redirect(url_for("training.day", day_id=day_id), 303)
    return _form_page(form, _("Sửa ngày tập huấn"), day_id)


@door.route("/tap-huan/<uuid:day_id>/hoan", methods=["GET", "POST"])
@allow(Right.KEEP_TRAINING)
def call_off(day_id: UUID):
    row, form = kept_or_404(day_id), CallOffForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.call_off(day_id, form.reason.data, current_user.person_id)
            journal.note("training-called-off", f"training:{day_id}")
            say(_("Đã hoãn. Lý do hiện trên trang của ngày này; hãy báo thêm cho người đã đăng ký."))
            return redirect(url_for("training.day", day_id=day_id), 303)
    held = queries.standings([row])[row.id]
    count = len(held.seats) + len(held.waiting)
    page = render_template("training/call_off.html", form=form, row=row, count=count)
    return page, 422 if request.method == "POST" else 200


def _ask(form: DayForm, teams: Sequence[Team]) -> None:
    read = shelf()
    lessons = [(one.id, f"{one.title} · {one.course_title}") for one in read]
    form.ask(topics(read).items(), teams, lessons)


def _form_page(form: DayForm, title: str, day_id: UUID | None = None):
    page = render_template("training/form.html", form=form, title=title, day_id=day_id)
    return page, 422 if request.method == "POST" else 200
