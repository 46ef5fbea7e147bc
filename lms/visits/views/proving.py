"""«Chứng» at a house: which keys somebody still lacks, skill by skill, and the act that gives each; every act leads back here."""

from dataclasses import dataclass

from flask import abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.db import db
from lms.households import queries as households
from lms.people.models import Person
from lms.people.queries import canonical_id, standing_consents
from lms.people.rules import Purpose
from lms.quizzes.models import Quiz
from lms.skills import queries as skills
from lms.skills.models import Skill
from lms.skills.rules.standing import Standing
from lms.skills.rules.words import status_words
from lms.visits.forms import WithdrawForm
from lms.visits.views.calling import seen_or_404, signed_and_free
from lms.visits.views.doors import door
from lms.web.ways import come_back_here
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import open_windows_for, signatures
from lms.witnessing.queries.cards import Card, cards
from lms.witnessing.queries.facts import witness_facts


@dataclass(frozen=True)
class Lacking:
    """One skill that is not held, or ends soon."""

    skill: Skill
    standing: Standing
    cards: list[Card]
    """Those not shown yet first."""
    window: TestWindow | None
    """A test of it that is open for this person now."""
    refusal: str
    """Why the visitor may not sign in it; empty when they may."""

    @property
    def keys(self) -> int:
        """How many of the three are there: the nearest skill stands first."""
        held = self.standing.keys
        return (held.know is not None) + bool(held.do or held.do_count) + (held.witness is not None)


@door.get("/di-tham/ho/<int:household_id>/chung/<int:person_id>")
@allow(Right.VISIT)
def prove(household_id: int, person_id: int):
    home, village = seen_or_404(household_id)
    members = {one.person_id: one for one in households.members_on(home.id, today())}
    member = members.get(person_id) or abort(404)
    person = db.session.get_one(Person, person_id)
    journal.note_read("person", person.id, "record")
    come_back_here(_("Về lượt thăm"), household_id=home.id, person_id=person.id)
    lacking, held = _sorted(person)
    consent = standing_consents([person], today())[person.id][Purpose.ASSESSMENT]
    return render_template(
        "visits/prove.html",
        household=home,
        village=village,
        person=person,
        member=member,
        lacking=lacking,
        held=held,
        consent=consent,
        shown=signatures.cards_seen(canonical_id(person.id)),
        signed=signed_and_free(list(members)),
        short_names=skills.framework().short_names,
        words=status_words,
        form=WithdrawForm(),
    )


def _sorted(person: Person) -> tuple[list[Lacking], list[Standing]]:
    """Skills to work at, the nearest first, and those that hold."""
    through = canonical_id(person.id)
    standings = skills.standings([through], today())[through]
    shown, offered = signatures.cards_seen(through), list(cards())
    windows = {test.skill_id: window for window, test in _windows(person.id)}
    lacking, held = [], []
    for skill in skills.framework().skills:
        standing = standings[skill.id]
        if standing.is_proficient and not standing.reasons:
            held.append(standing)
            continue
        own = sorted((one for one in offered if one.skill_id == skill.id), key=lambda one: one.id in shown)
        verdict = witness_facts(current_user.person_id, person.id, skill.id, now()).verdict
        lacking.append(
            Lacking(skill, standing, own, windows.get(skill.id), "" if verdict.eligible else verdict.sentence)
        )
    return sorted(lacking, key=lambda one: -one.keys), held


def _windows(person_id: int) -> list[tuple[TestWindow, Quiz]]:
    """Open tests of this person that the visitor opened, so may hand the device over for."""
    return [
        (window, test)
        for window, test in open_windows_for(person_id, now())
        if window.opener_id == current_user.person_id
    ]
