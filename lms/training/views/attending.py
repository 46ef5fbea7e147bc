"""On the day: the attendance sheet, the paper to be signed, and the supervised session of those who came."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.practice import queries as practices
from lms.skills.queries import framework
from lms.training import actions, queries, rules
from lms.training.forms import ActForm, SessionForm
from lms.training.models import TrainingDay
from lms.training.rules import MARKS, Act
from lms.training.views.doors import MARK_WORDS, door, hours, kept_or_404
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing.queries.sessions import session_is_open


@door.route("/tap-huan/<uuid:day_id>/diem-danh", methods=["GET", "POST"])
@allow(Right.KEEP_TRAINING)
def attendance(day_id: UUID):
    """Everybody on one page. One button says «có mặt» of all who are not marked yet; only what differs is written."""
    row, form = kept_or_404(day_id), ActForm()
    held = queries.standings([row])[row.id]
    invited = queries.members_of((one.id for one in queries.teams_of([row.id]).get(row.id, [])), today())
    others = [one for one in invited if one not in held.listed]
    if form.validate_on_submit():
        said = _said([*held.listed, *others])
        if "tat-ca" in request.form:
            said |= {one: Act.PRESENT for one in held.seats if one not in held.marks and one not in said}
        with refusing(form):
            count = actions.mark(form.event_id, row.id, said, current_user.person_id)
            say(_("Đã ghi %(n)s dòng điểm danh.", n=count) if count else _("Không có gì khác so với lần ghi trước."))
            return redirect(url_for("training.attendance", day_id=day_id), 303)
    people = queries.people([*held.listed, *others])
    if people:
        journal.note_read("person", list(people), "attendance")
    return render_template(
        "training/attendance.html",
        row=row,
        hours=hours(row),
        form=form,
        held=held,
        listed=[person for id, person in people.items() if id in held.listed],
        others=[person for id, person in people.items() if id not in held.listed],
        invited=invited,
        why_not=rules.marking_problem(row.on_day, row.called_off_at is not None, today()),
        marks=[(mark, MARK_WORDS[mark]) for mark in MARKS],
        MARK_WORDS=MARK_WORDS,
        is_today=row.on_day == today(),
    ), 422 if request.method == "POST" else 200


@door.get("/tap-huan/<uuid:day_id>/to-ky-ten")
@allow(Right.KEEP_TRAINING)
def paper(day_id: UUID):
    """A4, with a column to sign in and empty lines for those who were not registered."""
    row = kept_or_404(day_id)
    held = queries.standings([row])[row.id]
    people = queries.people(held.listed)
    if people:
        journal.note_read("person", list(people), "attendance")
    teams = queries.teams_of([row.id]).get(row.id, [])
    return render_template(
        "training/paper.html",
        row=row,
        hours=hours(row),
        teams=teams,
        seats=[person for id, person in people.items() if id not in held.waiting],
        waiting=[people[id] for id in held.waiting],
        invited=queries.members_of((one.id for one in teams), today()),
    )


@door.route("/tap-huan/<uuid:day_id>/buoi", methods=["GET", "POST"])
@allow(Right.ATTEST)
def supervised(day_id: UUID):
    """Open the supervised session of the day for those present; it goes on in the pages of witnessing."""
    row, form = _kept(day_id), SessionForm()
    offered = {one.skill_id for one in practices.shelf()}
    names = {one.id: one.name for one in framework().skills}
    order = sorted(offered, key=lambda one: (one not in row.topics, one))
    form.skill_id.choices = [SelectChoice(one, names[one]) for one in order]
    if form.validate_on_submit():
        with refusing(form):
            session, left_out = actions.open_supervised(
                form.event_id, row.id, current_user.person_id, form.skill_id.data, form.minutes.data
            )
            say(_("Đã mở buổi thực hành. Viết mã lên bảng cho mọi người vào."))
            if left_out:
                say(_("%(n)s người mình không được chứng nên không có trong buổi.", n=len(left_out)), "warn")
            return redirect(url_for("witnessing.session", session_id=session.id), 303)
    held = queries.standings([row])[row.id]
    people = queries.people(held.came)
    if people:
        journal.note_read("person", list(people), "attendance")
    sessions = [one for one in queries.sessions_of(row.id) if one.leader_id == current_user.person_id]
    return render_template(
        "training/session.html",
        row=row,
        hours=hours(row),
        form=form,
        bare=ActForm(formdata=None),
        people=people.values(),
        sessions=[(one, session_is_open(one, now())) for one in sessions],
        names=names,
        is_today=row.on_day == today() and row.called_off_at is None,
    ), 422 if request.method == "POST" else 200


@door.post("/tap-huan/<uuid:day_id>/buoi/<uuid:session_id>/them")
@allow(Right.ATTEST)
def let_in(day_id: UUID, session_id: UUID):
    """Late comers, marked since the session was opened, go on its list."""
    row, form = _kept(day_id), ActForm()
    session = next((one for one in queries.sessions_of(row.id) if one.id == session_id), None)
    if session is None or session.leader_id != current_user.person_id:
        abort(404)
    if form.validate_on_submit():
        with refusing(form):
            count = actions.let_in(row.id, session, current_user.person_id)
            say(_("Đã thêm %(count)s người vào buổi.", count=count))
            return redirect(url_for("witnessing.session", session_id=session_id), 303)
    for sentence in form.form_errors:
        say(sentence, "bad")
    return redirect(url_for("training.supervised", day_id=day_id), 303)


def _kept(day_id: UUID) -> TrainingDay:
    return kept_or_404(day_id) if current_user.may(Right.KEEP_TRAINING) else abort(404)


def _said(ids: list[int]) -> dict[int, Act]:
    """Person → what was ticked, of those on the sheet."""
    found = {}
    for id in ids:
        value = request.form.get(f"n-{id}", "")
        if value in {*MARKS}:
            found[id] = Act(value)
    return found
