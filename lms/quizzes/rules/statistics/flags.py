"""When a question is taken out of new tests to be looked at, and what its author is told to do. Strongest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.quizzes.rules.statistics.basics import Interval
from lms.quizzes.rules.statistics.groups import Difference
from lms.quizzes.rules.statistics.questions import Distractor


class Flag(StrEnum):
    CHECK_KEY = "check-key"
    NEGATIVE = "negative"
    TOO_HARD = "too-hard"
    LEAKED = "leaked"
    BROKEN_OPTION = "broken-option"
    SLOW = "slow"
    TOO_EASY = "too-easy"


SHOW_FACILITY, FLAG_FACILITY = 10, 30
SHOW_RELATION, FLAG_RELATION = 30, 100
SHOW_GROUPS = 50
SHOW_B = 20
"""Of each of the two groups."""
SHOW_TEST, FLAG_TEST = 50, 100
SHOW_TIME, SHOW_PAIRS, LEAK_FROM = 30, 30, 60
NEGATIVE_BELOW, HARD_ABOVE_GUESS, LEAK_RISE, LEAK_EXPOSURE = 0.10, 0.10, 0.15, 0.40
SHOW_READERS = 100
"""Of each: those it was read aloud to, and those who read it themselves."""
SLOW_TIMES, EASY_FROM, LOW_EFFICIENCY = 3.0, 0.97, 0.15
P0_TARGET = 0.85

SENTENCES = {
    Flag.CHECK_KEY: "Xem lại đáp án trước: nhiều người làm tốt chọn một ý khác, có thể đáp án đã ghi nhầm.",
    Flag.NEGATIVE: "Viết lại câu hỏi: người làm tốt bài này lại không làm câu này tốt hơn người khác.",
    Flag.TOO_HARD: "Kiểm tra lời hỏi và bài học: số người đúng không hơn đoán mò là mấy.",
    Flag.LEAKED: "Thay bằng câu mới: câu này có thể đã được truyền nhau vì gần đây dễ hẳn lên hoặc ra quá nhiều.",
    Flag.BROKEN_OPTION: "Viết lại phương án sai không ai nhầm tới, dùng lỗi mà người học hay mắc.",
    Flag.SLOW: "Rút gọn câu hỏi: làm lâu hơn hẳn các câu khác, hoặc người nghe đọc đề kém người tự đọc dù cả bài ngang nhau.",
    Flag.TOO_EASY: "Không cần làm gì ngay: gần như ai cũng đúng, có thể đổi sang câu khác khi rảnh.",
}
FREEZES = frozenset(Flag) - {Flag.TOO_EASY}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one question. None: too few answers to say, or nothing that varies."""

    n: int
    facility: float
    facility_interval: Interval
    p_guess: float
    relation: Interval | None = None
    options: Sequence[Distractor] = ()
    passers: int = 0
    rise: float | None = None
    """Facility of the last third of its exposures less that of the first."""
    exposure: float | None = None
    """Share of all forms it was in; None where the bank leaves no choice."""
    slower: float | None = None
    """Median time, of the test's median."""
    is_critical: bool = False
    readers: Difference | None = None
    """Of those it was read aloud to, against who read it themselves."""


def flags(seen: Seen) -> list[Flag]:
    """Nothing below the counts of §7, however bad it looks."""
    holds = {
        Flag.CHECK_KEY: seen.n >= FLAG_FACILITY and _key_is_doubtful(seen),
        Flag.NEGATIVE: seen.n >= FLAG_RELATION and seen.relation is not None and seen.relation.high < NEGATIVE_BELOW,
        Flag.TOO_HARD: seen.n >= FLAG_FACILITY and seen.facility_interval.high < seen.p_guess + HARD_ABOVE_GUESS,
        Flag.LEAKED: seen.n >= LEAK_FROM and _may_be_known(seen),
        Flag.BROKEN_OPTION: seen.n >= FLAG_RELATION and any(one.is_broken for one in seen.options),
        Flag.SLOW: seen.n >= FLAG_FACILITY and _is_hard_to_read(seen),
        Flag.TOO_EASY: seen.n >= FLAG_FACILITY and seen.facility >= EASY_FROM and not seen.is_critical,
    }
    return [flag for flag in Flag if holds[flag]]


def freezes(found: Sequence[Flag]) -> bool:
    """Whether the question should not be dealt in new recorded forms until somebody has looked."""
    return bool(FREEZES.intersection(found))


def _key_is_doubtful(seen: Seen) -> bool:
    keys = [one.passers for one in seen.options if one.is_key and one.passers is not None]
    for one in seen.options:
        if one.is_key:
            continue
        if (one.with_rest or 0.0) > 0 and one.interval is not None and one.interval.low > 0:
            return True
        if seen.passers >= SHOW_B and keys and one.passers is not None and one.passers > max(keys):
            return True
    return False


def _is_hard_to_read(seen: Seen) -> bool:
    return (seen.slower or 0.0) > SLOW_TIMES or (seen.readers is not None and seen.readers.is_harder)


def _may_be_known(seen: Seen) -> bool:
    return (seen.rise or 0.0) > LEAK_RISE or (seen.exposure or 0.0) > LEAK_EXPOSURE
