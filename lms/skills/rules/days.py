"""Days as the rule counts them: calendar days in Vietnam, calendar months, last days included."""

import calendar
from datetime import date, datetime, timedelta, timezone

# A fixed offset, not a time-zone file: Vietnam has kept UTC+7 without summer time since 13 June 1975 (tz database).
LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def months_after(day: date, months: int) -> date:
    """The same day of the month, else the month's last day: 29/02/2028 + 12 months = 28/02/2029."""
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
