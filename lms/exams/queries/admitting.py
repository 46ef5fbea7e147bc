"""Whether somebody may begin in a window that became an exam."""

from uuid import UUID

from lms.exams.queries import hall_of
from lms.exams.rules.hall import Place, may_begin
from lms.quizzes.queries import open_attempt
from lms.refusals import Refusal


def admit(window_id: UUID, canonical_id: int, quiz_id: str, is_handed_over: bool) -> bool:
    """Whether the window is an exam; a Refusal where this person may not begin in it. What is begun can be gone on with."""
    hall = hall_of(window_id, canonical_id)
    if hall is None or hall.exam is None:
        return False
    why = may_begin(hall.place, is_handed_over)
    if why is not None and open_attempt(canonical_id, quiz_id) is None:
        raise Refusal(why.sentence, why.code)
    return True


def place_of(window_id: UUID, canonical_id: int) -> Place:
    """Where somebody stands with the exam of a window; without an exam nothing is held."""
    hall = hall_of(window_id, canonical_id)
    return hall.place if hall else Place()
