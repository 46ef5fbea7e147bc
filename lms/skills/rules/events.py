"""Evidence as the rule sees it: one append-only list of events per person, nothing else.

Whether an attempt was admissible, a witness eligible and the content known was decided when the event was accepted and
is stored in `admitted` with the facts used; the rule never asks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventType(StrEnum):
    QUIZ = "quiz"
    PRACTICE = "practice"
    OBSERVATION = "observation"
    RENEWAL = "renewal"
    RECHECK = "recheck"
    REVOKE = "revoke"
    VOID_ITEM = "void_item"
    UNLOCK = "unlock"
    INFERRED = "inferred"  # placement: stored, ignored here


class Mode(StrEnum):
    UNATTENDED = "unattended"
    WITNESSED = "witnessed"
    PROCTORED = "proctored"


class Accommodation(StrEnum):
    NONE = "none"
    READER = "reader"  # reads aloud, taps what the villager says


class ActorRole(StrEnum):
    LEARNER = "learner"
    WITNESS = "witness"  # saw it and signs
    HOST = "host"  # whose device it was (trao máy)
    OPENER = "opener"  # opened the attended test or session
    SIGNER = "signer"  # signs a revocation, a voided item, an unlock


@dataclass(frozen=True, slots=True)
class Actor:
    person: str
    role: ActorRole


@dataclass(frozen=True, slots=True)
class Content:
    """What was put before the learner: item, practice or card, with version and sha256."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to work offline, issued by the server before the act."""

    id: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Admitted:
    yes: bool
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemScore:
    id: str
    right: bool  # score = 1; partial credit serves practice only
    critical: bool = False
    version: str = ""
    options: int = 4


@dataclass(frozen=True, slots=True)
class QuizResult:
    """Of a quiz or a renewal."""

    items: tuple[ItemScore, ...]


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """Of a simulator try. `variant` names practice and parameters: the same text means the same exercise again."""

    passed: bool
    variant: str
    covers: frozenset[str]  # competency ids
    hints: int = 0
    replayed: bool = False  # the server re-ran the trace and got the same end


@dataclass(frozen=True, slots=True)
class Line:
    """One rubric line as ticked: 0 làm hộ · 1 cầm tay · 2 nhắc lời · 3 tự làm · 4 dạy lại được."""

    id: str
    competency: str
    level: int
    core: bool = False
    critical: bool = False
    failed: bool = False  # the dangerous mistake was made, whatever the level


@dataclass(frozen=True, slots=True)
class ObservationResult:
    """What a witness saw. With `card`, the observation is itself a try of that task card, passed or not."""

    identity_checked: bool
    lines: tuple[Line, ...] = ()
    card: str | None = None


@dataclass(frozen=True, slots=True)
class RecheckResult:
    """An official re-check by a different person."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class RevokeResult:
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoidItemResult:
    """A faulty question; without `version`, all its versions."""

    item: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class UnlockResult:
    by: str  # one of the ruleset's `unlock_by`


Result = (
    QuizResult
    | PracticeResult
    | ObservationResult
    | RecheckResult
    | RevokeResult
    | VoidItemResult
    | UnlockResult
    | None
)


@dataclass(frozen=True, slots=True)
class Event:
    """`learner` and `skill` are absent on events about content (void_item) and, if the signer likes, on revocations."""

    id: str
    type: EventType
    occurred_at: datetime
    received_at: datetime
    result: Result
    learner: str | None = None
    skill: str | None = None
    mode: Mode = Mode.UNATTENDED
    independence: int | None = None  # 0–4, of the whole act; None where nobody watched
    accommodation: Accommodation = Accommodation.NONE
    actors: tuple[Actor, ...] = ()
    session: str | None = None
    content: tuple[Content, ...] = ()
    ruleset: str | None = None  # the one pinned when the act began; the triple is judged by its last key's day
    ticket: Ticket | None = None
    trace_digest: str | None = None
    device: str | None = None
    admitted: Admitted = Admitted(True)

    @property
    def effective_at(self) -> datetime:
        """A clock that runs ahead cannot date an act after its arrival."""
        return min(self.occurred_at, self.received_at)
