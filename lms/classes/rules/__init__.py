"""Who in a class needs help today, in a sentence; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SILENT_DAYS = 12
STOPPED_DAYS = 5


@dataclass(frozen=True, slots=True)
class Given:
    """An assigned module as far as one pupil has come."""

    title: str
    given_on: date
    due_on: date
    steps: int
    read: int
    id: int = 0
    """Of the assignment."""

    @property
    def is_read(self) -> bool:
        return self.steps > 0 and self.read >= self.steps


@dataclass(frozen=True, slots=True)
class Tried:
    """The latest recorded test of a skill."""

    skill: str
    passed: bool


def needs_help(given: Sequence[Given], tried: Sequence[Tried], last_seen: date | None, today: date) -> str:
    """The first thing a teacher should look at, or nothing."""
    for test in tried:
        if not test.passed:
            return f"Bài kiểm tra {test.skill} chưa đạt"
    for one in given:
        if one.due_on < today and not one.is_read:
            return f"Quá hạn «{one.title}»"
    for one in given:
        if 0 < one.read < one.steps and last_seen and (today - last_seen).days >= STOPPED_DAYS:
            return f"Dừng ở bước {one.read} của «{one.title}» từ {last_seen:%d/%m/%Y}"
    since = max([last_seen or date.min, *(one.given_on for one in given)]) if given else today
    waiting = [one for one in given if not one.is_read]
    if waiting and (today - since).days >= SILENT_DAYS:
        return f"Chưa vào học {(today - since).days} ngày"
    return ""
