"""«Mở bài kiểm tra»: an attended window of at most two hours. Attempts start inside it only; it closes by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.quizzes.rules import attempts
from lms.quizzes.rules.shapes import Problem

LONGEST = timedelta(minutes=120)
"""assessment.md §9."""


class WindowState(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    id: str
    quiz: str
    name: str
    """Shifts on several days, where computers are few, share quiz and name: one sitting for each person."""
    opens_at: datetime
    closes_at: datetime
    """The first moment it is closed."""
    closed_at: datetime | None = None
    """When it was closed by hand, if it was."""
    classes: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def ends_at(self) -> datetime:
        return self.closes_at if self.closed_at is None else min(self.closes_at, self.closed_at)

    @property
    def sitting(self) -> tuple[str, str]:
        return self.quiz, self.name

    @property
    def for_attempts(self) -> attempts.Window:
        """As the rules of attempts see it."""
        return attempts.Window(self.opens_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who wants to start."""

    person: int
    classes: frozenset[int] = frozenset()
    """Enrolled in today."""
    sat: frozenset[tuple[str, str]] = frozenset()
    """(quiz, name) of the sittings already begun, in whichever shift."""


def window_problem(opens_at: datetime, closes_at: datetime, now: datetime) -> Problem | None:
    """Why a window may not be opened like this, or None."""
    if closes_at <= opens_at:
        return Problem("backwards", "Giờ đóng phải sau giờ mở.")
    if closes_at - opens_at > LONGEST:
        return Problem("too-long", "Một lần mở dài nhất 120 phút. Cần lâu hơn thì mở thêm ca, cùng một tên.")
    if closes_at <= now:
        return Problem("past", "Giờ đóng đã qua rồi. Chọn lại giờ.")
    return None


def window_state(window: Window, now: datetime) -> WindowState:
    if now >= window.ends_at:
        return WindowState.CLOSED
    return WindowState.OPEN if now >= window.opens_at else WindowState.WAITING


def may_start(window: Window, sitter: Sitter, now: datetime) -> Problem | None:
    """None when this person may start the test in this window now."""
    if not (sitter.person in window.people or sitter.classes & window.classes):
        return Problem("not-named", "Bài kiểm tra này không mở cho người này. Nhờ người coi thi thêm tên.")
    match window_state(window, now):
        case WindowState.WAITING:
            return Problem("not-yet", "Chưa đến giờ mở bài kiểm tra. Chờ một chút rồi tải lại trang.")
        case WindowState.CLOSED:
            return Problem("closed", "Giờ kiểm tra đã hết. Hỏi người coi thi về ca sau.")
        case WindowState.OPEN if window.sitting in sitter.sat:
            return Problem("already-sat", "Bài này đã bắt đầu rồi, mỗi người làm một lần. Mở lại bài đang làm dở.")
        case WindowState.OPEN:
            return None


def open_for(windows: Iterable[Window], sitter: Sitter, now: datetime) -> list[Window]:
    """Where this person may start now; the one with most time left first."""
    found = [window for window in windows if may_start(window, sitter, now) is None]
    return sorted(found, key=lambda window: (-window.ends_at.timestamp(), window.id))
