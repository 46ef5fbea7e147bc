"""Days and years of birth as people write them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lms.imports.sheets import Cell
from lms.vietnamese import fold, format_date

OLDEST = 115
_LONGEST = 60  # letters looked at
_SERIALS = range(4_000, 60_000)  # 1910 to 2064, counted as Excel counts
_FIRST_DAY = date(1899, 12, 30)
_DAY = re.compile(r"(\d{1,2})\s*[/.\-\\, ]\s*(\d{1,2})\s*[/.\-\\, ]\s*(\d{4})")
_SPOKEN = re.compile(r"(?:sinh )?(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ][\d:.]+z?)?")
_CLOCK = re.compile(r"[ t]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( [ap]m)?$")
_YEAR_ONLY = re.compile(r"(?:nam |sn |sinh nam |khoang |k |~ ?)?(\d{4})(?:\s*\(?\?\)?|[.,]0|\s*\(\d{1,3} tuoi\))?")
_UNKNOWN_DAY = re.compile(r"(?:[0_.x?\-]{1,2}\s*[/.\- ]\s*){2}(\d{4})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})\s*[/.\-]\s*(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")


@dataclass(frozen=True, slots=True)
class Birth:
    """`exact` is the day where known («2013-11-27»), else the year; it goes into keys only and is never stored."""

    year: int | None = None
    exact: str = ""
    what: str = ""
    mend: str = ""
    code: str = ""

    @property
    def full_day(self) -> bool:
        return len(self.exact) > 4


def read_birth(cell: Cell, today: date) -> Birth:
    """The birth in one cell; `code` is empty when it can be used (an empty cell is an empty birth)."""
    if cell.formula:
        return Birth(what="Ô ngày sinh là công thức", mend="Chép ô rồi dán lại dạng giá trị.", code="formula")
    if cell.kind == "error":
        return _fault(cell.text)
    if cell.day is not None:
        # A year typed into a cell that shows days: Excel made 18/05/1905 of 1965.
        typed_year = int(cell.number or 0)
        if cell.day.year < 1910 and today.year - OLDEST <= typed_year <= today.year:
            return _of_year(typed_year, today)
        return _of_day(cell.day, today)
    text = _CLOCK.sub("", fold(cell.text[:_LONGEST])).strip(" .,;'")
    return _read_text(text, cell.text[:_LONGEST], today) if text else Birth()


def read_birth_parts(day: Cell, month: Cell, year: Cell, today: date) -> Birth:
    """Birth in three columns; day and month may be empty."""
    parts = [fold(cell.text) for cell in (day, month, year)]
    if not any(parts):
        return Birth()
    if not parts[0] or not parts[1]:
        return read_birth(year, today)
    written = "/".join(cell.text for cell in (day, month, year))
    return _read_text("/".join(parts), written, today)


def _read_text(text: str, written: str, today: date) -> Birth:
    if match := _UNKNOWN_DAY.fullmatch(text) or _YEAR_ONLY.fullmatch(text):
        return _of_year(int(match[1]), today)
    if match := _DAY.fullmatch(text) or _SPOKEN.fullmatch(text):
        return _of_numbers(int(match[1]), int(match[2]), int(match[3]), written, today)
    if match := _ISO.fullmatch(text):
        return _of_numbers(int(match[3]), int(match[2]), int(match[1]), written, today)
    if (match := _MONTH.fullmatch(text)) and 1 <= int(match[1]) <= 12:
        return _of_year(int(match[2]), today)
    if text.isascii() and text.isdigit() and int(text) in _SERIALS and len(text) == 5:
        return _of_day(_FIRST_DAY + timedelta(days=int(text)), today)
    if _SHORT_YEAR.fullmatch(text):
        mend = "Viết đủ bốn chữ số của năm, ví dụ 05/09/1965."
        return Birth(what=f"Ngày sinh «{written}» chỉ có hai chữ số của năm", mend=mend, code="birth-short-year")
    return _fault(written)


def _of_numbers(day: int, month: int, year: int, written: str, today: date) -> Birth:
    try:
        return _of_day(date(year, month, day), today)
    except ValueError:
        mend = "Viết ngày/tháng/năm, ví dụ 05/09/1965, hoặc chỉ năm sinh."
        if (
            12 < month <= 31
            and 1 <= day <= 12
            and (turned := read_birth(Cell(f"{month}/{day}/{year}", "text"), today)).year
        ):
            mend = f"Có phải {month:02d}/{day:02d}/{turned.year}? {mend}"
        return Birth(what=f"Ngày sinh «{written}» không có thật", mend=mend, code="birth-no-such-day")


def _of_day(day: date, today: date) -> Birth:
    if day > today:
        mend = "Sửa lại ngày sinh theo giấy tờ."
        return Birth(what=f"Ngày sinh {format_date(day)} còn ở phía trước", mend=mend, code="birth-year")
    return Birth(day.year, day.isoformat()) if _sensible(day.year, today) else _bad_year(day.year)


def _of_year(year: int, today: date) -> Birth:
    return Birth(year, str(year)) if _sensible(year, today) else _bad_year(year)


def _sensible(year: int, today: date) -> bool:
    return today.year - OLDEST <= year <= today.year


def _bad_year(year: int) -> Birth:
    return Birth(what=f"Năm sinh {year} không hợp lý", mend="Sửa lại năm sinh theo giấy tờ.", code="birth-year")


def _fault(written: str) -> Birth:
    mend = "Viết ngày/tháng/năm, ví dụ 05/09/1965, hoặc chỉ năm sinh."
    return Birth(what=f"Không hiểu ngày sinh «{written[:40]}»", mend=mend, code="birth-unreadable")
