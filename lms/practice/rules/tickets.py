"""Leave to do one variant of a practice, once: what a ticket says, and whether it may still be used."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

LIVES = timedelta(days=60)
"""An offline trace that comes later is kept aside (assessment.md §3.2)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    nonce: str
    practice: str
    digest: str
    seed: str
    person: int
    """0 where nobody is signed in: nothing that comes with it is kept."""
    issued: int
    """Seconds since 1970."""

    @property
    def issued_at(self) -> datetime:
        return datetime.fromtimestamp(self.issued, UTC)


def as_mapping(ticket: Ticket) -> dict[str, Any]:
    return asdict(ticket)


def ticket_from(said: Any) -> Ticket | None:
    """What a signed mapping says; None where it is none of ours."""
    kinds = {"nonce": str, "practice": str, "digest": str, "seed": str, "person": int, "issued": int}
    if not isinstance(said, Mapping) or set(said) != set(kinds):
        return None
    if not all(type(said[name]) is kind for name, kind in kinds.items()):
        return None
    return Ticket(**said)


def why_not(ticket: Ticket, practice: str, person: int, digest: str | None, now: datetime) -> str:
    """Why this ticket does not admit this trace; empty where it does. Whether it was used is asked of the table."""
    if ticket.practice != practice:
        return "bad-ticket"
    if ticket.person != person:
        return "wrong-person"
    if now - ticket.issued_at > LIVES:
        return "expired"
    return "altered" if digest not in (None, ticket.digest) else ""
