"""The sheet of a visit somebody goes along with: what a good visit shows, which limits no visit oversteps. Pure.

The six lines are the ten minutes at a door, the limits the three promises made there (content-facts.md E2).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LINES = {
    "asked": "Chào, nói mình là ai, hỏi nhà có tiện không",
    "need": "Hỏi hôm nay nhà cần làm việc gì",
    "one": "Dạy đúng một điều, lời dễ hiểu",
    "hands": "Để người học tự cầm máy, tự bấm",
    "again": "Nhờ làm lại một lần, mình chỉ nhìn",
    "next": "Dặn một câu về lừa đảo và hẹn lần sau",
}
NEEDED = frozenset({"asked", "hands", "again"})
"""Without these it was no visit of ours, however friendly."""
MAY_LACK = 1
LIMITS = {
    "secret": "Cầm hộ, hỏi hay nhìn mật khẩu, mã PIN, mã OTP",
    "papers": "Chụp hay giữ căn cước, giấy tờ của nhà",
    "instead": "Làm thay người học bước chuyển tiền, nộp hồ sơ hay ký",
}
OLDEST = timedelta(days=14)
"""What was seen longer ago is not remembered line by line."""
NOTE_LENGTH = 300
_NUMBERS = re.compile(r"\d(?:[ .\-]?\d){7,}")


@dataclass(frozen=True, slots=True)
class Watched:
    """What somebody who went along says of a visit."""

    lines: Mapping[str, bool]
    failed: frozenset[str] = frozenset()
    not_kin: bool = False
    note: str = ""


def problem(watched: Watched, visited_on: date, today: date) -> str:
    """Why it cannot be signed so, as a code; empty when it can."""
    if not visited_on <= today <= visited_on + OLDEST:
        return "too-old"
    if watched.lines.keys() != LINES.keys():
        return "lines"
    if not watched.failed <= LIMITS.keys():
        return "limits"
    if not watched.not_kin:
        return "not-declared"
    if len(watched.note) > NOTE_LENGTH:
        return "long"
    return "numbers" if _NUMBERS.search(watched.note) else ""


def passes(watched: Watched) -> bool:
    """Good enough for the road: the three needed lines and no more than one of the others missing, no limit overstepped."""
    missing = {line for line in LINES if not watched.lines.get(line)}
    return not watched.failed and not missing & NEEDED and len(missing) <= MAY_LACK
