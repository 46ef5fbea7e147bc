"""Every write about practice: a trace is replayed and kept, accepted or aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.practice import queries
from lms.practice.models import PracticeTrace, UsedTicket
from lms.practice.rules.naming import named
from lms.practice.rules.radar import has_radar, radar_of
from lms.practice.rules.tickets import Ticket, why_not
from lms.practice.rules.traces import Replay, digest_of, frames, replayed
from lms.refusals import Refusal

MAX_KEPT = 400
"""Actions of a refused trace that are kept: enough to see what it was."""
MAX_ASIDE = 20_000
"""Characters of a refused trace that are kept."""


@dataclass(frozen=True)
class Sent:
    """A trace as it came from a device or from the pages."""

    id: UUID
    actions: Any
    """Controls by the tags of the ticket (`rules/naming.py`)."""
    digest: str | None = None
    """The spec the device worked with, where it says so."""
    end: str | None = None
    """sha256 of the state at the end, where the device says so."""
    began_ms: int | None = None
    """Milliseconds since 1970 by the device's clock."""


@dataclass(frozen=True)
class Kept:
    row: PracticeTrace
    is_new: bool
    replay: Replay | None = None
    spec: Mapping[str, Any] | None = None


@writes
def keep_trace(practice_id: str, person_id: int, ticket: Ticket | None, sent: Sent) -> Kept:
    """Replay a trace and keep it, with the reason where it is not accepted. Sent twice with one id it counts once."""
    # Lock first, read second: two traces on one ticket may arrive at one instant.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    known = db.session.get(PracticeTrace, sent.id)
    if known is not None:
        if canonical_id(known.person_id) != canonical_id(person_id) or known.practice_id != practice_id:
            raise Refusal("Mã lượt làm này đã dùng ở nơi khác.", "other-trace")
        return Kept(known, is_new=False)
    now = clock.now()
    spec = queries.spec(practice_id, ticket.digest) if ticket else None
    reason = _why_not(ticket, practice_id, person_id, sent, spec, now)
    actions, at = named(spec, ticket.seed, sent.actions) if ticket and spec is not None else (sent.actions, 0)
    reason = reason or ("other-names" if at else "")
    replay = replayed(spec, ticket.seed, actions) if ticket and spec is not None and not reason else None
    if replay is not None:
        reason = replay.reason or _other_end(sent, replay)
    row = _row(practice_id, person_id, ticket, sent, actions, now)
    row.reason, row.refused_at = reason, replay.at if replay else at
    if replay is not None and ticket is not None and spec is not None and not reason:
        row.verdict = _verdict(replay) | _radar(spec, ticket.seed, replay, row.actions)
    db.session.add(row)
    db.session.flush()  # the ticket and the evidence name it
    if ticket is not None and not reason:
        db.session.add(UsedTicket(nonce=ticket.nonce, trace_id=row.id))
    return Kept(row, True, replay if not reason else None, spec)


def _why_not(
    ticket: Ticket | None, practice_id: str, person_id: int, sent: Sent, spec: Mapping[str, Any] | None, now: datetime
) -> str:
    if ticket is None:
        return "bad-ticket"
    reason = why_not(ticket, practice_id, person_id, sent.digest, now)
    if not reason and db.session.get(UsedTicket, ticket.nonce) is not None:
        reason = "used"
    return reason or ("altered" if spec is None else "")


def _other_end(sent: Sent, replay: Replay) -> str:
    return "other-end" if sent.end not in (None, digest_of(replay.state)) else ""


def _row(
    practice_id: str, person_id: int, ticket: Ticket | None, sent: Sent, actions: Any, now: datetime
) -> PracticeTrace:
    return PracticeTrace(
        id=sent.id,
        person_id=person_id,
        practice_id=practice_id,
        digest=ticket.digest if ticket else None,
        seed=ticket.seed if ticket else None,
        issued_at=ticket.issued_at if ticket else None,
        occurred_at=_occurred(ticket, sent, now),
        received_at=now,
        actions=_bounded(actions),
        trace_digest=digest_of(actions),
    )


def _occurred(ticket: Ticket | None, sent: Sent, now: datetime) -> datetime:
    """When the run began by the device's clock, never before its ticket nor after it arrived."""
    if ticket is None or sent.began_ms is None or not 0 <= sent.began_ms < 2**43:
        return now
    return min(now, max(ticket.issued_at, datetime.fromtimestamp(sent.began_ms / 1000, UTC)))


def _bounded(actions: Any) -> list[Any]:
    rows = actions[:MAX_KEPT] if isinstance(actions, list) else [str(actions)[:200]]
    return rows if len(str(rows)) <= MAX_ASIDE else ["…", len(str(rows))]


def _verdict(replay: Replay) -> dict[str, Any]:
    return {
        "passed": replay.verdict.passed,
        "goal_met": replay.verdict.goal_met,
        "assisted": replay.verdict.is_assisted,
        "hints": replay.verdict.hints,
        "mistakes": list(replay.verdict.mistakes),
        "variant": replay.variant,
        "hasty": replay.is_hasty,
    }


def _radar(spec: Mapping[str, Any], seed: str, replay: Replay, actions: list[Any]) -> dict[str, Any]:
    """What the run adds to the person's scam radar; nothing where the practice has none."""
    radar = radar_of(spec, replay.values, frames(spec, seed, actions)) if has_radar(spec) else None
    return {"radar": radar.counts} if radar else {}
