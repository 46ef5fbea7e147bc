"""Who is there and who shares a computer with whom, as a teacher writes it: by numbers of the roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    is_present: bool
    with_number: str = ""
    """As typed; empty for one's own computer, or none."""


@dataclass(frozen=True, slots=True)
class Mark:
    is_present: bool
    with_id: int | None


def read_seats(roster: Sequence[int], seats: Mapping[int, Seat]) -> tuple[dict[int, Mark], dict[int, str]]:
    """Person ids in roster order and what was sent about each → marks, and problems by person.

    Whoever nothing was sent about is absent: an unticked box sends nothing.
    """
    marks: dict[int, Mark] = {}
    problems: dict[int, str] = {}
    for person in roster:
        seat = seats.get(person, Seat(False))
        partner, problem = _partner(person, seat, roster, seats)
        if problem:
            problems[person] = problem
        marks[person] = Mark(seat.is_present, partner)
    return marks, problems


def partner_of(marks: Mapping[int, Mark]) -> dict[int, int]:
    """Person → whom they sit with, said by either of the two; the first word counts."""
    found: dict[int, int] = {}
    for person, mark in marks.items():
        if mark.with_id is not None:
            found.setdefault(person, mark.with_id)
            found.setdefault(mark.with_id, person)
    return found


def _partner(person: int, seat: Seat, roster: Sequence[int], seats: Mapping[int, Seat]) -> tuple[int | None, str]:
    typed = seat.with_number.strip()
    if not typed or not seat.is_present:
        return None, ""
    if not typed.isdecimal() or len(typed) > 3 or not 1 <= int(typed) <= len(roster):
        return None, f"Ghi số từ 1 đến {len(roster)}, theo cột số thứ tự."
    other = roster[int(typed) - 1]
    if other == person:
        return None, "Đây là số của chính người này."
    if not seats.get(other, Seat(False)).is_present:
        return None, f"Số {int(typed)} đang ghi là vắng."
    return other, ""
