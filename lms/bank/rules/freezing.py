"""Which flags of the statistics take a question out of new recorded forms, and when a lifted freeze comes again."""

from collections.abc import Collection, Sequence

from lms.quizzes.rules.statistics.flags import FREEZES, SENTENCES, Flag, freezes


def to_freeze(found: Sequence[Flag], lifted: Collection[str]) -> tuple[Flag, ...]:
    """The flags to freeze for: nothing a reviewer has already looked at in this wording and let pass."""
    fresh = [flag for flag in found if str(flag) not in lifted]
    return tuple(flag for flag in fresh if flag in FREEZES) if freezes(fresh) else ()


def reason(flags: Sequence[Flag]) -> str:
    """One sentence: that of the strongest flag."""
    return next((SENTENCES[flag] for flag in Flag if flag in flags), "")
