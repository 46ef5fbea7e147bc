"""The papers families sign: the form to print, who lacks it, and recording a class's signed papers at once.

One purpose at a time, nothing ticked beforehand (Law 91/2025 art. 9; Decree 356/2025 art. 6).
"""

from datetime import datetime, time

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries
from lms.classes.forms import SignedForm
from lms.classes.views.doors import door, teaches_or_404, visible_class
from lms.clock import VIETNAM, now, today
from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from lms.people.queries import standing_consents
from lms.people.rules import Giver, Holds, Purpose
from lms.places.models import Site
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/lop-hoc/<int:class_id>/dong-y", methods=["GET", "POST"])
@allow(Right.RECORD_CONSENT)
def consents(class_id: int):
    row = visible_class(class_id)
    teaches_or_404(row)
    purpose = _purpose()
    pupils = queries.pupils(row.id, today())
    held = standing_consents(pupils, today())
    form = SignedForm()
    if form.validate_on_submit():
        signed = _ticked(pupils, held, purpose)
        if form.signed_on.data > today():
            form.signed_on.errors = [_("Ngày ký chưa đến.")]
        elif not signed:
            form.form_errors.append(_("Chưa đánh dấu phiếu nào."))
        else:
            with refusing(form):
                _record(signed, purpose, form)
                say(_("Đã ghi %(n)s chữ ký.", n=len(signed)))
                return redirect(url_for("classes.consents", class_id=row.id, muc_dich=purpose), 303)
    if pupils:
        journal.note_read("person", [person.id for person in pupils], "consent")
    return render_template(
        "classes/consents.html",
        form=form,
        school_class=row,
        pupils=pupils,
        held={person.id: held[person.id][purpose] for person in pupils},
        purpose=purpose,
        purposes=Purpose,
        givers=Giver,
        ticked=request.form.getlist("signed"),
    ), 422 if request.method == "POST" else 200


@door.get("/lop-hoc/<int:class_id>/dong-y/phieu")
@allow(Right.RECORD_CONSENT)
def consent_papers(class_id: int):
    """One paper a pupil, to print, sign at home and bring back; `?ai=thieu` for those who lack it, `?em=` for one."""
    row = visible_class(class_id)
    teaches_or_404(row)
    purpose = _purpose()
    pupils = queries.pupils(row.id, today())
    if request.args.get("em"):
        pupils = [person for person in pupils if person.id == request.args.get("em", type=int)] or abort(404)
    if request.args.get("ai") == "thieu":
        held = standing_consents(pupils, today())
        pupils = [person for person in pupils if not held[person.id][purpose].holds]
    if pupils:
        journal.note_read("person", [person.id for person in pupils], "consent papers")
    site = db.session.get_one(Site, row.site_id)
    return render_template(
        "classes/consent_papers.html",
        school_class=row,
        site=site,
        pupils=pupils,
        purpose=purpose,
        version=people.CONSENT_TEXT,
    )


def _purpose() -> Purpose:
    wanted = request.args.get("muc_dich", "")
    return Purpose(wanted) if wanted in set(Purpose) else Purpose.ASSESSMENT


def _ticked(
    pupils: list[Person], held: dict[int, dict[Purpose, Holds]], purpose: Purpose
) -> list[tuple[Person, Giver]]:
    """Ticks of this class's own pupils whose yes is still missing; anything else sent is not looked at."""
    ticks = set(request.form.getlist("signed"))
    return [
        (person, giver)
        for person in pupils
        for giver in held[person.id][purpose].missing
        if f"{person.id}:{giver}" in ticks
    ]


def _record(signed: list[tuple[Person, Giver]], purpose: Purpose, form: SignedForm) -> None:
    """Said at noon of the day the paper was signed, today at this moment: a later withdrawal must come later."""
    day = form.signed_on.data
    at = now() if day == today() else datetime.combine(day, time(12), VIETNAM)
    for person, giver in signed:
        people.record_consent(
            person.id, purpose, giver, people.CONSENT_TEXT, "paper", at=at, recorded_by=current_user.person_id
        )
