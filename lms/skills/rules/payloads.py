"""Results to and from plain mappings, as the evidence table and the phones keep them."""

from collections.abc import Callable, Mapping
from typing import Any

from lms.skills.rules.events import (
    EventType,
    ItemScore,
    Line,
    ObservationResult,
    PracticeResult,
    QuizResult,
    RecheckResult,
    Result,
    RevokeResult,
    UnlockResult,
    VoidItemResult,
)


def result_from(event_type: EventType, kept: Mapping[str, Any]) -> Result:
    """The typed result of an event; a missing or unknown key is an error, never a default that grants something."""
    return _READERS[event_type](kept)


def result_as_mapping(result: Result) -> dict[str, Any]:
    match result:
        case QuizResult(items):
            return {"items": [_item_as_mapping(item) for item in items]}
        case PracticeResult():
            return {
                "passed": result.passed,
                "variant": result.variant,
                "covers": sorted(result.covers),
                "hints": result.hints,
                "replayed": result.replayed,
            }
        case ObservationResult(identity_checked, lines, card):
            return {
                "identity_checked": identity_checked,
                "lines": [_line_as_mapping(line) for line in lines],
                "card": card,
            }
        case RecheckResult(confirmed):
            return {"confirmed": confirmed}
        case RevokeResult(events):
            return {"events": list(events)}
        case VoidItemResult(item, version):
            return {"item": item, "version": version}
        case UnlockResult(by):
            return {"by": by}
        case None:
            return {}


def _item_as_mapping(item: ItemScore) -> dict[str, Any]:
    return {
        "id": item.id,
        "right": item.right,
        "critical": item.critical,
        "version": item.version,
        "options": item.options,
    }


def _line_as_mapping(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "competency": line.competency,
        "level": line.level,
        "core": line.core,
        "critical": line.critical,
        "failed": line.failed,
    }


def _quiz(kept: Mapping[str, Any]) -> QuizResult:
    return QuizResult(tuple(ItemScore(**item) for item in kept["items"]))


def _practice(kept: Mapping[str, Any]) -> PracticeResult:
    return PracticeResult(**{**kept, "covers": frozenset(kept["covers"])})


def _observation(kept: Mapping[str, Any]) -> ObservationResult:
    return ObservationResult(kept["identity_checked"], tuple(Line(**line) for line in kept["lines"]), kept["card"])


def _recheck(kept: Mapping[str, Any]) -> RecheckResult:
    return RecheckResult(kept["confirmed"])


def _revoke(kept: Mapping[str, Any]) -> RevokeResult:
    return RevokeResult(tuple(kept["events"]))


def _void_item(kept: Mapping[str, Any]) -> VoidItemResult:
    return VoidItemResult(kept["item"], kept["version"])


def _unlock(kept: Mapping[str, Any]) -> UnlockResult:
    return UnlockResult(kept["by"])


def _inferred(_kept: Mapping[str, Any]) -> None:
    return None


_READERS: dict[EventType, Callable[[Mapping[str, Any]], Result]] = {
    EventType.QUIZ: _quiz,
    EventType.RENEWAL: _quiz,
    EventType.PRACTICE: _practice,
    EventType.OBSERVATION: _observation,
    EventType.RECHECK: _recheck,
    EventType.REVOKE: _revoke,
    EventType.VOID_ITEM: _void_item,
    EventType.UNLOCK: _unlock,
    EventType.INFERRED: _inferred,
}
