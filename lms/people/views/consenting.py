"""One person's consent on one screen: what stands, recording a yes, taking it back. And one's own."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.clock import today
from lms.db import db
from lms.people import actions, queries
from lms.people.forms import BareForm
from lms.people.models import Person
from lms.people.rules import ConsentAct, Giver, Purpose
from lms.people.views.doors import door
from lms.web.pages import say
from lms.witnessing.queries.reach import visible_person


@door.route("/nguoi/<int:person_id>/dong-y", methods=["GET", "POST"])
@allow(Right.RECORD_CONSENT)
def consent(person_id: int):
    """A witness, officer or team records what an adult said, or a family's withdrawal."""
    person = _seen(person_id)
    form = BareForm()
    if form.validate_on_submit():
        purpose, giver, act = _said()
        channel = "paper" if request.form.get("channel") == "paper" else "screen"
        _record(person.id, purpose, giver, act, channel)
        return redirect(url_for("people.consent", person_id=person.id), 303)
    journal.note_read("person", person.id, "consent")
    return _page("people/consent.html", person, form)


@door.route("/ca-nhan/dong-y", methods=["GET", "POST"])
@allow(Right.OWN_ACCOUNT)
def own_consent():
    """The button to take a yes back is as easy to find as the one to give it."""
    person = db.session.get_one(Person, current_user.person_id)
    form = BareForm()
    if form.validate_on_submit():
        purpose, giver, act = _said()
        if giver is not Giver.SELF:
            abort(404)
        _record(person.id, purpose, giver, act, "screen")
        return redirect(url_for("people.own_consent"), 303)
    return _page("people/own_consent.html", person, form)


def _page(template: str, person: Person, form: BareForm):
    said = queries.consents_of([person.id])[person.id]
    return render_template(
        template,
        person=person,
        held=queries.standing_consents([person], today())[person.id],
        said=list(reversed(said)),
        purposes=Purpose,
        givers=Giver,
        form=form,
        version=actions.CONSENT_TEXT,
    ), 422 if request.method == "POST" else 200


def _record(person_id: int, purpose: Purpose, giver: Giver, act: ConsentAct, channel: str) -> None:
    actions.record_consent(
        person_id, purpose, giver, actions.CONSENT_TEXT, channel, act=act, recorded_by=current_user.person_id
    )
    say(_("Đã ghi đồng ý.") if act is ConsentAct.GIVEN else _("Đã ghi rút đồng ý. Từ nay không làm việc đó nữa."))


def _said() -> tuple[Purpose, Giver, ConsentAct]:
    try:
        return Purpose(request.form["purpose"]), Giver(request.form["giver"]), ConsentAct(request.form["act"])
    except ValueError:
        abort(400)


def _seen(person_id: int) -> Person:
    if current_user.holds(Role.ADMIN):
        return db.session.get(Person, person_id) or abort(404)
    return visible_person(current_user, person_id, today()) or abort(404)
