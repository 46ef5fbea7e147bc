"""The days open to oneself or one's unit, one of them, registering and withdrawing in one tap, and one's own attendances."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.db import db
from lms.people.queries import canonical_id, ids_read_through
from lms.places.models import Unit
from lms.refusals import Refusal
from lms.training import actions, queries, rules
from lms.training.forms import ActForm, EnrolForm
from lms.training.models import TrainingChange, TrainingDay
from lms.training.views.doors import MARK_WORDS, day_or_404, door, hours, is_kept, shelf, topics
from lms.web.pages import say

MOST_COMMUNES = 12


@door.get("/tap-huan")
@allow(Right.READ_TEAM)
def days():
    """The coming ones, the nearest first; or those that are over, the latest first."""
    are_past = request.args.get("xem") == "da-qua"
    page = queries.page_of_days(
        queries.visible_to(current_user, today()), request.args.get("sau"), are_past, now()
    )  # fmt: skip
    units = select(Unit.id, Unit.name).where(Unit.id.in_({row.unit_id for row in page.rows}))
    communes = []
    if current_user.may(Right.KEEP_TRAINING):
        kept = queries.communes_kept_by(current_user, today()).order_by(Unit.name_key, Unit.id)
        communes = list(db.session.scalars(kept.limit(MOST_COMMUNES)))
    return render_template(
        "training/days.html",
        page=page,
        are_past=are_past,
        teams=queries.teams_of(row.id for row in page.rows),
        units={id: name for id, name in db.session.execute(units)},
        held=queries.standings(page.rows),
        me_id=canonical_id(current_user.person_id),
        my_teams=set(current_user.team_ids()),
        communes=communes,
        form=ActForm(),
        hours=hours,
    )


@door.get("/tap-huan/<uuid:day_id>")
@allow(Right.READ_TEAM)
def day(day_id: UUID):
    return _day_page(day_or_404(day_id))


def _day_page(row: TrainingDay, enrol: EnrolForm | None = None, status: int = 200):
    """Whoever leads the day sees who registered; others only how many."""
    held, kept = queries.standings([row])[row.id], is_kept(row.id)
    teams = queries.teams_of([row.id]).get(row.id, [])
    invited = queries.members_of((one.id for one in teams), today())
    led = {one.name for one in teams if kept or one.id in queries.led_teams(current_user)}
    names = {one for one, team in invited.items() if team in led} | ({*held.seats, *held.waiting} if kept else set())
    listed = queries.people(names) if current_user.may(Right.KEEP_TRAINING) else {}
    if listed:
        journal.note_read("person", list(listed), "training")
    read = shelf()
    if enrol is None:
        enrol = EnrolForm(formdata=None)
    enrol.person_id.choices = [
        SelectChoice(id, f"{person.full_name} · {invited[id]}")
        for id, person in listed.items()
        if id not in (*held.seats, *held.waiting)
    ]
    return render_template(
        "training/day.html",
        row=row,
        hours=hours(row),
        teams=teams,
        held=held,
        kept=kept,
        listed=listed,
        invited=invited,
        me_id=canonical_id(current_user.person_id),
        is_invited=current_user.may(Right.JOIN_TRAINING)
        and bool({one.id for one in teams} & set(current_user.team_ids())),
        is_closed=bool(rules.registering_problem(row.ends_at, row.called_off_at is not None, now())),
        topics=topics(read),
        lessons=[one for one in read if one.id in row.lessons],
        history=_history(row) if kept else [],
        form=ActForm(),
        enrol=enrol,
        MARK_WORDS=MARK_WORDS,
    ), status


@door.post("/tap-huan/<uuid:day_id>/dang-ky")
@allow(Right.JOIN_TRAINING)
def register(day_id: UUID):
    row, form, me = day_or_404(day_id), ActForm(), current_user.person_id
    if form.validate_on_submit():
        try:
            actions.register(form.event_id, row.id, me, me)
        except Refusal as refusal:
            db.session.rollback()
            say(refusal.sentence, "bad")
        else:
            waits = queries.standings([row])[row.id].place_of(canonical_id(me))
            undo = url_for("training.withdraw", day_id=day_id)
            if waits:
                say(_("Đã đủ chỗ. Mình đứng thứ %(n)s trong danh sách chờ.", n=waits), "warn", undo=undo)
            else:
                say(_("Đã đăng ký. Hẹn gặp ở buổi tập huấn."), undo=undo)
    return redirect(url_for("training.day", day_id=day_id), 303)


@door.post("/tap-huan/<uuid:day_id>/rut")
@allow(Right.JOIN_TRAINING)
def withdraw(day_id: UUID):
    row, form, me = day_or_404(day_id), ActForm(), current_user.person_id
    if form.validate_on_submit():
        try:
            actions.withdraw(form.event_id, row.id, me, me)
        except Refusal as refusal:
            db.session.rollback()
            say(refusal.sentence, "bad")
        else:
            say(_("Đã rút. Chỗ này dành cho người đang chờ."))
    return redirect(url_for("training.day", day_id=day_id), 303)


@door.post("/tap-huan/<uuid:day_id>/ghi-ten")
@allow(Right.KEEP_TRAINING)
def enrol(day_id: UUID):
    """A leader registers somebody of their own team, or anybody invited to a day of their own."""
    row, form = day_or_404(day_id), EnrolForm()
    teams = queries.teams_of([row.id]).get(row.id, [])
    led = [one.id for one in teams if is_kept(row.id) or one.id in queries.led_teams(current_user)]
    form.person_id.choices = [SelectChoice(one, "") for one in queries.members_of(led, today())]
    if form.validate_on_submit():
        try:
            actions.register(form.event_id, row.id, form.person_id.data, current_user.person_id)
        except Refusal as refusal:
            db.session.rollback()
            form.form_errors.append(refusal.sentence)
        else:
            say(_("Đã ghi tên."))
            return redirect(url_for("training.day", day_id=day_id), 303)
    return _day_page(row, form, 422)


@door.get("/tap-huan/cua-toi")
@allow(Right.OWN_RECORD)
def mine():
    """«Ngày tập huấn của tôi»: registered for, waited for, came to; the latest first."""
    me = canonical_id(current_user.person_id)
    page = queries.page_of_own(list(ids_read_through([me])), request.args.get("sau"))
    held = queries.standings(page.rows)
    open_ids = {row.id for row in page.rows if _asks_for_feedback(row, me in held[row.id].came)}
    return render_template(
        "training/mine.html",
        page=page,
        held=held,
        me_id=me,
        count=queries.attended([me])[me],
        asked=open_ids - queries.answered(me, open_ids),
        seen=queries.visible_ids(current_user, [row.id for row in page.rows], today()),
        ahead=queries.days_ahead(me, today()),
        hours=hours,
        MARK_WORDS=MARK_WORDS,
    )


def _asks_for_feedback(row: TrainingDay, came: bool) -> bool:
    return not rules.feedback_problem(row.on_day, row.called_off_at is not None, came, today())


def _history(row: TrainingDay) -> list[tuple[TrainingChange, str, list[str]]]:
    """(change, who, which parts were said anew), the first first."""
    found: list[tuple[TrainingChange, str, list[str]]] = []
    before: dict[str, Any] = {}
    for change, name in queries.changes_of(row.id):
        parts = rules.changed(before, change.body) if change.act == "changed" else []
        found.append((change, name, parts))
        before = change.body if change.act != "called-off" else before
    return found
