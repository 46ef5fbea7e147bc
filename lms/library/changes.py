"""What a publication did, counted: added, changed, retired, unchanged."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Changes:
    """Lists of ids by kind of book: «item», «lesson» …"""

    added: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    retired: dict[str, list[str]] = field(default_factory=dict)
    unchanged: Counter[str] = field(default_factory=Counter)

    def note(self, outcome: str, kind: str, id: str) -> None:
        if outcome == "unchanged":
            self.unchanged[kind] += 1
        else:
            getattr(self, outcome).setdefault(kind, []).append(id)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.retired)
