"""Đạt or Chưa đạt: reckoned from what a pupil did; a teacher's entry stands in front of it and never becomes evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

GENERAL = "chung"
"""The subject of a remark about no one skill or module."""


class Mark(StrEnum):
    """TT 22/2021 knows no other marks for such activities."""

    PASS = "dat"  # noqa: S105 a mark
    FAIL = "chua-dat"


MARK_WORDS = {Mark.PASS: "Đạt", Mark.FAIL: "Chưa đạt"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How far somebody is in one module: steps read, and inline checks answered right at some time."""

    steps: int
    read: int
    checks: int
    right: int

    @property
    def mark(self) -> Mark:
        """Read to the end, and four checks of five answered right at some time: mistakes on the way are learning."""
        is_done = self.steps > 0 and self.read >= self.steps and self.right * 5 >= self.checks * 4
        return Mark.PASS if is_done else Mark.FAIL

    @property
    def sentence(self) -> str:
        words = f"{min(self.read, self.steps)}/{self.steps} bước"
        return f"{words} · {self.right}/{self.checks} câu thử" if self.checks else words


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a teacher wrote."""

    id: str
    subject: str
    term: str
    mark: Mark | None
    words: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """One pupil in one subject: what is reckoned, in words, and the entry that holds."""

    subject: str
    reckoned: Mark
    sentence: str
    entry: Entry | None = None

    @property
    def mark(self) -> Mark:
        return self.entry.mark if self.entry is not None and self.entry.mark is not None else self.reckoned

    @property
    def is_teachers(self) -> bool:
        """Whether the mark shown is the teacher's."""
        return self.entry is not None and self.entry.mark is not None

    @property
    def differs(self) -> bool:
        return self.mark is not self.reckoned


def holding(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    """(subject, term) → the entry written last; of two at one moment the one with the greater id, everywhere the same."""
    found: dict[tuple[str, str], Entry] = {}
    for one in sorted(entries, key=lambda entry: (entry.at, entry.id)):
        found[one.subject, one.term] = one
    return found


def mark_of(text: str) -> Mark | None:
    """A mark as kept; empty is none."""
    return Mark(text) if text else None
