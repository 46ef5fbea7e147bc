"""Witnessing one person: finding them, filling in a card, signing, and what they have and lack after it."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from lms import completion, journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.certificates.queries import certified_members
from lms.classes.queries import class_names
from lms.clock import day_of, now, today
from lms.db import db
from lms.people.models import Person
from lms.people.queries import canonical_id, found
from lms.quizzes.queries.outcomes import passed_observer
from lms.skills import queries as skills
from lms.skills.rules.flowers import flower_of
from lms.skills.rules.words import status_words
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.web.ways import way_back
from lms.witnessing import queries
from lms.witnessing.actions.observing import Sighting
from lms.witnessing.forms import ObservationForm, observation_form
from lms.witnessing.models import Observation
from lms.witnessing.queries import cards as cards_on_shelf
from lms.witnessing.queries import signatures
from lms.witnessing.queries.facts import witness_facts
from lms.witnessing.queries.reach import people_visible_to, visible_person
from lms.witnessing.views.doors import door

FOUND_AT_MOST = 30
WAITING_AT_MOST = 20
SIGNED_AT_MOST = 10
SCALE = ("làm hộ", "cầm tay", "nhắc lời", "tự làm", "dạy lại được")


@door.get("/chung-kien")
@allow(Right.ATTEST)
def witnessing():
    """What I may do now: people to find and people waiting, open tests, cards, what I signed last."""
    words = request.args.get("tim", "").strip()
    reach = people_visible_to(current_user, today())
    people = []
    if words:
        wanted = found(reach, words).order_by(Person.name_key, Person.id).limit(FOUND_AT_MOST)
        people = list(db.session.scalars(wanted))
    waiting = signatures.waiting(reach, current_user.person_id, WAITING_AT_MOST) if not words else []
    seen = [*people, *(person for person, _skills in waiting)]
    if seen:
        journal.note_read("person", [person.id for person in seen], "list")
    return render_template(
        "witnessing/witnessing.html",
        words=words,
        people=people,
        places=class_names([person.id for person in people], today()) if people else {},
        waiting=waiting,
        short_names=skills.framework().short_names,
        windows=queries.windows_of(current_user.person_id, now()),
        signed=signatures.latest(current_user.person_id, SIGNED_AT_MOST),
        is_observer=passed_observer(current_user.person_id),
        needs_lesson=current_user.holds(Role.TEAM_MEMBER, Role.TEAM_LEADER),
        is_certified=bool(certified_members([current_user.canonical_id], today())),
    )


@door.route("/chung-kien/nguoi/<int:person_id>", methods=["GET", "POST"])
@allow(Right.ATTEST)
def observe(person_id: int):
    """Choose a card (`?the=`), fill it in, sign. `?sua=` corrects an observation of today."""
    person = _person(person_id)
    journal.note_read("person", person.id, "record")
    old = _mine_of_today(person)
    card_id = request.args.get("the") or (old.card_id if old else None)
    if card_id is None:
        return _choose_card(person)
    sheet = cards_on_shelf.card(card_id)
    if sheet is None or sheet.retired:
        abort(404)
    form = observation_form(sheet.rubric, **_given(old))
    if form.validate_on_submit():
        with refusing(form):
            row = _sign(person, sheet.id, sheet.digest, form, old)
            signed_page = url_for("witnessing.signed", person_id=person.id, observation_id=row.id)
            back = way_back()
            if back is not None:
                say(_("Đã ký và lưu."))
            return redirect(back[0] if back else signed_page, 303)
    if form.form_errors:
        journal.note("witness-refused", f"person:{person_id}", sentence=form.form_errors[-1])
    verdict = witness_facts(current_user.person_id, person.id, sheet.skill_id, now()).verdict
    return render_template(
        "witnessing/observe.html",
        person=person,
        card=sheet,
        skill=_skill(sheet.skill_id),
        form=form,
        old=old,
        refused="" if verdict.eligible else verdict.sentence,
        scale=SCALE,
    ), 422 if request.method == "POST" else 200


@door.get("/chung-kien/nguoi/<int:person_id>/phieu/<uuid:observation_id>")
@allow(Right.ATTEST)
def signed(person_id: int, observation_id: UUID):
    """What was signed, and what the person now has and still lacks in that skill."""
    row = db.session.get(Observation, observation_id)
    if row is None or row.witness_id != current_user.person_id or row.learner_id != person_id:
        abort(404)
    person = db.session.get(Person, person_id) or abort(404)
    journal.note_read("person", person.id, "record")
    through = canonical_id(person.id)
    standings = skills.standings([through], today())[through]
    framework = skills.framework()
    corrected = signatures.correction_of(row.id)
    return render_template(
        "witnessing/signed.html",
        person=person,
        row=row,
        card=cards_on_shelf.card(row.card_id, row.card_digest) if row.card_id else None,
        practice=signatures.practice_seen(row),
        skill=_skill(row.skill_id),
        standing=standings[row.skill_id],
        words=status_words,
        flower=flower_of(standings, framework.short_names),
        corrected=corrected,
        may_correct=corrected is None and day_of(row.received_at) == today(),
        scale=SCALE,
    )


def _choose_card(person: Person):
    framework = skills.framework()
    through = canonical_id(person.id)
    standings = skills.standings([through], today())[through]
    by_skill: dict[str, list[cards_on_shelf.Card]] = {}
    for card in cards_on_shelf.cards():
        by_skill.setdefault(card.skill_id, []).append(card)
    return render_template(
        "witnessing/choose_card.html",
        person=person,
        skills=framework.skills,
        cards=by_skill,
        standings=standings,
        words=status_words,
        flower=flower_of(standings, framework.short_names),
        seen=signatures.cards_seen(through),
    )


def _sign(person: Person, card_id: str, digest: str, form: ObservationForm, old: Observation | None) -> Observation:
    seen = Sighting(
        lines=form.lines(),
        independence=int(form.independence.data),
        identity_checked=form.identity.data,
        not_kin=form.not_kin.data,
        failed=frozenset(form.failed()),
        accommodation="reader" if form.reader.data else "none",
        on_real_account=form.own_account.data,
        place=form.place.data or "",
        note=form.note.data or "",
        card_digest=digest,
    )
    return completion.record_observation(
        UUID(form.id.data), current_user.person_id, person.id, card_id, seen, corrects_id=old.id if old else None
    )


def _mine_of_today(person: Person) -> Observation | None:
    """The observation `?sua=` names, if it is mine and may still be corrected."""
    asked = request.args.get("sua", type=UUID)
    if asked is None:
        return None
    row = db.session.scalar(
        select(Observation).where(
            Observation.id == asked,
            Observation.witness_id == current_user.person_id,
            Observation.learner_id == person.id,
            Observation.card_id.is_not(None),
        )
    )
    return row if row is not None and day_of(row.received_at) == today() else abort(404)


def _given(old: Observation | None) -> dict[str, object]:
    """A correction begins with what was signed."""
    if old is None:
        return {}
    given: dict[str, object] = {f"line_{line}": str(level) for line, level in old.lines.items()}
    given |= {f"failed_{line}": True for line in old.admission.get("failed", [])}
    return given | {
        "independence": str(old.independence),
        "identity": old.identity_checked,
        "reader": old.accommodation == "reader",
        "place": old.place,
        "note": old.note,
    }


def _person(person_id: int) -> Person:
    return visible_person(current_user, person_id, today()) or abort(404)


def _skill(skill_id: str):
    return next(one for one in skills.framework().skills if one.id == skill_id)
