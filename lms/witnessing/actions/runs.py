"""What a finished run, and a signature under one, say in the record."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.db import db
from lms.practice.models import PracticeTrace
from lms.practice.rules.tickets import Ticket
from lms.practice.rules.traces import Replay
from lms.skills.rules.events import EventType, Mode, ObservationResult, PracticeResult
from lms.skills.rules.payloads import result_as_mapping
from lms.witnessing.actions.observing import as_event, ruleset_in_force
from lms.witnessing.models import Observation
from lms.witnessing.queries.sessions import Seat, seat_of
from lms.witnessing.rules.sessions import links


def evidence_of_run(
    row: PracticeTrace, replay: Replay, spec: Mapping[str, Any], ticket: Ticket | None
) -> dict[str, Any]:
    """An accepted trace as an event; inside a supervised session it is linked to it."""
    verdict = replay.verdict
    seat = _seat(row, ticket)
    result = PracticeResult(verdict.passed, replay.variant, frozenset(spec["covers"]), verdict.hints, replayed=True)
    return {
        "type": str(EventType.PRACTICE),
        "skill_id": spec["skill"],
        "occurred_at": row.occurred_at,
        "received_at": row.received_at,
        "mode": str(Mode.WITNESSED if seat else Mode.UNATTENDED),
        "session_id": seat.session_id if seat else None,
        "content": [{"id": row.practice_id, "version": spec["version"], "digest": row.digest}],
        "ruleset_id": ruleset_in_force(row.received_at),
        "result": result_as_mapping(result),
        "ticket": ticket.nonce if ticket else None,
        "trace_digest": row.trace_digest,
        "admitted": True,
        "admission": {"reason": "replayed", "facts": {"hasty": str(replay.is_hasty).lower()}},
    }


def evidence_of_seen(rows: Sequence[Observation]) -> dict[UUID, dict[str, Any]]:
    """One tick for a whole run: the machine judged right and wrong, the witness says who did it, and how far alone.

    The rows were signed in one act, so one ruleset is pinned to all of them.
    """
    if not rows:
        return {}
    wanted = select(PracticeTrace).where(PracticeTrace.id.in_([row.trace_id for row in rows]))
    traces = {trace.id: trace for trace in db.session.scalars(wanted)}
    ruleset_id = ruleset_in_force(rows[0].received_at)
    found = {}
    for row in rows:
        trace = traces[row.trace_id or row.id]
        content = {"id": trace.practice_id, "digest": trace.digest}
        facts = {**row.admission["facts"], "trace": str(row.trace_id)}
        found[row.id] = as_event(row, content, ObservationResult(row.identity_checked, (), None), facts, ruleset_id)
    return found


def _seat(row: PracticeTrace, ticket: Ticket | None) -> Seat | None:
    seat = seat_of(row.person_id, row.practice_id, row.received_at)
    return seat if seat and ticket and links(ticket.issued_at, seat.entered_at) else None
