"""Whom to see next, one household before the door opens, and what was written of a visit."""

from typing import Any
from uuid import UUID

from flask import abort, current_app, render_template, request, url_for
from flask_login import current_user

from lms import clock, journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.households import queries as households
from lms.people.models import Person
from lms.people.queries import standing_consents
from lms.people.rules import Purpose
from lms.skills import queries as skills
from lms.visits import queries, rules
from lms.visits.forms import WithdrawForm
from lms.visits.models import Visit
from lms.visits.views.doors import door
from lms.web.qr import drawn_qr


@door.get("/di-tham")
@allow(Right.VISIT)
def visits():
    """Households of one's own villages, else of the whole team's, the one to see next first."""
    villages, own = queries.villages_of(current_user, today())
    chosen = request.args.get("thon", type=int)
    everywhere = "ca-to" in request.args
    shown = [one for one in villages if (one.id == chosen if chosen else everywhere or not own or one.id in own)]
    page = queries.calls(shown, request.args.get("sau"), today())
    if page.rows:
        journal.note_read("household", [call.row.household_id for call in page.rows], "list")
    return render_template(
        "visits/visits.html",
        page=page,
        villages=villages,
        own=own,
        chosen=chosen,
        everywhere=everywhere or not own,
        Need=rules.Need,
    )


@door.get("/di-tham/ho/<int:household_id>")
@allow(Right.READ_HOUSEHOLD)
def household(household_id: int):
    """Who lives there, what each still lacks, who agreed to what, and the visits so far."""
    row, village = seen_or_404(household_id)
    journal.note_read("household", row.id, "visit")
    members = households.members_on(row.id, today())
    ids = [one.person_id for one in members]
    people = list(db.session.scalars(db.select(Person).where(Person.id.in_(ids))))
    consents = standing_consents(people, today())
    flowers = skills.flowers(ids, today())
    flower = households.flowers([row.id], today())[row.id]
    lacking = [petal.skill for petal in flower.petals if petal.state != "full" or petal.notch]
    return render_template(
        "visits/household.html",
        household=row,
        village=village,
        members=members,
        relations=households.RELATIONS,
        flower=flower,
        flowers=flowers,
        agreed={id: held[Purpose.ASSESSMENT].holds for id, held in consents.items()},
        offered=lacking or [petal.skill for petal in flower.petals],
        lacking=lacking,
        skills={one.id: one for one in skills.framework().skills},
        visits=queries.visits_of(row.id),
        signed=signed_and_free(ids) if current_user.may(Right.VISIT) else [],
        form=WithdrawForm(),
        **words(),
    )


@door.get("/di-tham/luot/<uuid:visit_id>")
@allow(Right.READ_HOUSEHOLD)
def visit(visit_id: UUID):
    """One visit, and everything ever written of it."""
    row = visit_or_404(visit_id)
    journal.note_read("household", row.household_id, "visit")
    home, village = seen_or_404(row.household_id)
    events = queries.events_of(row.id)
    names = {one.person_id: one.full_name for one in households.all_members(home.id)}
    is_mine = row.by_id == current_user.person_id
    return render_template(
        "visits/visit.html",
        visit=row,
        household=home,
        village=village,
        names=names,
        events=events,
        may_mend=is_mine and clock.now() - events[0][0].received_at <= rules.MENDABLE,
        competencies={one.id: one.name for one in skills.framework().competencies},
        form=WithdrawForm(),
        **words(),
    )


@door.get("/di-tham/luot/<uuid:visit_id>/to-hen")
@allow(Right.READ_HOUSEHOLD)
def slip(visit_id: UUID):
    """What is left at the house: what was done, the day agreed, and a code that opens the lessons; nobody's name."""
    row = visit_or_404(visit_id)
    seen_or_404(row.household_id)
    journal.note_read("household", row.household_id, "visit")
    course = queries.course_of(row.body["skill"]) if row.body["skill"] else None
    path = url_for("courses.course", course=course.slug) if course else url_for("courses.courses")
    address = f"{current_app.extensions['settings'].base_url}{path}"
    return render_template(
        "visits/slip.html",
        visit=row,
        course=course,
        address=address,
        qr=drawn_qr(address),
        competencies={one.id: one.name for one in skills.framework().competencies},
        **words(),
    )


def seen_or_404(household_id: int):
    """The household and its village, in the actor's scope."""
    return households.seen(current_user, household_id, today()) or abort(404)


def visit_or_404(visit_id: UUID) -> Visit:
    """A visit that stands, at a household in the actor's scope."""
    row = db.session.get(Visit, visit_id) or abort(404)
    seen_or_404(row.household_id)
    return row


def words() -> dict[str, Any]:
    """How the codes of a visit are called."""
    return {"activities": rules.ACTIVITIES, "checked": rules.CHECKED, "short_names": skills.framework().short_names}


def signed_and_free(person_ids: list[int]) -> list[tuple[Any, str]]:
    """What I signed here today and what no visit of mine speaks of yet."""
    signed = queries.signed_today(current_user.person_id, person_ids, today())
    told = queries.told_signatures(current_user.person_id, today()) if signed else set()
    corrects = {str(row.id): str(row.corrects_id) if row.corrects_id else None for row, _name in signed}
    free = rules.to_name(corrects, told)
    return [(row, name) for row, name in signed if str(row.id) in free]
