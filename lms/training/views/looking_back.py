"""Afterwards: what those who were there think of the day, and the figures for whoever led it."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.people.queries import canonical_id
from lms.training import actions, queries, rules
from lms.training.forms import FeedbackForm
from lms.training.models import TrainingDay
from lms.training.rules import FEW, SCALE, Act
from lms.training.views.doors import MARK_WORDS, door, hours, kept_or_404
from lms.web.pages import say
from lms.web.refusing import refusing

QUESTIONS = {
    "useful": lazy_gettext("Nội dung có ích cho việc của tôi"),
    "clear": lazy_gettext("Người hướng dẫn nói dễ hiểu"),
    "ready": lazy_gettext("Tôi tự làm lại được ở nhà dân"),
}


@door.route("/tap-huan/<uuid:day_id>/gop-y", methods=["GET", "POST"])
@allow(Right.OWN_RECORD)
def feedback(day_id: UUID):
    """Three taps and a sentence; nobody is told whose they are."""
    me = canonical_id(current_user.person_id)
    row = db.session.get(TrainingDay, day_id)
    if row is None or me not in queries.standings([row])[row.id].came:
        abort(404)
    form = FeedbackForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.give_feedback(form.event_id, row.id, me, form.answer())
            say(_("Cảm ơn! Góp ý đã gửi, không kèm tên."))
            return redirect(url_for("training.mine"), 303)
    return render_template(
        "training/feedback.html",
        row=row,
        hours=hours(row),
        form=form,
        has_answered=bool(queries.answered(me, [row.id])),
        is_over=bool(rules.feedback_problem(row.on_day, row.called_off_at is not None, True, today())),
        few=FEW,
    ), 422 if request.method == "POST" else 200


@door.get("/tap-huan/<uuid:day_id>/tong-ket")
@allow(Right.KEEP_TRAINING)
def summary(day_id: UUID):
    """Counts only: who came stands on the attendance sheet, who said what stands nowhere."""
    row = kept_or_404(day_id)
    held = queries.standings([row])[row.id]
    counts = {mark: sum(said is mark for said in held.marks.values()) for mark in (Act.PRESENT, Act.LATE, Act.ABSENT)}
    return render_template(
        "training/summary.html",
        row=row,
        hours=hours(row),
        held=held,
        counts=counts,
        summed=rules.summed(queries.answers_of(row.id)),
        questions=QUESTIONS,
        few=FEW,
        SCALE=SCALE,
        MARK_WORDS=MARK_WORDS,
    )
