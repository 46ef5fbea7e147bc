"""An attempt is a list of appended steps; where it stands is folded from them, whatever order they are read in.

Order: by number, then time, then id. The number is given under the attempt's lock, so it tells what was appended first
even where a clock was set back; time and id only settle steps of devices that numbered apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from lms.quizzes.rules.shapes import Problem


class StepKind(StrEnum):
    START = "start"
    ANSWER = "answer"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    LAPSE = "lapse"
    """The window closed on it; it is marked as it stands."""


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    n: int
    kind: StepKind
    at: datetime
    item_id: str | None = None
    answer: Any = None
    """As `answer_to_json` wrote it."""


class Standing(StrEnum):
    NOT_STARTED = "not-started"
    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    LAPSED = "lapsed"


CLOSED = frozenset({Standing.FINISHED, Standing.LAPSED})


class Ignored(StrEnum):
    """Why a step changed nothing. It stays in the list and is told."""

    BEFORE_START = "before-start"
    AFTER_END = "after-end"
    WHILE_PAUSED = "while-paused"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class AttemptState:
    standing: Standing = Standing.NOT_STARTED
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Item id → the latest answer, as kept."""
    saved_at: Mapping[str, datetime] = field(default_factory=dict)
    started_at: datetime | None = None
    closed_at: datetime | None = None
    ignored: tuple[tuple[str, Ignored], ...] = ()

    @property
    def is_closed(self) -> bool:
        return self.standing in CLOSED


@dataclass(frozen=True, slots=True)
class Window:
    """When a test may be worked on; `closes_at` is the first moment it may not."""

    opens_at: datetime
    closes_at: datetime


def fold(steps: Iterable[Step]) -> AttemptState:
    """Where the attempt stands. Doubled, late and shuffled steps end in the same state; the first finish or lapse holds."""
    folding = _Folding()
    for step in _in_order(steps):
        folding.take(step)
    return folding.state()


def may_answer(state: AttemptState, window: Window, now: datetime, grace: timedelta = timedelta(0)) -> Problem | None:
    """None when an answer may be saved now. Grace is for a network that was away, never for starting."""
    match state.standing:
        case Standing.NOT_STARTED:
            return Problem("not-started", "Bài này chưa bắt đầu. Bấm bắt đầu trước.")
        case Standing.FINISHED:
            return Problem("finished", "Bài đã nộp, không sửa được nữa. Các câu đã lưu vẫn còn nguyên.")
        case Standing.LAPSED:
            return Problem("lapsed", "Giờ làm bài đã hết và bài đã đóng. Các câu đã lưu vẫn được chấm.")
        case Standing.PAUSED:
            return Problem("paused", "Bài đang tạm dừng. Bấm làm tiếp trước. Các câu đã lưu vẫn còn.")
        case Standing.OPEN:
            return _out_of_time(window, now, grace)


def may_resume(state: AttemptState, window: Window, now: datetime) -> Problem | None:
    """None when a paused or interrupted attempt may be taken up again, on this device or another."""
    if state.standing is Standing.PAUSED:
        return _out_of_time(window, now, timedelta(0))
    return may_answer(state, window, now)


def should_lapse(state: AttemptState, window: Window, now: datetime, grace: timedelta = timedelta(0)) -> bool:
    """Whether a begun attempt must be closed as it stands because its window is over."""
    return state.standing in (Standing.OPEN, Standing.PAUSED) and now >= window.closes_at + grace


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """Once each. Should two differ under one id, the one that comes first in order stands."""
    kept: dict[str, Step] = {}
    for step in sorted(steps, key=lambda step: (step.n, step.at, step.id, repr(step))):
        kept.setdefault(step.id, step)
    return list(kept.values())


def _out_of_time(window: Window, now: datetime, grace: timedelta) -> Problem | None:
    if now < window.opens_at:
        return Problem("not-open", "Chưa đến giờ làm bài.")
    if now >= window.closes_at + grace:
        return Problem("too-late", "Hết giờ làm bài, câu này không lưu được. Các câu đã lưu trước đó vẫn được chấm.")
    return None


class _Folding:
    def __init__(self) -> None:
        self._standing = Standing.NOT_STARTED
        self._answers: dict[str, Any] = {}
        self._saved_at: dict[str, datetime] = {}
        self._started_at: datetime | None = None
        self._closed_at: datetime | None = None
        self._ignored: list[tuple[str, Ignored]] = []

    def take(self, step: Step) -> None:
        if reason := self._why_ignored(step.kind):
            self._ignored.append((step.id, reason))
            return
        match step.kind:
            case StepKind.START:
                self._standing, self._started_at = Standing.OPEN, step.at
            case StepKind.ANSWER if step.item_id is not None:
                self._answers[step.item_id], self._saved_at[step.item_id] = step.answer, step.at
            case StepKind.PAUSE:
                self._standing = Standing.PAUSED
            case StepKind.RESUME:
                self._standing = Standing.OPEN
            case StepKind.FINISH:
                self._standing, self._closed_at = Standing.FINISHED, step.at
            case StepKind.LAPSE:
                self._standing, self._closed_at = Standing.LAPSED, step.at

    def state(self) -> AttemptState:
        return AttemptState(
            self._standing,
            dict(sorted(self._answers.items())),
            dict(sorted(self._saved_at.items())),
            self._started_at,
            self._closed_at,
            tuple(self._ignored),
        )

    def _why_ignored(self, kind: StepKind) -> Ignored | None:
        if self._standing in CLOSED:
            return Ignored.AFTER_END
        if kind is StepKind.START:
            return None if self._standing is Standing.NOT_STARTED else Ignored.REPEATED
        if self._standing is Standing.NOT_STARTED:
            return Ignored.BEFORE_START
        if self._standing is Standing.PAUSED and kind in (StepKind.ANSWER, StepKind.PAUSE):
            return Ignored.WHILE_PAUSED if kind is StepKind.ANSWER else Ignored.REPEATED
        if self._standing is Standing.OPEN and kind is StepKind.RESUME:
            return Ignored.REPEATED
        return None
