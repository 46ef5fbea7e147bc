"""Signing what was seen: eligibility is decided here, with its facts, and an ineligible act leaves nothing behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms import clock
from lms.clock import day_of
from lms.db import db, writes
from lms.people.models import Person
from lms.people.queries import canonical_ids
from lms.refusals import Refusal
from lms.skills.queries import activations
from lms.skills.rules.events import EventType, Line, Mode, ObservationResult
from lms.skills.rules.payloads import result_as_mapping
from lms.skills.rules.rulesets import Calendar
from lms.witnessing.models import Observation
from lms.witnessing.queries import session_open_for
from lms.witnessing.queries.cards import Card, card
from lms.witnessing.queries.facts import Facts, witness_facts
from lms.witnessing.rules.observations import Observation as Seen
from lms.witnessing.rules.observations import observation_problems, read_card

NOT_DECLARED = "Người chứng cần xác nhận mình không phải người nhà của người học."
NOTE_LENGTH = 300


@dataclass(frozen=True)
class Sighting:
    """What a witness saw at one card, as filled in."""

    lines: Mapping[str, int]
    """Rubric id → 0–4."""
    independence: int
    identity_checked: bool
    not_kin: bool
    """The witness declares: not of the learner's family."""
    failed: frozenset[str] = field(default_factory=frozenset)
    """Critical lines on which the dangerous mistake was made."""
    accommodation: str = "none"
    on_real_account: bool = False
    place: str = ""
    note: str = ""
    card_digest: str | None = None
    """Of the wording that was on the page or on paper; empty for the present one."""


@dataclass(frozen=True)
class Signed:
    row: Observation
    card: Card
    is_new: bool
    """False when the same observation had been sent before: it counts once."""


@writes
def sign(
    id: UUID,
    witness_id: int,
    learner_id: int,
    card_id: str,
    seen: Sighting,
    corrects_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Signed:
    """Write an observation, or refuse it with the reason; the same id again gives the row that stands."""
    lock_people([witness_id, learner_id])
    sheet = card(card_id, seen.card_digest)
    known = db.session.get(Observation, id)
    if known is not None:
        return _same(known, witness_id, learner_id, card_id)
    if sheet is None or sheet.retired:
        raise Refusal("Không có phiếu việc này, hoặc phiếu đã thôi dùng. Chọn phiếu khác.", "no-card")
    old = _corrected(corrects_id, witness_id, learner_id, sheet) if corrects_id else None
    _check(sheet, seen)
    now = clock.now()
    window = session_open_for(learner_id, sheet.skill_id, now)
    with_reader = seen.accommodation == "reader"
    facts = witness_facts(witness_id, learner_id, sheet.skill_id, now, window, seen.on_real_account, with_reader)
    if not facts.verdict.eligible:
        raise Refusal(facts.verdict.sentence, facts.verdict.code)
    row = Observation(
        id=id,
        witness_id=witness_id,
        learner_id=learner_id,
        session_id=_session(id, old, window.id if window else None),
        # A correction says better what was seen then: it keeps the moment, and so its place among the tries.
        occurred_at=old.occurred_at if old else min(occurred_at or now, now),
        received_at=now,
        corrects_id=corrects_id,
        **_filled(sheet, seen),
        **_admission(facts, seen),
    )
    db.session.add(row)
    db.session.flush()  # evidence of the same act follows
    return Signed(row, sheet, True)


def evidence_of(signed: Signed) -> dict[str, Any]:
    """The observation as an event of the skill's record."""
    row = signed.row
    failed = set(row.admission["failed"])
    lines = tuple(
        Line(one["id"], one["competency"], row.lines[one["id"]], one["core"], one["critical"], one["id"] in failed)
        for one in signed.card.rubric
    )
    content = {"id": row.card_id, "version": signed.card.body["version"], "digest": row.card_digest}
    seen = ObservationResult(row.identity_checked, lines, row.card_id)
    return as_event(row, content, seen, row.admission["facts"], ruleset_in_force(row.received_at))


def as_event(
    row: Observation, content: Mapping[str, Any], seen: ObservationResult, facts: Mapping[str, Any], ruleset_id: str
) -> dict[str, Any]:
    """A signature as an event: who signed, how far alone it was done, and what was seen of which content."""
    return {
        "type": str(EventType.OBSERVATION),
        "skill_id": row.skill_id,
        "occurred_at": row.occurred_at,
        "received_at": row.received_at,
        "mode": str(Mode.WITNESSED),
        "independence": row.independence,
        "accommodation": row.accommodation,
        "actors": [{"person": row.witness_id, "part": "witness", "as": row.witness_role}],
        "session_id": row.session_id,
        "content": [content],
        "ruleset_id": ruleset_id,
        "result": result_as_mapping(seen),
        "admitted": True,
        "admission": {"reason": "", "facts": facts},
    }


def ruleset_in_force(moment: datetime) -> str:
    """The ruleset pinned to what is signed now; without one nothing can be judged."""
    current = Calendar(activations()).current(day_of(moment))
    if current is None:
        raise Refusal("Chưa có quy tắc nào có hiệu lực. Nhờ quản trị viên xuất bản nội dung.", "no-ruleset")
    return current.id


def _filled(sheet: Card, seen: Sighting) -> dict[str, Any]:
    return {
        "skill_id": sheet.skill_id,
        "card_id": sheet.id,
        "card_digest": sheet.digest,
        "lines": dict(seen.lines),
        "independence": seen.independence,
        "identity_checked": seen.identity_checked,
        "accommodation": seen.accommodation,
        "place": seen.place.strip(),
        "note": seen.note.strip()[:NOTE_LENGTH],
    }


def _admission(facts: Facts, seen: Sighting) -> dict[str, Any]:
    """Who stood where, as text, for whoever looks at it later."""
    verdict = facts.verdict
    kept = {
        **verdict.facts,
        "attested_today": str(len(facts.occasion.attested_today)),
        "real_account": "yes" if seen.on_real_account else "no",
        "declared": "not-kin",
    }
    admission = {"code": verdict.code, "facts": kept, "failed": sorted(seen.failed)}
    return {"witness_role": verdict.facts["role"], "admitted": True, "admission": admission}


def lock_people(person_ids: Iterable[int]) -> None:
    """Two copies of one sheet, or a sixteenth and a fifteenth, may arrive at one instant: one waits for the other."""
    given = list(person_ids)
    ids = sorted({*given, *canonical_ids(given).values()})
    db.session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update(key_share=True))


def _same(known: Observation, witness_id: int, learner_id: int, card_id: str) -> Signed:
    sheet = card(card_id, known.card_digest)
    if (known.witness_id, known.learner_id, known.card_id) != (witness_id, learner_id, card_id) or sheet is None:
        raise Refusal("Mã phiếu này đã dùng. Mở phiếu mới rồi ghi lại.", "taken")
    return Signed(known, sheet, False)


def _corrected(corrects_id: UUID, witness_id: int, learner_id: int, sheet: Card) -> Observation:
    return check_correctable(
        corrects_id, db.session.get(Observation, corrects_id), witness_id, learner_id, sheet.skill_id
    )


def check_correctable(
    corrects_id: UUID, old: Observation | None, witness_id: int, learner_id: int, skill_id: str
) -> Observation:
    """Only by its signer, on its day, once, in its skill."""
    if old is None or old.witness_id != witness_id or old.learner_id != learner_id:
        raise Refusal("Chỉ người đã ký mới sửa được phiếu của mình.", "not-yours")
    if day_of(old.received_at) != clock.today():
        raise Refusal("Phiếu chỉ sửa được trong ngày ký. Cần sửa nữa thì ghi một phiếu mới.", "too-late")
    if old.skill_id != skill_id:
        raise Refusal("Phiếu sửa phải cùng kỹ năng với phiếu cũ.", "other-skill")
    if db.session.scalar(select(Observation.id).where(Observation.corrects_id == corrects_id)):
        raise Refusal("Phiếu này đã sửa một lần. Sửa tiếp ở phiếu mới nhất.", "corrected")
    return old


def _check(sheet: Card, seen: Sighting) -> None:
    if not seen.not_kin:
        raise Refusal(NOT_DECLARED, "not-declared")
    filled = Seen(seen.lines, seen.independence, seen.identity_checked, seen.accommodation, seen.failed)
    problems = observation_problems(read_card(sheet.body), filled)
    if problems:
        raise Refusal(problems[0].sentence, problems[0].code)
    if seen.accommodation not in ("none", "reader"):
        raise Refusal("Cách trợ giúp này không được tính.", "accommodation")


def _session(id: UUID, old: Observation | None, window_id: UUID | None) -> UUID:
    """An act outside any window is a session of its own; a correction stays in the window of the sheet it corrects."""
    if old is not None and old.session_id != old.id:
        return old.session_id
    return id if old is not None else window_id or id
