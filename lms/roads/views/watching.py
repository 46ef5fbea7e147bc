"""Going along with a member of a team, and signing for how the visit went."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import day_of, now, today
from lms.db import db
from lms.people.models import Person
from lms.people.queries import canonical_ids
from lms.refusals import Refusal
from lms.roads import actions, queries
from lms.roads.forms import WatchForm, given
from lms.roads.rules.watching import LIMITS, LINES
from lms.roads.views.doors import door
from lms.teams.models import ObservedVisit
from lms.web.pages import day, say
from lms.web.paging import page_of
from lms.web.refusing import refusing
from lms.witnessing.queries.facts import role_to_observe

PAGE = 30


@door.get("/du-tham")
@allow(Right.ATTEST)
def members():
    """Members somebody may go along with, by name, and who of them has had such a visit."""
    wanted = queries.to_go_with(current_user, today())
    keys = (Person.name_key, Person.id)
    page = page_of(wanted, keys, request.args.get("sau"), PAGE, lambda row: (row.name_key, row.id), scalars=True)
    ids = [row.id for row in page.rows]
    if ids:
        journal.note_read("person", ids, "members-to-watch")
    canonical = canonical_ids(ids)
    going = queries.going(sorted(set(canonical.values())), today())
    return render_template(
        "roads/members.html",
        page=page,
        teams=queries.team_names(ids, today()),
        seen={id: going[one].done.get("visit") for id, one in canonical.items()},
    )


@door.route("/du-tham/<int:person_id>", methods=["GET", "POST"])
@allow(Right.ATTEST)
def watch(person_id: int):
    """The sheet of one visit; why somebody may not sign is said before they begin."""
    person = db.session.scalar(queries.to_go_with(current_user, today()).where(Person.id == person_id)) or abort(404)
    me, old = current_user.person_id, _old(request.args.get("sua"), person_id)
    visits = queries.lately_visited(person.id, today())
    form = WatchForm(data=given(old) if old else None)
    form.visit.choices = [
        SelectChoice(str(row.id), _("%(day)s, %(village)s", day=day(row.visited_on), village=village))
        for row, village in visits
    ]
    if form.validate_on_submit():
        with refusing(form):
            row = actions.note_watched(
                form.sheet_id, me, person.id, UUID(form.visit.data), form.told(), old.id if old else None
            )
            say(
                _("Đã ghi: lượt thăm đạt.")
                if row.passed
                else _("Đã ghi: lượt thăm chưa đạt, cần đi cùng một lượt nữa.")
            )
            return redirect(url_for("roads.watch", person_id=person.id), 303)
    journal.note_read("person", person.id, "watching")
    mine = [(one, name) for one, name in queries.watched(person.id) if one.observer_id == me]
    return render_template(
        "roads/watch.html", form=form, person=person, visits=visits, old=old, mine=mine, refusal=_refusal(person.id),
        mendable=[one.id for one, _name in mine if one is not old and day_of(one.received_at) == today()],
        lines=LINES, limits=LIMITS,
    ), 422 if form.errors else 200  # fmt: skip


def _old(asked: str | None, person_id: int) -> ObservedVisit | None:
    """One's own sheet of today that is to be noted anew."""
    if not asked:
        return None
    try:
        row = queries.own_watching(current_user.person_id, UUID(asked), today())
    except ValueError:
        abort(404)
    return row if row is not None and row.member_id == person_id else abort(404)


def _refusal(person_id: int) -> str:
    try:
        role_to_observe(current_user.person_id, person_id, now())
    except Refusal as no:
        return no.sentence
    return ""
