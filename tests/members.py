"""Members of teams for tests: the parts of the road as they stand stored, and a certificate whose way is not the matter."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from lms import clock
from lms.certificates import keys
from lms.certificates.models import Certificate, CertificateBatch
from lms.certificates.rules.codes import code_of
from lms.db import db, writes
from lms.people.models import Person
from lms.quizzes.models import Attempt, Quiz
from lms.roads.rules.watching import LINES
from lms.teams.models import ObservedVisit

QUIZZES = {"lesson": ("nguoi-chung", "observer"), "exam": ("thanh-vien-to", "team")}


@writes
def pass_part(person_id: int, part: str, day: date | None = None, by: int | None = None) -> UUID:
    """One part of the road passed on a day; `by` attended the exam or went along on the visit."""
    at = clock.start_of(day or clock.today()) + timedelta(hours=8)
    if part == "visit":
        return _watched(person_id, by or person_id, at)
    quiz, kind = QUIZZES[part]
    if db.session.get(Quiz, quiz) is None:
        db.session.add(Quiz(id=quiz, kind=kind, skill_id=None, title=quiz))
        db.session.flush()
    row = Attempt(
        id=uuid4(), person_id=person_id, quiz_id=quiz, seed="0", form=[], ruleset_id="r2026.0", session_id=uuid4(),
        mode="proctored" if part == "exam" else "unattended", attended_by=by, admitted=True, started_at=at,
        closed_at=at, result={"passed": True},
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def pass_parts(person_id: int, by: int, day: date | None = None) -> None:
    for part in ("lesson", "exam", "visit"):
        pass_part(person_id, part, day, by)


@writes
def certify(person_id: int, unit_id: int, signer_id: int, last_day: date | None = None) -> Certificate:
    """A members' certificate as it stands in the register, for those whose way to it is not the matter of the test."""
    now, today = clock.now(), clock.today()
    batch = CertificateBatch(
        id=uuid4(), unit_id=unit_id, kind="member", title="Tổ", proposed_by=signer_id, proposed_at=now, order_key=0,
        order_tie=0, state="signed",
    )  # fmt: skip
    key = keys.key_for_signing(now)
    db.session.add(batch)
    db.session.flush()
    row = Certificate(
        batch_id=batch.id, person_id=person_id, kind="member", code=code_of(person_id), unit_id=unit_id, year=2020,
        number=person_id, name=db.session.get_one(Person, person_id).full_name, name_key="", search_key="",
        body={"issuer": "Xã Mẫu", "skills": [], "office": "", "signer": ""}, events=[], issued_on=today,
        last_day=last_day or today + timedelta(days=300), signed_by=signer_id, signed_at=now, key_id=key.id, seal="",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _watched(member_id: int, observer_id: int, at) -> UUID:
    row = ObservedVisit(
        id=uuid4(), member_id=member_id, observer_id=observer_id, observer_role="teacher", visit_id=uuid4(),
        visited_on=clock.day_of(at), lines=dict.fromkeys(LINES, True), failed=[], passed=True, note="", occurred_at=at,
        received_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id
