"""The stairs: what follows when somebody finishes something. A story, read from top to bottom; no signals, no bus.

1 the fact is appended (evidence) · 2 the person's skill spells are concluded afresh · 3 so are the households they ever
lived in · 4 certificates come later · 5 roll-ups are folded outside the request from what changed.
Web forms, hand-overs and devices call the same functions; late, doubled or shuffled facts end in the same state.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from lms.db import db, writes
from lms.households.actions.concluding import conclude as conclude_households
from lms.households.models import Member
from lms.people import actions as people
from lms.people.models import Person
from lms.people.queries import canonical_ids
from lms.skills import actions as skills
from lms.skills.actions import conclude as conclude_people
from lms.skills.rules.events import EventType, Mode, RevokeResult
from lms.skills.rules.payloads import result_as_mapping
from lms.witnessing.actions.observing import Sighting, evidence_of, ruleset_in_force, sign
from lms.witnessing.models import Observation

__all__ = [
    "conclude_households",
    "conclude_people",
    "evidence_came",
    "link_confirmed",
    "link_undone",
    "recompute",
    "record_observation",
]


@writes
def evidence_came(id: UUID, person_id: int, **fields: Any) -> bool:
    """One event about one person; False when it was known already. All that follows happens in the same transaction."""
    if not skills.record_evidence(id, person_id=person_id, **fields):
        return False
    recompute([person_id])
    return True


@writes
def recompute(person_ids: Iterable[int]) -> None:
    """Conclude these people and every household they ever lived in, afresh from the facts."""
    ids = sorted(set(person_ids))
    changed = skills.conclude(ids)
    if changed:
        conclude_households(_households_of(sorted(changed)))


@writes
def link_confirmed(school: Person, commune: Person, recorded_by: int | None) -> None:
    """The school's pupil and the commune's member are one: their evidence counts together from now on."""
    people.confirm_link(school, commune, recorded_by)
    db.session.flush()  # canonical ids are read next
    recompute([school.id, commune.id])


@writes
def link_undone(school: Person, recorded_by: int | None) -> None:
    """Both stand alone again."""
    commune_id = people.undo_link(school, recorded_by).commune_person_id
    db.session.flush()  # canonical ids are read next
    recompute([school.id, commune_id])


@writes
def record_observation(
    id: UUID,
    witness_id: int,
    learner_id: int,
    card_id: str,
    seen: Sighting,
    *,
    corrects_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Observation:
    """A witness signs what was seen at a task card, or is refused with the reason; sent twice it counts once.

    A correction is a new observation; the old one's evidence is revoked by its signer in the same act.
    """
    signed = sign(id, witness_id, learner_id, card_id, seen, corrects_id, occurred_at)
    if not signed.is_new:
        return signed.row
    if corrects_id is not None:
        _revoke(signed.row, corrects_id)
    evidence_came(id, learner_id, **evidence_of(signed))
    return signed.row


def _revoke(row: Observation, old_id: UUID) -> None:
    skills.record_evidence(
        uuid5(row.id, "revoke"),
        person_id=row.learner_id,
        skill_id=row.skill_id,
        type=str(EventType.REVOKE),
        occurred_at=row.received_at,
        received_at=row.received_at,
        mode=str(Mode.WITNESSED),
        actors=[{"person": row.witness_id, "part": "signer", "as": row.witness_role}],
        ruleset_id=ruleset_in_force(row.received_at),
        result=result_as_mapping(RevokeResult((str(old_id),))),
        admitted=True,
        admission={"reason": "corrected", "facts": {"by": str(row.id)}},
    )


def _households_of(person_ids: Sequence[int]) -> list[int]:
    canonical = set(canonical_ids(person_ids).values()) | set(person_ids)
    wanted = select(Member.household_id).where(Member.person_id.in_(canonical)).distinct().order_by(Member.household_id)
    return list(db.session.scalars(wanted))
