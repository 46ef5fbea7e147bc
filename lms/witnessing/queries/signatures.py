"""Every SELECT about observations: what a witness signed, what a learner was seen at, and who waits to be seen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from lms.db import db
from lms.people.models import Person
from lms.people.queries import ids_read_through
from lms.practice.models import Practice, PracticeTrace
from lms.skills.models import SkillState
from lms.skills.rules.words import Status
from lms.witnessing.models import Observation, TaskCard

Correction = aliased(Observation)


@dataclass(frozen=True)
class Signature:
    """One line of what a witness signed."""

    id: UUID
    learner_id: int
    learner_name: str
    card_title: str
    received_at: datetime
    is_corrected: bool


def latest(witness_id: int, size: int) -> list[Signature]:
    wanted = (
        select(
            Observation.id,
            Observation.learner_id,
            Person.full_name,
            func.coalesce(TaskCard.title, Practice.title),
            Observation.received_at,
            Correction.id.is_not(None),
        )
        .join(Person, Person.id == Observation.learner_id)
        .outerjoin(TaskCard, TaskCard.id == Observation.card_id)
        .outerjoin(PracticeTrace, PracticeTrace.id == Observation.trace_id)
        .outerjoin(Practice, Practice.id == PracticeTrace.practice_id)
        .outerjoin(Correction, Correction.corrects_id == Observation.id)
        .where(Observation.witness_id == witness_id)
        .order_by(Observation.received_at.desc(), Observation.id)
        .limit(size)
    )
    return [Signature(*row) for row in db.session.execute(wanted)]


def correction_of(observation_id: UUID) -> UUID | None:
    return db.session.scalar(select(Observation.id).where(Observation.corrects_id == observation_id))


def practice_seen(row: Observation) -> str:
    """Title of the simulator a signature of a session was given at; empty where it was a task card."""
    wanted = select(Practice.title).join(PracticeTrace, PracticeTrace.practice_id == Practice.id)
    return db.session.scalar(wanted.where(PracticeTrace.id == row.trace_id)) or "" if row.trace_id else ""


def cards_seen(canonical_id: int) -> dict[str, datetime]:
    """Card id → when the learner was last seen at it: two different cards are needed."""
    ids = list(ids_read_through([canonical_id]))
    corrected = select(Observation.corrects_id).where(Observation.corrects_id.is_not(None))
    wanted = (
        select(Observation.card_id, func.max(Observation.occurred_at))
        .where(Observation.learner_id.in_(ids), Observation.id.not_in(corrected), Observation.card_id.is_not(None))
        .group_by(Observation.card_id)
    )
    return {card: at for card, at in db.session.execute(wanted) if card is not None}


def waiting(reach: Select[Person], witness_id: int, size: int) -> list[tuple[Person, list[str]]]:
    """People within reach who know a skill and lack only its doing or its witness, with the skills; by name."""
    within = reach.with_only_columns(func.coalesce(Person.canonical_id, Person.id))
    knows = (
        select(SkillState.person_id, SkillState.skill_id)
        .where(
            SkillState.person_id.in_(within),
            SkillState.person_id != witness_id,
            SkillState.status.in_([str(Status.AWAITING_WITNESS), str(Status.LEARNING)]),
            SkillState.knows,
        )
        .order_by(SkillState.person_id, SkillState.skill_id)
    )
    lacking: dict[int, list[str]] = {}
    for person_id, skill_id in db.session.execute(knows.limit(size * 5)):
        lacking.setdefault(person_id, []).append(skill_id)
    through = reach.where(func.coalesce(Person.canonical_id, Person.id).in_(list(lacking)))
    people = list(db.session.scalars(through.order_by(Person.name_key, Person.id)))
    found = []
    for person in people:
        skills = lacking.pop(person.canonical_id or person.id, None)
        if skills:  # a linked pupil and their other record are one line
            found.append((person, skills))
    return found[:size]
