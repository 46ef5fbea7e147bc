"""«Buổi thực hành»: who is at which desk, who is stuck, and whose pass may be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

STUCK_AFTER = timedelta(minutes=3)
"""Reading a screen and asking oneself takes a minute or two."""
STUCK_FAILS = 2
"""Failed runs one after another."""
UNAIDED = (3, 4)
"""tự làm · dạy lại được: what one tick for a whole session may say."""


class Doing(StrEnum):
    AWAY = "away"
    """On the list, has not come in."""
    READY = "ready"
    """Came in, between two runs."""
    WORKING = "working"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run inside the session, in order of arrival."""

    id: str
    passed: bool
    hints: int

    @property
    def is_unaided(self) -> bool:
        return self.passed and not self.hints


@dataclass(frozen=True, slots=True)
class Desk:
    """One person of the list, as far as the server knows."""

    entered_at: datetime | None = None
    practice: str | None = None
    moved_at: datetime | None = None
    runs: tuple[Run, ...] = ()


def doing(desk: Desk, now: datetime) -> Doing:
    """What the leader should know: nobody who has already passed is called stuck for resting."""
    if desk.entered_at is None:
        return Doing.AWAY
    is_still = now - (desk.moved_at or desk.entered_at) >= STUCK_AFTER
    has_passed = pass_of(desk.runs) is not None
    if fails_in_a_row(desk.runs) >= STUCK_FAILS or (is_still and (desk.practice is not None or not has_passed)):
        return Doing.STUCK
    return Doing.WORKING if desk.practice is not None else Doing.READY


def pass_of(runs: Sequence[Run]) -> str | None:
    """The latest unaided pass: what a signature is bound to."""
    return next((run.id for run in reversed(runs) if run.is_unaided), None)


def fails_in_a_row(runs: Sequence[Run]) -> int:
    count = 0
    for run in reversed(runs):
        if run.passed:
            break
        count += 1
    return count


def links(issued_at: datetime, entered_at: datetime) -> bool:
    """Whether a run belongs to the session: its variant was drawn after its learner came in. Tickets know whole seconds.

    A run begun at home and sent from the classroom was seen by nobody.
    """
    return issued_at >= entered_at.replace(microsecond=0)
