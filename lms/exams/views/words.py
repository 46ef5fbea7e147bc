"""The board in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from lms.clock import VIETNAM
from lms.exams import queries


def words_of(row: queries.Row) -> str:
    words: dict[str, str] = {
        "absent": _("chưa có mặt"),
        "no-code": _("có mặt, chưa nhập mã"),
        "ready": _("chưa bắt đầu"),
        "working": _("đang làm"),
        "resting": _("đang nghỉ"),
        "held": _("đang bị tạm dừng"),
        "done": _("đã nộp"),
        "void": _("bài bị huỷ"),
    }
    return words[row.state]


def told(rows: Sequence[queries.Row]) -> str:
    found = Counter(row.state for row in rows)
    begun = sum(row.attempt is not None for row in rows)
    there = len(rows) - found["absent"]
    sentence: str = _(
        "%(there)s/%(all)s có mặt · %(begun)s đã bắt đầu · %(working)s đang làm · %(done)s đã nộp",
        there=there, all=len(rows), begun=begun, done=found["done"],
        working=found["working"] + found["resting"] + found["held"],
    )  # fmt: skip
    return sentence


def hour(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M:%S") if moment else ""
