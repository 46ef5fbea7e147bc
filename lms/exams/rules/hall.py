"""Who may enter and begin, and until when each may work, by the server's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.quizzes.rules.attempts import Window
from lms.quizzes.rules.shapes import Problem

CODE_LIVES = timedelta(minutes=10)
MOST_EXTRA = timedelta(minutes=60)
"""A proctor may give somebody this much more in all; time lost in pauses comes on top."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands with an exam."""

    is_present: bool = False
    has_entered: bool = False
    is_held: bool = False
    """They, or everybody, are paused by the proctor."""


@dataclass(frozen=True, slots=True)
class Times:
    """Of the window, and what changes it for one person."""

    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    """Closed by hand: this ends it for everybody, whatever was given."""
    extra: timedelta = timedelta(0)
    held_at: datetime | None = None


def code_problem(kept: str | None, made_at: datetime | None, given: str, now: datetime) -> Problem | None:
    """None when the code lets in. A right one that is too old says so: the proctor reads a new one out."""
    if kept is None or made_at is None:
        return Problem("no-code", "Người coi thi chưa đọc mã. Chờ một chút rồi nhập lại.")
    if given != kept:
        return Problem("wrong-code", "Mã chưa đúng. Nhìn lại mã trên bảng rồi nhập lần nữa.")
    if now >= made_at + CODE_LIVES:
        return Problem("old-code", "Mã này đã hết hạn. Nhờ người coi thi đọc mã mới.")
    return None


def may_begin(place: Place, is_handed_over: bool) -> Problem | None:
    """None when somebody may begin. On a device the proctor handed over in person no code is asked."""
    if not (place.has_entered or is_handed_over):
        return Problem("no-code", "Nhập mã phòng thi trên bảng trước khi bắt đầu.")
    if not place.is_present:
        return Problem("absent", "Người coi thi chưa ghi có mặt. Giơ tay báo người coi thi, rồi tải lại trang.")
    if place.is_held:
        return Problem("held", "Người coi thi đang tạm dừng bài thi. Chờ hiệu lệnh rồi bắt đầu.")
    return None


def may_go_on(place: Place) -> Problem | None:
    """None when a paused attempt may be taken up by its taker."""
    if place.is_held:
        return Problem("held", "Người coi thi đang tạm dừng bài này. Câu đã lưu vẫn còn, thời gian dừng được bù.")
    return None


def window_of(times: Times, now: datetime) -> Window:
    """When one person may work. While they are paused by the proctor their time stands still."""
    closes = times.closes_at + times.extra
    if times.held_at is not None and times.held_at < closes:
        closes += max(now - times.held_at, timedelta(0))
    return Window(times.opens_at, closes if times.closed_at is None else min(closes, times.closed_at))


def extra_problem(minutes: int, given: timedelta) -> Problem | None:
    if minutes < 1 or given + timedelta(minutes=minutes) > MOST_EXTRA:
        most = MOST_EXTRA // timedelta(minutes=1)
        return Problem("extra", f"Thêm từ 1 phút, và nhiều nhất {most} phút cho một người.")
    return None
