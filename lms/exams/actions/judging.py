"""What a person thinks of something that looked odd. Nothing else follows: an attempt is voided by an act of its own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lms import clock
from lms.db import db, writes
from lms.exams.models import Judgement
from lms.refusals import Refusal
from lms.vietnamese import clean

VERDICTS = ("nothing", "talked", "voided")
NOTE_LENGTH = 500


@writes
def judge(
    id: UUID, window_id: UUID, finding: str, facts: Mapping[str, Any], verdict: str, note: str, by_id: int
) -> Judgement:
    """Kept with the figures the judge saw; a later one stands beside it. Sent twice it is kept once."""
    known = db.session.get(Judgement, id)
    if known is not None:
        return known
    said = clean(note)
    if verdict not in VERDICTS:
        raise Refusal("Chọn một trong ba ý.", "verdict")
    if not said or len(said) > NOTE_LENGTH:
        raise Refusal(f"Ghi nhận xét, không quá {NOTE_LENGTH} chữ cái.", "note")
    row = Judgement(id=id, window_id=window_id, finding=finding, facts=dict(facts), verdict=verdict, note=said)
    row.by_id, row.at = by_id, clock.now()
    db.session.add(row)
    db.session.flush()  # the page shows it
    return row
