"""Looking at households: the list, one household with its flower, one of its people. Each read is journalled."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from flask import abort, render_template, request
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.households import queries, rules
from lms.households.actions.concluding import adult_from
from lms.households.forms import BareForm
from lms.households.models import Household, Member
from lms.households.views.doors import door
from lms.people.models import Person
from lms.skills import queries as skills
from lms.skills.rules.flowers import flower_of
from lms.skills.rules.words import status_words
from lms.teams.queries import above_seen
from lms.web.paging import page_of

PAGE = 40
ONE_DAY = timedelta(days=1)


@door.get("/ho-gia-dinh")
@allow(Right.READ_HOUSEHOLD)
def households():
    words, unit_id = request.args.get("tim", ""), request.args.get("thon", type=int)
    wanted = queries.found(queries.visible_to(current_user, today()), words).where(Household.until_on.is_(None))
    if unit_id:
        wanted = wanted.where(Household.unit_id == unit_id)
    page = page_of(
        wanted,
        (Household.name_key, Household.id),
        request.args.get("sau"),
        PAGE,
        lambda row: (row.name_key, row.id),
        scalars=True,
    )
    ids = [row.id for row in page.rows]
    if ids:
        journal.note_read("household", ids, "list")
    return render_template(
        "households/households.html",
        page=page,
        words=words,
        unit_id=unit_id,
        flowers=queries.flowers(ids, today()),
        units={unit.id: unit for unit in queries.units_of(page.rows)},
    )


@door.get("/ho-gia-dinh/<int:household_id>")
@allow(Right.READ_HOUSEHOLD)
def household(household_id: int):
    row = queries.shown(current_user, household_id, today()) or abort(404)
    journal.note_read("household", row.id, "members, flowers")
    everybody = queries.all_members(row.id)
    members = queries.living(everybody, today())
    spells = skills.spells_of({one.person_id for one in everybody})
    status = _status(everybody, members, spells)
    short_names = skills.framework().short_names
    names = {str(one.person_id): one.full_name for one in everybody}
    return render_template(
        "households/household.html",
        household=row,
        village=row.village,
        above=above_seen(current_user, row.unit_id, today(), today()),
        members=members,
        relations=queries.RELATIONS,
        flowers=skills.flowers([one.person_id for one in members], today(), spells),
        status=status,
        flower=rules.household_flower(status, short_names),
        short_names=short_names,
        names=names,
        history=queries.history(row.id, names),
    )


@door.get("/ho-gia-dinh/<int:household_id>/nguoi/<int:person_id>")
@allow(Right.READ_HOUSEHOLD)
def member(household_id: int, person_id: int):
    row = visible_household(household_id)
    membership, person = visible_member(row, person_id)
    journal.note_read("person", person.id, "record")
    standings = skills.standings([person.id], today())[person.id]
    framework = skills.framework()
    return render_template(
        "households/member.html",
        household=row,
        member=membership,
        person=person,
        relation=queries.RELATIONS[membership.relation],
        standings=standings,
        skills=framework.skills,
        words=status_words,
        flower=flower_of(standings, framework.short_names),
        form=BareForm(),
    )


def visible_household(household_id: int) -> Household:
    """The household, or 404 outside the actor's scope."""
    row, _village = queries.seen(current_user, household_id, today()) or abort(404)
    return row


def visible_member(household: Household, person_id: int) -> tuple[Member, Person]:
    return queries.member_on(household.id, person_id, today()) or abort(404)


def _status(everybody: Sequence[Any], members: Sequence[Any], spells: Iterable[Any]) -> rules.HouseholdStatus:
    memberships = [
        rules.Membership(str(one.person_id), one.from_on, one.until_on - ONE_DAY if one.until_on else None)
        for one in everybody
    ]
    held: dict[str, list[rules.SkillSpell]] = {}
    for spell in spells:
        last = spell.until_on - ONE_DAY
        held.setdefault(str(spell.person_id), []).append(rules.SkillSpell(spell.skill_id, spell.from_on, last))
    adults = {str(one.person_id): adult_from(one.birth_year) for one in members}
    return rules.status(memberships, held, adults, today())
