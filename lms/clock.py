"""The only clock. Everything else receives `now` or `today`, or asks here; tests and the demo set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam keeps UTC+7 all year, without daylight saving, since 1975."""

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)
_process_moment: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set.get() or _process_moment or datetime.now(UTC)


def today() -> date:
    """The present day in Vietnam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Vietnamese day in which a moment falls."""
    return moment.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """The first moment of a Vietnamese day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock of this thread of work at `moment`."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)


def set_for_process(moment: datetime | None) -> None:
    """Hold the clock of every thread: for a test that runs a real server in its own process."""
    global _process_moment
    _process_moment = moment
