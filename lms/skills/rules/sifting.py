"""Point 1: which events count, and in what order.

Revocations and voided items act on all days, whenever they were signed: «as at day D» means by all facts known now.
What was known on D is in that day's frozen report, or is found by passing in only the events received by then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from lms.skills.rules.days import local_day
from lms.skills.rules.events import Event, EventType, RevokeResult, VoidItemResult

LATEST_ARRIVAL = timedelta(days=60)

EVIDENCE = frozenset({EventType.QUIZ, EventType.PRACTICE, EventType.OBSERVATION, EventType.RENEWAL, EventType.RECHECK})


class AsideReason(StrEnum):
    NOT_ADMITTED = "not_admitted"
    REVOKED = "revoked"
    BEFORE_TICKET = "before_ticket"  # quarantined: done before leave to do it offline
    TOO_LATE = "too_late"  # quarantined: arrived more than 60 days after


class SetAside(NamedTuple):
    """Kept and shown, no part of the status."""

    event_id: str
    reason: AsideReason


class Fact(NamedTuple):
    """An event in its place. Facts compare by time, then id: a total order, since ids are unique here."""

    at: datetime
    id: str
    day: date
    event: Event


@dataclass(frozen=True, slots=True)
class Voided:
    """Items withdrawn after use, as (item, version); version None withdraws all."""

    items: frozenset[tuple[str, str | None]] = frozenset()

    def has(self, item: str, version: str) -> bool:
        return (item, None) in self.items or (item, version) in self.items


@dataclass(frozen=True, slots=True)
class Sifted:
    facts: dict[str, list[Fact]]  # by skill, in order
    set_aside: dict[str, list[SetAside]]  # by skill, in order
    voided: Voided


def sift(events: Iterable[Event], as_of: date) -> Sifted:
    distinct = once_each(events)
    revoked = _revoked(distinct)
    facts: dict[str, list[Fact]] = {}
    aside: dict[str, list[tuple[datetime, SetAside]]] = {}
    for event in distinct:
        if event.skill is None or event.type not in EVIDENCE:
            continue
        at = event.effective_at
        day = local_day(at)
        if day > as_of:
            continue
        if reason := _why_aside(event, revoked):
            aside.setdefault(event.skill, []).append((at, SetAside(event.id, reason)))
        else:
            facts.setdefault(event.skill, []).append(Fact(at, event.id, day, event))
    for placed in facts.values():
        placed.sort(key=_order)
    shown = {skill: [one for _, one in sorted(kept)] for skill, kept in aside.items()}
    return Sifted(facts, shown, _voided(distinct, revoked))


def once_each(events: Iterable[Event]) -> list[Event]:
    """One event per id. Should two differ under one id, the first received stands, in whatever order they come."""
    kept: dict[str, Event] = {}
    for event in events:
        known = kept.setdefault(event.id, event)
        if known is not event and known != event:
            kept[event.id] = min(known, event, key=lambda one: (one.received_at, one.occurred_at, repr(one)))
    return list(kept.values())


def live(events: Iterable[Event]) -> list[Event]:
    """Admitted, not revoked, once each, in order; of any type and any day (for the retake rules)."""
    distinct = once_each(events)
    revoked = _revoked(distinct)
    return sorted(
        (one for one in distinct if _why_aside(one, revoked) is None), key=lambda one: (one.effective_at, one.id)
    )


def _order(fact: Fact) -> tuple[datetime, str]:
    return fact.at, fact.id


def _why_aside(event: Event, revoked: set[str]) -> AsideReason | None:
    if not event.admitted.yes:
        return AsideReason.NOT_ADMITTED
    if event.id in revoked:
        return AsideReason.REVOKED
    if event.type in EVIDENCE:
        if event.ticket is not None and event.occurred_at < event.ticket.issued_at:
            return AsideReason.BEFORE_TICKET
        if event.received_at - event.occurred_at > LATEST_ARRIVAL:
            return AsideReason.TOO_LATE
    return None


def _revoked(events: list[Event]) -> set[str]:
    """A revocation may itself be revoked, by a later one only; hence the latest speaks first."""
    revoked: set[str] = set()
    acts = [one for one in events if isinstance(one.result, RevokeResult) and one.admitted.yes]
    for act in sorted(acts, key=lambda one: (one.effective_at, one.id), reverse=True):
        if act.id not in revoked and isinstance(act.result, RevokeResult):
            revoked.update(act.result.events)
    return revoked


def _voided(events: list[Event], revoked: set[str]) -> Voided:
    return Voided(
        frozenset(
            (one.result.item, one.result.version)
            for one in events
            if isinstance(one.result, VoidItemResult) and _why_aside(one, revoked) is None
        )
    )
