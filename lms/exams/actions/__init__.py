"""Every write about an exam: making one of an attended window, its code, presence and extra time."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from lms import clock
from lms.db import db, writes
from lms.exams.models import Exam, Seat
from lms.exams.queries import canonical
from lms.exams.rules.hall import code_problem, extra_problem
from lms.refusals import Refusal
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import people_in

NOT_AN_EXAM = "Bài này chưa chuyển thành buổi thi."


@writes
def make_exam(window: TestWindow, by_id: int) -> Exam:
    """From now on who begins in this window must be present and know the code; what was begun goes on."""
    known = db.session.get(Exam, window.id)
    if known is not None:
        return known
    if window.closes_at <= clock.now() or window.closed_at is not None:
        raise Refusal("Bài kiểm tra này đã đóng. Mở bài mới rồi chuyển thành buổi thi.", "closed")
    exam = Exam(window_id=window.id, by_id=by_id, began_at=clock.now())
    db.session.add(exam)
    db.session.flush()  # its seats and pages follow in the same act
    return exam


@writes
def set_code(window_id: UUID, code_hash: str) -> Exam:
    """A new code, to be entered within ten minutes; the one before is dead at once."""
    exam = locked_exam(window_id)
    exam.code_hash, exam.code_made_at = code_hash, clock.now()
    db.session.flush()  # the code is shown on the page this act answers with
    return exam


@writes
def enter(window_id: UUID, person_id: int, code_hash: str) -> Seat:
    """Somebody gave the code; `person_id` is canonical, and the caller found the window open for them."""
    exam, now = locked_exam(window_id), clock.now()
    seat = _seat(window_id, person_id)
    if seat.entered_at is None:
        why = code_problem(exam.code_hash, exam.code_made_at, code_hash, now)
        if why is not None:
            raise Refusal(why.sentence, why.code)
        seat.entered_at = now
    return seat


@writes
def mark_present(window: TestWindow, present: Collection[int], places: Mapping[int, int | None]) -> int:
    """Who is in the room now, by canonical id, and where they sit; whoever is not ticked is not. Says how many are there."""
    locked_exam(window.id)
    taken = [place for place in places.values() if place is not None]
    if len(set(taken)) < len(taken):
        raise Refusal("Có hai người ghi cùng một số chỗ ngồi. Xem lại số chỗ.", "same-place")
    known, now = {canonical(person) for person in people_in(window)}, clock.now()
    for person_id in sorted(known):
        seat = _seat(window.id, person_id)
        is_there = person_id in present
        if is_there != (seat.present_at is not None):
            seat.present_at = now if is_there else None
        seat.place = places.get(person_id, seat.place)
    return len(known & set(present))


@writes
def give_time(window: TestWindow, person_id: int, minutes: int) -> Seat:
    """More time for one person, on top of the window's; it ends with a window closed by hand."""
    if person_id not in {canonical(person) for person in people_in(window)}:
        raise Refusal("Người này không có tên trong buổi thi.", "not-named")
    locked_exam(window.id)
    seat = _seat(window.id, person_id)
    why = extra_problem(minutes, timedelta(seconds=seat.extra_seconds))
    if why is not None:
        raise Refusal(why.sentence, why.code)
    seat.extra_seconds += minutes * 60
    return seat


def locked_exam(window_id: UUID) -> Exam:
    """The exam on this window, locked; a Refusal where the window is none."""
    found = db.session.get(Exam, window_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise Refusal(NOT_AN_EXAM, "no-exam")
    return found


def _seat(window_id: UUID, person_id: int) -> Seat:
    """The exam's row is locked by every act before it comes here, so a seat is made once."""
    seat = db.session.get(Seat, (window_id, person_id))
    if seat is None:
        seat = Seat(window_id=window_id, person_id=person_id, extra_seconds=0)
        db.session.add(seat)
        db.session.flush()  # the next one who asks for it finds it
    return seat
