"""What the lines above a table and the name of its page say: commune, village, class, school, school year."""

import re
from collections.abc import Sequence

from lms.imports.known import unit_key
from lms.imports.pages import Page
from lms.imports.problems import Context, Known
from lms.vietnamese import clean, fold

_CLASS = re.compile(r"\blop\s*:?\s*(\d{1,2}\s?[a-z]?\d{0,2}(?:[./]\d{1,2})?)\b")
_CLASS_ALONE = re.compile(r"(?:lop )?((?:[1-9]|1[0-2])\s?[a-z]\d{0,2}|(?:[1-9]|1[0-2])[./]\d{1,2})")
_YEAR = re.compile(r"(20\d\d)\s*[-–—/]\s*(20\d\d)")
_SCHOOL = re.compile(r"((?:trường|trung tâm)\s.+?)(?:\s*[-–—,;|]\s*|\s+(?:lớp|danh sách|năm học)\b|$)", re.IGNORECASE)
_VILLAGE = re.compile(r"\b((?:thôn|bản|khu phố|tổ dân phố|làng|xóm)\s+(?!/|bản)[^,;:|–()-]+)", re.IGNORECASE)


def class_in(page: Page) -> str:
    """«7A» from «DANH SÁCH HỌC SINH LỚP 7A» or from the page's name."""
    for title in page.titles:
        if match := _CLASS.search(fold(title)):
            return class_name(match[1])
    match = _CLASS_ALONE.fullmatch(fold(page.sheet.name))
    return class_name(match[1]) if match else ""


def class_name(text: str) -> str:
    """«Lớp 7a », «7 A» and «7A» are one class."""
    bare = re.sub(r"^(lớp|lop)\s*:?\s*", "", clean(text), flags=re.IGNORECASE)
    return re.sub(r"\s+", "", bare).upper() if re.match(r"\d", bare) else bare


def school_year_in(page: Page) -> str:
    for title in (*page.titles, page.sheet.name):
        if (match := _YEAR.search(title)) and int(match[2]) == int(match[1]) + 1:
            return f"{match[1]}–{match[2]}"
    return ""


def school_in(page: Page) -> str:
    return next((clean(match[1]) for title in page.titles if (match := _SCHOOL.search(title))), "")


def village_in(page: Page, context: Context) -> str:
    """A village named by the page: a known one first, else what follows «thôn», «bản» …"""
    spoken = [page.sheet.name, *page.titles]
    named = [known for known in context.villages if unit_key(known.name) == unit_key(page.sheet.name)]
    if len(named) == 1:
        return named[0].name
    for text in spoken:
        if known := _longest_known(text, context.villages):
            return known.name
    for text in spoken:
        matches = _VILLAGE.findall(text)
        if matches and not re.search(r"\bthôn\s*/|\bthôn,", text, re.IGNORECASE):
            return _calm(re.sub(r"\s+(xã|phường|thị trấn|huyện|năm|tháng)\b.*", "", matches[-1], flags=re.IGNORECASE))
    return ""


def commune_in(page: Page, context: Context) -> str:
    for text in (*page.titles, page.sheet.name):
        if known := _longest_known(text, context.communes, before=r"(xã|phường|thị trấn|xa|phuong|thi tran)\s+"):
            return known.name
    return ""


def _calm(text: str) -> str:
    """Titles shout: «THÔN MẪU 1» is «Thôn Mẫu 1»."""
    return clean(" ".join(word.capitalize() for word in text.split()) if text.isupper() else text)


def _longest_known(text: str, known: Sequence[Known], before: str = "") -> Known | None:
    found = [unit for unit in known if _is_said(unit, text, before)]
    return max(found, key=lambda unit: len(unit_key(unit.name)), default=None)


def _is_said(unit: Known, text: str, before: str) -> bool:
    pattern = rf"(?<!\w){before}{re.escape(clean(unit.name).casefold())}(?!\w)"
    return re.search(pattern, clean(text).casefold()) is not None
