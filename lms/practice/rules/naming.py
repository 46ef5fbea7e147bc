"""What a trace calls the controls: by tags drawn from its ticket's seed, so that a trace copied from another ticket says
nothing here. The script writes them (`web/static/practice/js/25-moving.js`), the server reads them. docs/decisions/0036.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from lms.practice.rules.reducer import ADDRESS, CHOSEN

LENGTH = 12
"""Of hexadecimal signs: two of some hundred names of a practice are alike once in ten thousand million tickets."""
NAMING = ("tap", "input", "choose")
"""The verbs that name a control; `choose` names an option besides."""


def tag(seed: str, *names: str) -> str:
    """A control, or a control and its option, in the words of one ticket."""
    return hashlib.sha256("#".join([seed, *names]).encode()).hexdigest()[:LENGTH]


def tagged(seed: str, action: list[Any]) -> list[Any]:
    """An action as it goes into a trace."""
    verb, *rest = action
    if verb not in NAMING:
        return action
    return [verb, tag(seed, rest[0]), *([tag(seed, *rest)] if verb == "choose" else rest[1:])]


def tagged_rows(seed: str, rows: list[list[Any]]) -> list[list[Any]]:
    return [[*row[:2], *tagged(seed, row[2:])] for row in rows]


def named(spec: Mapping[str, Any], seed: str, rows: Any) -> tuple[Any, int]:
    """The rows of a trace by the names of the practice, and the first (from 1) that is in no words of this ticket; else 0.

    A row that is broken in another way stays as it is: the replay says how.
    """
    if not isinstance(rows, list):
        return rows, 0
    known, plain = _known(spec, seed), []
    for number, row in enumerate(rows, 1):
        tags = row[3 : 5 if row[2] == "choose" else 4] if isinstance(row, list) and len(row) > 3 else []
        if not tags or row[2] not in NAMING or not all(isinstance(one, str) for one in tags):
            plain.append(row)
            continue
        names = known.get(tags[-1], ())
        if len(names) != len(tags) or known.get(tags[0]) != names[:1]:
            return rows, number
        plain.append([*row[:3], *names, *row[3 + len(names) :]])
    return plain, 0


def _known(spec: Mapping[str, Any], seed: str) -> dict[str, tuple[str, ...]]:
    """Tag → control, or control and option."""
    found: dict[str, tuple[str, ...]] = {tag(seed, ADDRESS): (ADDRESS,)}
    for screen in spec["screens"].values():
        for item in screen["items"]:
            if "id" in item:
                names: list[tuple[str, ...]] = [(item["id"],)]
                if item["kind"] in CHOSEN:
                    names += [(item["id"], option["id"]) for option in item["options"]]
                found |= {tag(seed, *one): one for one in names}
    return found
