"""Drives: the list, one with its honest progress, writing one down, calling it off, closing it, and the signed record."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.db import db
from lms.drives import actions, queries
from lms.drives.forms import BareForm, CloseForm, DriveForm
from lms.drives.models import Drive
from lms.drives.rules.progress import Progress
from lms.drives.views.doors import door
from lms.places import queries as places
from lms.places.models import Unit
from lms.web.pages import say
from lms.web.paging import page_of
from lms.web.refusing import refusing

PAGE = 20
MOST_COMMUNES = 12
ONE_DAY = timedelta(days=1)


@door.get("/dot-ra-quan")
@allow(Right.READ_TEAM)
def drives():
    """The newest first."""
    wanted = queries.visible_to(current_user, today())
    page = page_of(wanted, (-Drive.id,), request.args.get("sau"), PAGE, lambda row: (-row.id,), scalars=True)
    ids = [row.id for row in page.rows]
    communes = []
    if current_user.may(Right.KEEP_DRIVES):
        wanted_units = queries.communes_kept_by(current_user, today()).order_by(Unit.name_key, Unit.id)
        communes = list(db.session.scalars(wanted_units.limit(MOST_COMMUNES)))
    return render_template(
        "drives/drives.html",
        page=page,
        villages=queries.villages_of(ids),
        records=queries.records_of(ids),
        communes=[(unit.id, places.full_name(unit)) for unit in communes],
        ONE_DAY=ONE_DAY,
    )


@door.get("/dot-ra-quan/<int:drive_id>")
@allow(Right.READ_TEAM)
def drive(drive_id: int):
    return _page(_row(drive_id), CloseForm())


def _page(row: Drive, form: CloseForm, status: int = 200):
    """What was reached so far; of a drive that is closed, the record leads."""
    villages = queries.villages_of([row.id])[row.id]
    last_day = row.until_on - ONE_DAY
    has_begun = row.from_on <= today() and row.called_off_at is None
    reached = queries.reached([unit.id for unit in villages], row.from_on, min(today(), last_day)) if has_begun else {}
    kept = db.session.scalar(queries.kept_by(current_user, today()).where(Drive.id == row.id)) is not None
    return render_template(
        "drives/drive.html",
        row=row,
        last_day=last_day,
        has_begun=has_begun,
        villages=villages,
        lines=[(unit.name, reached.get(unit.id, Progress())) for unit in villages],
        whole=sum(reached.values(), Progress()),
        record=queries.records_of([row.id]).get(row.id),
        may_keep=kept and current_user.may(Right.KEEP_DRIVES),
        form=form,
        bare=BareForm(),
        days_left=(row.until_on - today()).days,
    ), status


@door.route("/dot-ra-quan/them/<int:unit_id>", methods=["GET", "POST"])
@allow(Right.KEEP_DRIVES)
def add_drive(unit_id: int):
    unit = db.session.scalar(queries.communes_kept_by(current_user, today()).where(Unit.id == unit_id)) or abort(404)
    name, below = places.full_name(unit), places.below(unit_id, today())
    form = DriveForm(from_on=today())
    form.villages.choices = [SelectChoice(one.id, one.name) for one in below if one.level == "village"]
    if form.validate_on_submit():
        with refusing(form):
            row = actions.write_drive(unit_id, form.words(), current_user.person_id, now())
            journal.note("drive-written", f"drive:{row.id}")
            say(_("Đã ghi đợt ra quân."))
            return redirect(url_for("drives.drive", drive_id=row.id), 303)
    page = render_template("drives/form.html", form=form, title=_("Đợt ra quân ở %(name)s", name=name))
    return page, 422 if request.method == "POST" else 200


@door.post("/dot-ra-quan/<int:drive_id>/bo")
@allow(Right.KEEP_DRIVES)
def call_off(drive_id: int):
    row, form = _kept(drive_id), CloseForm(formdata=None)
    if BareForm().validate_on_submit():
        with refusing(form):
            actions.call_off(row.id, current_user.person_id, now())
            journal.note("drive-called-off", f"drive:{drive_id}")
            say(_("Đã bỏ đợt này trước khi bắt đầu."))
            return redirect(url_for("drives.drives"), 303)
    return _page(_row(drive_id), form, 422)


@door.post("/dot-ra-quan/<int:drive_id>/ket-thuc")
@allow(Right.KEEP_DRIVES)
def close(drive_id: int):
    row, form = _kept(drive_id), CloseForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.close(row.id, current_user.person_id, form.office.data, form.words.data or "", now())
            journal.note("drive-closed", f"drive:{drive_id}")
            say(_("Đã ký và kết thúc đợt."))
            return redirect(url_for("drives.record", drive_id=drive_id), 303)
    return _page(_row(drive_id), form, 422)


@door.get("/dot-ra-quan/<int:drive_id>/tong-ket")
@allow(Right.READ_TEAM)
def record(drive_id: int):
    """What was signed, as it was signed."""
    row = _row(drive_id)
    kept = queries.records_of([row.id]).get(row.id) or abort(404)
    names = ("households", "start", "now", "opened", "lapsed", "withdrawn")
    lines = [(one["name"], Progress(*(one[name] for name in names))) for one in kept.body["villages"]]
    return render_template(
        "drives/record.html",
        row=row,
        record=kept,
        lines=lines,
        whole=sum((one for _name, one in lines), Progress()),
        days={name: _day(kept.body[name]) for name in ("from_on", "last_day", "as_at")},
        is_intact=actions.digest(kept.body) == kept.digest,
    )


def _day(words: str) -> str:
    year, month, day = words.split("-")
    return f"{day}/{month}/{year}"


def _row(drive_id: int) -> Drive:
    return db.session.scalar(queries.visible_to(current_user, today()).where(Drive.id == drive_id)) or abort(404)


def _kept(drive_id: int) -> Drive:
    return db.session.scalar(queries.kept_by(current_user, today()).where(Drive.id == drive_id)) or abort(404)
