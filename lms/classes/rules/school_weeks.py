"""The weeks of a school year, as each school sets them: which Monday week 12 begins on, in which term a day falls. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)
SCHOOL_DAYS = 6
"""Monday to Saturday."""
YEAR_OF_WEEKS = timedelta(weeks=52)


class Term(StrEnum):
    """What a register is kept for."""

    FIRST = "hk1"
    SECOND = "hk2"
    YEAR = "ca-nam"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from one to another, both within it."""

    from_on: date
    until_on: date

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """Both terms and the days off between (Tết, storms): what a school announces in August and may mend later."""

    first: Stretch
    second: Stretch
    breaks: tuple[Stretch, ...] = ()

    def is_school_day(self, day: date) -> bool:
        is_off = day.weekday() >= SCHOOL_DAYS or any(day in one for one in self.breaks)
        return not is_off and (day in self.first or day in self.second)


def problem_of(year: SchoolYear) -> str:
    """Why these days make no school year, in a sentence; empty when they do."""
    if not year.first.from_on < year.first.until_on < year.second.from_on < year.second.until_on:
        return "Bốn ngày phải đi theo thứ tự: đầu và cuối học kỳ I, rồi đầu và cuối học kỳ II."
    if (year.second.until_on - year.first.from_on).days > 366:
        return "Năm học dài quá một năm. Xem lại bốn ngày."
    if any(one.until_on < one.from_on for one in year.breaks):
        return "Ngày nghỉ cuối phải sau ngày nghỉ đầu."
    return ""


def weeks_of(year: SchoolYear) -> list[date]:
    """Mondays of the school weeks in order; a week without a school day is not counted. Week 1 is the first of the list."""
    monday = monday_of(year.first.from_on)
    found = []
    while monday <= year.second.until_on:
        if any(year.is_school_day(monday + timedelta(days=n)) for n in range(SCHOOL_DAYS)):
            found.append(monday)
        monday += WEEK
    return found


def week_number(year: SchoolYear, day: date) -> int | None:
    """Which school week a day falls into; nothing in the holidays."""
    weeks = weeks_of(year)
    monday = monday_of(day)
    return weeks.index(monday) + 1 if monday in weeks else None


def day_of_period(year: SchoolYear, week: int, weekdays: Sequence[int], period: int) -> date | None:
    """The day of the `period`-th lesson of a school week (both from 1); `weekdays`: on which days the class has them.

    Nothing when there is no such week or lesson. A lesson that falls on a day off keeps its day: the school says what then.
    """
    weeks = weeks_of(year)
    if not 1 <= week <= len(weeks) or not 1 <= period <= len(weekdays):
        return None
    return weeks[week - 1] + timedelta(days=sorted(weekdays)[period - 1])


def moved(day: date, then: SchoolYear | None, now: SchoolYear | None) -> date:
    """Where a day of last year's plan falls this year: same school week and weekday where both years are known."""
    week = week_number(then, day) if then else None
    if week is None or now is None or week > len(weeks_of(now)):
        return day + YEAR_OF_WEEKS
    return weeks_of(now)[week - 1] + timedelta(days=day.weekday())


def weeks_later(day: date, weeks: int, year: SchoolYear | None) -> date:
    """So many school weeks on, the same weekday; plain weeks outside the school year or beyond its end."""
    number = week_number(year, day) if year else None
    if year is None or number is None or number + weeks > len(weeks_of(year)):
        return day + weeks * WEEK
    return weeks_of(year)[number + weeks - 1] + timedelta(days=day.weekday())


def read_breaks(text: str) -> tuple[Stretch, ...] | None:
    """Days off, a line each: «01/02/2027 - 14/02/2027», or one day alone. Nothing when a line cannot be read."""
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        days = [_day(part) for part in _DAYS.findall(line)]
        if not 1 <= len(days) <= 2 or None in days or _DAYS.sub("", line).strip(" -–—đến"):
            return None
        found.append(Stretch(days[0], days[-1]))  # type: ignore[arg-type] # no None is left
    return tuple(found)


def last_day(term: Term, year: SchoolYear | None, today: date) -> date:
    """Up to when a register of this term counts what pupils did."""
    if year is None:
        return today
    return min(today, year.first.until_on if term is Term.FIRST else year.second.until_on)


def term_on(year: SchoolYear | None, today: date) -> Term:
    """The register a teacher opens first."""
    if year is None:
        return Term.YEAR
    return Term.FIRST if today < year.second.from_on else Term.SECOND


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


_DAYS = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def _day(text: str) -> date | None:
    day, month, year = (int(part) for part in text.split("/"))
    try:
        return date(year, month, day)
    except ValueError:
        return None
