"""What changed between two versions of a question: field by field, and inside a field word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Kind = Literal["same", "gone", "new"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]+")
LONGEST = 3_000
"""Words compared one by one; longer texts are shown whole, before and after."""


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    """The way to it: `options/pay/text`. Rows are named by their ids, so one moved or put between changes nothing else."""
    pieces: tuple[Piece, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Only what differs, in the order of the newer version, what is gone last."""
    old, new = flat(before), flat(after)
    fields = [*new, *(field for field in old if field not in new)]
    pairs = ((field, old.get(field, ""), new.get(field, "")) for field in fields)
    return [Change(field, words_changed(one, other)) for field, one, other in pairs if one != other]


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """Joined, the pieces that are not new give `before`, and those that are not gone give `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return _pieces([("gone", before), ("new", after)])
    told: list[tuple[Kind, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            told.append(("same", "".join(old[a:b])))
        else:
            told += [("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))]
    return _pieces(told)


def flat(body: Mapping[str, Any]) -> dict[str, str]:
    """Every text of a question by the way to it; empty ones are as good as missing."""
    found: dict[str, str] = {}
    _gather(body, "", found)
    return {field: text for field, text in found.items() if text}


def _gather(value: Any, field: str, found: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        for key, one in value.items():
            _gather(one, f"{field}/{key}" if field else str(key), found)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        names = [_name(one, n) for n, one in enumerate(value, 1)]
        for n, one in enumerate(value):
            name = names[n] if names.count(names[n]) == 1 else str(n + 1)
            _gather(one, f"{field}/{name}", found)
        _note_order(value, names, field, found)
    else:
        found[field] = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _note_order(value: Sequence[Any], names: list[str], field: str, found: dict[str, str]) -> None:
    """Rows are named by ids, so their order must be told by itself: it matters where lines are put in order."""
    if value and all(isinstance(one, Mapping) and one.get("id") for one in value):
        found[f"{field}/#"] = " → ".join(names)


def _name(row: Any, n: int) -> str:
    return str(row["id"]) if isinstance(row, Mapping) and row.get("id") else str(n)


def _pieces(told: Sequence[tuple[Kind, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in told if text)
