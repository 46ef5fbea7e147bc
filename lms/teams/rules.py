"""What a membership of a team may be, when it may end, and which villages pass to whoever takes over."""

from collections.abc import Iterable
from datetime import date

ROLES = {"team-member": "Thành viên", "team-leader": "Tổ trưởng"}
KINDS = {
    "cong-dong": "Người của thôn, xã",
    "doan-vien": "Đoàn viên thanh niên",
    "doanh-nghiep": "Người do doanh nghiệp cử",
}
"""Where a member comes from (the order's 1b: youth-union members as the core; 1c: businesses send skilled contacts)."""


def kind_problem(kind: str, organisation: str) -> str:
    """Why a member cannot be entered so; empty when they can. A business contact stands for a business: say which."""
    if kind not in KINDS:
        return "kind"
    return "no-organisation" if kind == "doanh-nghiep" and not organisation else ""


def leaving_problem(began: date, on_day: date, today: date) -> str:
    """Why a membership cannot end on that day; empty when it can. On its first day it may: then it never was."""
    if on_day > today:
        return "not-yet"
    return "before-it-began" if on_day < began else ""


def passing_on(held: Iterable[int], already: Iterable[int]) -> list[int]:
    """The villages whoever takes over gets anew: all that were held but those they look after already."""
    return sorted(set(held) - set(already))
