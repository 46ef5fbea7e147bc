"""Short words for writing evidence by hand. Day 0 is Tuesday 01/09/2026, nine in the morning in Vietnam."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from lms.skills.rules.events import (
    Accommodation,
    Actor,
    ActorRole,
    Admitted,
    Event,
    EventType,
    ItemScore,
    Line,
    ObservationResult,
    PracticeResult,
    QuizResult,
    RecheckResult,
    RevokeResult,
    Ticket,
    UnlockResult,
    VoidItemResult,
)
from lms.skills.rules.rulesets import Activation, Ruleset, parse_ruleset
from lms.skills.rules.standing import Standing, evaluate

RULESETS = Path(__file__).parents[3] / "content" / "rulesets"
MORNING = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
CORE = {
    "s1": frozenset({"s1.4", "s1.5", "s1.6", "s1.7"}),
    "s2": frozenset({"s2.3", "s2.4", "s2.6"}),
    "s3": frozenset({"s3.2", "s3.3", "s3.6"}),
    "s4": frozenset({"s4.2", "s4.3", "s4.4", "s4.7"}),
    "s5": frozenset({"s5.2", "s5.3"}),
}
READER = Accommodation.READER


def load(name: str) -> Ruleset:
    return parse_ruleset(yaml.load((RULESETS / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader))


R0, R1 = load("r2026.0"), load("r2026.1")


def day(number: int) -> date:
    return date(2026, 9, 1) + timedelta(days=number)


def moment(number: float) -> datetime:
    return MORNING + timedelta(days=number)


SIMULATORS = [Activation(R1, date(2026, 1, 1))]
CARDS = [Activation(R0, date(2026, 1, 1))]
CHANGE = [Activation(R0, date(2026, 1, 1)), Activation(R1, day(30))]


def stand(
    events: list[Event], as_of: int | date, activations: list[Activation] = SIMULATORS, skill: str = "s3"
) -> Standing:
    on = as_of if isinstance(as_of, date) else day(as_of)
    return evaluate(events, activations, on, CORE)[skill]


def quiz(id: str, on: float, right: int = 15, critical: int = 4, of: int = 15, **more: Any) -> Event:
    """`critical` of the four safety items right, the other right answers among the rest."""
    return _event(id, EventType.QUIZ, on, QuizResult(_items(id, right, critical, of)), **more)


def renewal(id: str, on: float, right: int = 8, critical: int = 4, of: int = 8, options: int = 4, **more: Any) -> Event:
    return _event(id, EventType.RENEWAL, on, QuizResult(_items(id, right, critical, of, options)), **more)


def practice(
    id: str,
    on: float,
    variant: str = "",
    covers: str = "s3.2 s3.3 s3.6",
    passed: bool = True,
    hints: int = 0,
    replayed: bool = True,
    **more: Any,
) -> Event:
    """A simulator try on a variant of its own, replayed, in no session, unless said otherwise."""
    result = PracticeResult(passed, variant or f"variant of {id}", frozenset(covers.split()), hints, replayed)
    return _event(id, EventType.PRACTICE, on, result, **more)


def seen(
    id: str,
    on: float,
    session: str | None,
    level: int = 4,
    identity: bool = True,
    lines: tuple[Line, ...] = (),
    **more: Any,
) -> Event:
    """A witness's one tick for a session, with or without rubric lines."""
    more.setdefault("independence", level)
    result = ObservationResult(identity, lines)
    return _event(id, EventType.OBSERVATION, on, result, session=session, **_watched(more))


def card(
    id: str,
    on: float,
    task: str = "",
    levels: dict[str, int] | None = None,
    identity: bool = True,
    failed: str = "",
    **more: Any,
) -> Event:
    """A signed task card, every K line at 4 unless said otherwise; `failed`: where the dangerous mistake was made."""
    levels = levels if levels is not None else {"s3.2": 4, "s3.3": 4, "s3.6": 4}
    lines = tuple(
        Line(f"r{one}", one, level, core=True, critical=one in ("s3.2", "s3.6"), failed=one == failed)
        for one, level in levels.items()
    )
    return _event(
        id, EventType.OBSERVATION, on, ObservationResult(identity, lines, task or f"card of {id}"), **_watched(more)
    )


def recheck(id: str, on: float, confirmed: bool, **more: Any) -> Event:
    return _event(id, EventType.RECHECK, on, RecheckResult(confirmed), **more)


def revoke(id: str, on: float, *targets: str, **more: Any) -> Event:
    return _event(id, EventType.REVOKE, on, RevokeResult(targets), skill=None, **more)


def void(id: str, on: float, item: str, version: str | None = None, **more: Any) -> Event:
    return _event(id, EventType.VOID_ITEM, on, VoidItemResult(item, version), skill=None, learner=None, **more)


def unlock(id: str, on: float, by: str = "teacher", **more: Any) -> Event:
    return _event(id, EventType.UNLOCK, on, UnlockResult(by), **more)


def inferred(id: str, on: float) -> Event:
    return _event(id, EventType.INFERRED, on, None)


def three_keys(on: float = 0) -> list[Event]:
    """Biết on this day, Làm on the two that follow, seen on the last."""
    return [
        quiz("q", on),
        practice("p1", on + 1, replayed=False),
        practice("p2", on + 2, session="class"),
        seen("o", on + 2.1, "class"),
    ]


def two_cards(on: float = 0) -> list[Event]:
    return [quiz("q", on), card("c1", on + 1), card("c2", on + 2)]


def not_admitted(reason: str = "too_soon") -> Admitted:
    return Admitted(False, reason)


def ticket(on: float) -> Ticket:
    return Ticket("ticket", moment(on))


def _items(id: str, right: int, critical: int, of: int, options: int = 4) -> tuple[ItemScore, ...]:
    """Items id.1 … id.N, the first four critical."""
    plain = right - critical
    return tuple(
        ItemScore(
            f"{id}.{n}", n <= critical if n <= 4 else n - 4 <= plain, critical=n <= 4, version="1", options=options
        )
        for n in range(1, of + 1)
    )


def _watched(more: dict[str, Any]) -> dict[str, Any]:
    more.setdefault("actors", (Actor("hoa", ActorRole.WITNESS),))
    return more


def _event(id: str, type: EventType, on: float, result: Any, arrives: float | None = None, **more: Any) -> Event:
    more.setdefault("learner", "lan")
    more.setdefault("skill", "s3")
    return Event(
        id=id,
        type=type,
        occurred_at=moment(on),
        received_at=moment(on if arrives is None else arrives),
        result=result,
        **more,
    )
