"""The stairs from a supervised session: signing those seen working alone in one go, and saying it better afterwards.

What was done right is the machine's word (`record_practice` links each run inside a session to it); who did it, and that
nobody helped, is the leader's. Each signature becomes evidence of its own, bound to the session of the pass.
"""

from collections.abc import Sequence
from uuid import UUID

from lms.completion import evidence_came, recompute, revoke_corrected
from lms.db import writes
from lms.skills.actions import record_all
from lms.witnessing.actions import practising
from lms.witnessing.actions.practising import Signing, Tick
from lms.witnessing.actions.runs import evidence_of_seen
from lms.witnessing.models import Observation, PracticeSession


@writes
def sign_session(
    session: PracticeSession, leader_id: int, ticks: Sequence[Tick], *, identity_checked: bool, not_kin: bool
) -> Signing:
    """Everybody ticked, concluded once at the end; who may not be attested is named and holds up nobody.

    In as many statements for a whole class as for one: the database has one writer, and the class is still sending.
    """
    signed = practising.sign_session(session, leader_id, ticks, identity_checked=identity_checked, not_kin=not_kin)
    people = {row.id: row.learner_id for row in signed.rows}
    events = {id: {"person_id": people[id], **fields} for id, fields in evidence_of_seen(signed.rows).items()}
    recompute(people[id] for id in record_all(events))
    return signed


@writes
def correct_signature(id: UUID, old: Observation, witness_id: int, independence: int) -> Observation:
    """The old one's evidence is revoked by its signer in the same act."""
    row, is_new = practising.correct_seen(id, old, witness_id, independence)
    if is_new:
        revoke_corrected(row, old.id)
        evidence_came(row.id, row.learner_id, **evidence_of_seen([row])[row.id])
    return row
