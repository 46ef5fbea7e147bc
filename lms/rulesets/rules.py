"""What a new ruleset changes for one person in one skill. Nothing, for most."""

from datetime import date, timedelta
from enum import StrEnum

from lms.skills.rules.days import months_after
from lms.skills.rules.rulesets import OVERLAP_MONTHS
from lms.skills.rules.standing import Standing

LATEST = timedelta(days=366)
SHORTEST_REASON = 10
ALL_KEYS = 3


class Change(StrEnum):
    GAINS = "gains"
    """Proficient with it, not without."""
    LOSES = "loses"
    """Proficient without it, not with it."""
    ONE_MORE = "one-more"
    """Holds all three keys by the new rules, made before its day: any of them made again is enough."""
    CLOSER = "closer"
    """Holds more keys with it."""
    REDO = "redo"
    """Holds keys by the old rules only: finished within the overlap they count, after it they are made anew."""


def change_of(before: Standing, after: Standing, alone: Standing) -> Change | None:
    """`before`: by the rulesets in force; `after`: with the new one beside them; `alone`: once only the new one is left."""
    if after.is_proficient != before.is_proficient:
        return Change.GAINS if after.is_proficient else Change.LOSES
    if before.is_proficient:
        return None
    if _weight(alone) < _weight(before):
        return Change.REDO
    if alone.keys.held == ALL_KEYS:
        return Change.ONE_MORE
    return Change.CLOSER if _weight(after) > _weight(before) else None


def overlap_until(on_day: date) -> date:
    """The last day on which the ruleset before is in force beside one put in force on this day."""
    return months_after(on_day, OVERLAP_MONTHS)


def why_not_on(on_day: date, today: date, last_on: date | None) -> str:
    """Why a ruleset may not be put in force from this day; empty where it may."""
    if on_day < today:
        return "Không đặt lùi ngày: kết luận của những ngày đã qua không đổi. Chọn hôm nay hoặc một ngày sau."
    if on_day - today > LATEST:
        return "Ngày có hiệu lực xa quá một năm. Chọn ngày gần hơn rồi xem thử lại."
    if last_on is not None and on_day < last_on:
        return f"Một bộ quy tắc khác có hiệu lực từ {last_on:%d/%m/%Y}. Chọn từ ngày đó trở đi."
    return ""


def _weight(standing: Standing) -> tuple[int, int]:
    return standing.keys.held, standing.keys.do_count
