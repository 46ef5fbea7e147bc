"""Who in a class needs help today, the class of the next year, the paper to another school; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

SILENT_DAYS = 12
STOPPED_DAYS = 5
TRANSFER_LASTS = timedelta(days=30)
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of codes on paper: nothing that is mistaken for something else."""
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Given:
    """An assigned module as far as one pupil has come."""

    title: str
    given_on: date
    due_on: date
    steps: int
    read: int
    id: int = 0
    """Of the assignment."""

    @property
    def is_read(self) -> bool:
        return self.steps > 0 and self.read >= self.steps


@dataclass(frozen=True, slots=True)
class Tried:
    """The latest recorded test of a skill."""

    skill: str
    passed: bool


def needs_help(
    given: Sequence[Given], tried: Sequence[Tried], last_seen: date | None, today: date, joined_on: date = date.min
) -> str:
    """The first thing a teacher should look at, or nothing. Work whose day was over when somebody joined is not late."""
    for test in tried:
        if not test.passed:
            return f"Bài kiểm tra {test.skill} chưa đạt"
    for one in given:
        if joined_on <= one.due_on < today and not one.is_read:
            return f"Quá hạn «{one.title}»"
    for one in given:
        if 0 < one.read < one.steps and last_seen and (today - last_seen).days >= STOPPED_DAYS:
            return f"Dừng ở bước {one.read} của «{one.title}» từ {last_seen:%d/%m/%Y}"
    since = max([last_seen or date.min, joined_on, *(one.given_on for one in given)]) if given else today
    waiting = [one for one in given if not one.is_read]
    if waiting and (today - since).days >= SILENT_DAYS:
        return f"Chưa vào học {(today - since).days} ngày"
    return ""


def own_name(words: str) -> str:
    """«Lớp tối Thôn Mẫu 1» → «tối Thôn Mẫu 1»: every page says «Lớp» before it."""
    return re.sub(r"^lớp\s+(?=\S)", "", words, flags=re.IGNORECASE)


def next_name(name: str) -> str:
    """7A → 8A; a name without a number of its own stays."""
    found = re.match(r"\d+", name)
    return f"{int(found[0]) + 1}{name[found.end() :]}" if found and int(found[0]) < 12 else name


def next_year(school_year: str) -> str:
    """2026–2027 → 2027–2028; empty stays empty."""
    years = re.fullmatch(r"(20\d\d)[–-](20\d\d)", school_year)
    return f"{int(years[1]) + 1}–{int(years[2]) + 1}" if years else ""


def code_digest(code: str) -> str:
    """The same for every way of writing it: small letters, spaces, dashes."""
    return sha256(re.sub(r"[^0-9A-Z]", "", code.upper()).encode()).hexdigest()
