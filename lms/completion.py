"""The stairs: what follows when somebody finishes something. A story, read from top to bottom; no signals, no bus.

1 the fact is appended (evidence) · 2 the person's skill spells are concluded afresh · 3 so are the households they ever
lived in · 4 certificates come later · 5 roll-ups are folded outside the request from what changed.
Web forms, hand-overs and devices call the same functions; late, doubled or shuffled facts end in the same state.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from lms import clock
from lms.db import db, fetch, writes
from lms.exams.queries.admitting import admit, place_of
from lms.exams.queries.timing import overdue, sitting_statement, window_from
from lms.exams.rules.hall import may_go_on
from lms.households.actions.concluding import conclude as conclude_households
from lms.households.models import Member
from lms.people import actions as people
from lms.people.models import Person
from lms.people.queries import canonical_id, canonical_ids
from lms.practice import actions as practice
from lms.practice.actions import Sent
from lms.practice.models import PracticeTrace
from lms.practice.rules.tickets import Ticket
from lms.quizzes import actions as quizzes
from lms.quizzes.models import Attempt, Placement, Quiz
from lms.quizzes.queries import Sheet, own_form
from lms.quizzes.queries.placing import items_of, standing_of
from lms.quizzes.rules.attempts import Window
from lms.quizzes.rules.placement import Outcome
from lms.quizzes.rules.results import Scored
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills import actions as skills
from lms.skills.actions import conclude as conclude_people
from lms.skills.rules.events import EventType, ItemScore, Mode, QuizResult, RevokeResult
from lms.skills.rules.payloads import result_as_mapping
from lms.witnessing.actions.observing import Sighting, evidence_of, ruleset_in_force, sign
from lms.witnessing.actions.practising import note_place
from lms.witnessing.actions.runs import evidence_of_run
from lms.witnessing.models import Observation, TestWindow
from lms.witnessing.queries import open_window_for

__all__ = [
    "answer_placement",
    "begin_attempt",
    "conclude_households",
    "conclude_people",
    "evidence_came",
    "finish_attempt",
    "flag_question",
    "hand_in",
    "lapse_overdue",
    "link_confirmed",
    "link_undone",
    "recompute",
    "record_observation",
    "record_practice",
    "rest",
    "revoke_corrected",
    "save_answers",
    "together",
]

NO_ATTEMPT = "Không tìm thấy bài làm này."


@writes
def evidence_came(id: UUID, person_id: int, **fields: Any) -> bool:
    """One event about one person; False when it was known already. All that follows happens in the same transaction."""
    if not skills.record_evidence(id, person_id=person_id, **fields):
        return False
    recompute([person_id])
    return True


@writes
def recompute(person_ids: Iterable[int]) -> None:
    """Conclude these people and every household they ever lived in, afresh from the facts."""
    waiting = db.session().info.get("concluding_later")
    if waiting is not None:
        waiting.update(person_ids)
        return
    ids = sorted(set(person_ids))
    changed = skills.conclude(ids)
    if changed:
        conclude_households(_households_of(sorted(changed)))


@contextmanager
def together() -> Iterator[None]:
    """Conclude once, at the end, for everybody touched meanwhile: the acts of one occasion, in one transaction.

    Whoever must be found proficient within the occasion has to be concluded before it.
    """
    info = db.session().info
    if "concluding_later" in info:
        yield
        return
    touched: set[int] = set()
    info["concluding_later"] = touched
    try:
        yield
    finally:
        del info["concluding_later"]
    recompute(touched)


@writes
def link_confirmed(school: Person, commune: Person, recorded_by: int | None) -> None:
    """The school's pupil and the commune's member are one: their evidence counts together from now on."""
    people.confirm_link(school, commune, recorded_by)
    db.session.flush()  # canonical ids are read next
    recompute([school.id, commune.id])


@writes
def link_undone(school: Person, recorded_by: int | None) -> None:
    """Both stand alone again."""
    commune_id = people.undo_link(school, recorded_by).commune_person_id
    db.session.flush()  # canonical ids are read next
    recompute([school.id, commune_id])


@writes
def begin_attempt(
    id: UUID,
    person_id: int,
    quiz_id: str,
    seed: str,
    *,
    host_id: int | None = None,
    accommodation: str = "none",
) -> Attempt:
    """Start a test inside the window open for this person, or come back to the attempt that is open.

    An attempt left in a window that is over is closed first, as it stands: it was used.
    """
    now = clock.now()
    for left in overdue(now, quizzes.GRACE, canonical_id(person_id), quiz_id):
        finish_attempt(left)
    window = open_window_for(person_id, quiz_id, now)
    is_exam = window is not None and admit(window.id, canonical_id(person_id), quiz_id, host_id is not None)
    return quizzes.start_attempt(
        id,
        person_id,
        quiz_id,
        seed=seed,
        session_id=window.id if window else None,
        host_id=host_id,
        accommodation=accommodation,
        is_exam=is_exam,
        attended_by=window.opener_id if window else None,
    )


@writes
def save_answers(attempt_id: UUID, reader_id: int, answers: Mapping[str, Answer], sent_id: UUID) -> datetime | None:
    """Keep answers as given; where the window is over the attempt is closed as it stands instead, and the moment told."""
    found = fetch(_OWN_HOURS, attempt=attempt_id, reader=reader_id)
    form = own_form(attempt_id, reader_id)
    if not found or form is None:
        raise Refusal(NO_ATTEMPT, "no-attempt")
    attempt_closed_at: datetime | None
    started_at, attempt_closed_at, *window_times = found[0]
    window = window_from(started_at, window_times, clock.now())
    if attempt_closed_at is None and clock.now() >= window.closes_at + quizzes.GRACE:
        attempt_closed_at = finish_attempt(attempt_id).closed_at
    else:
        quizzes.save_answers(Sheet(attempt_id, form), answers, window, sent_id)
    return attempt_closed_at


@writes
def flag_question(attempt_id: UUID, reader_id: int, item_id: str, is_up: bool) -> None:
    """Mark a question «xem lại sau», or take the mark away."""
    quizzes.flag(_sitting(attempt_id, reader_id)[0], item_id, is_up)


@writes
def rest(attempt_id: UUID, reader_id: int, is_resting: bool) -> Attempt:
    """Pause, or go on, while the window is open; after it the attempt is closed as it stands."""
    attempt, window = _sitting(attempt_id, reader_id)
    if attempt.closed_at is None and clock.now() >= window.closes_at + quizzes.GRACE:
        return finish_attempt(attempt_id)
    if not is_resting and (why := may_go_on(place_of(attempt.session_id, reader_id))):
        raise Refusal(why.sentence, why.code)
    (quizzes.pause if is_resting else quizzes.resume)(attempt, window)
    return attempt


@writes
def finish_attempt(attempt_id: UUID, reader_id: int | None = None) -> Attempt:
    """Hand an attempt in, or let it lapse where its window is over: marked by rules, kept as evidence, concluded.

    The observers' test is closed and marked, but is no evidence. Finishing twice is finishing once.
    """
    attempt, window = _sitting(attempt_id, reader_id)
    if attempt.closed_at is not None:
        return attempt
    now = clock.now()
    has_lapsed = now >= window.closes_at + quizzes.GRACE
    return hand_in(attempt, window.closes_at if has_lapsed else now, has_lapsed)


@writes
def hand_in(attempt: Attempt, at: datetime, has_lapsed: bool = False) -> Attempt:
    """Close an attempt as ended at that moment, on a screen or on paper: the one act of marking."""
    now = clock.now()
    marks = quizzes.close_attempt(attempt, at, has_lapsed)
    skill_id = db.session.get_one(Quiz, attempt.quiz_id).skill_id  # known since it was marked
    if skill_id is not None:
        evidence_came(attempt.id, attempt.person_id, skill_id=skill_id, **_attempt_as_evidence(attempt, marks, now))
    return attempt


@writes
def answer_placement(placement_id: UUID, reader_id: int, answers: Mapping[str, Answer | None]) -> Placement:
    """Keep answers of one's own placement in the order asked; once it is over it is stored as inferred evidence.

    That evidence says which lessons may be skipped. It is not admitted, and the rule of proficiency never reads its kind.
    """
    row = db.session.get(Placement, placement_id, with_for_update=True)
    if row is None or canonical_id(row.person_id) != reader_id:
        raise Refusal("Không tìm thấy bài xếp chỗ này.", "no-placement")
    items, found = items_of(row), standing_of(row)
    was_open = row.closed_at is None
    while found.next is not None and found.next.item in answers:
        item = items[found.next.item]
        found = quizzes.answer_placement(row, item, answers[item.id])
    if was_open and found.is_over:
        evidence_came(row.id, row.person_id, skill_id=row.skill_id, **_placement_as_evidence(row, found))
    return row


@writes
def lapse_overdue(now: datetime) -> int:
    """Close every attempt whose window is over; says how many. For upkeep."""
    late = overdue(now, quizzes.GRACE)
    for attempt_id in late:
        finish_attempt(attempt_id)
    return len(late)


@writes
def record_observation(
    id: UUID,
    witness_id: int,
    learner_id: int,
    card_id: str,
    seen: Sighting,
    *,
    corrects_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Observation:
    """A witness signs what was seen at a task card, or is refused with the reason; sent twice it counts once.

    A correction is a new observation; the old one's evidence is revoked by its signer in the same act.
    """
    signed = sign(id, witness_id, learner_id, card_id, seen, corrects_id, occurred_at)
    if not signed.is_new:
        return signed.row
    if corrects_id is not None:
        revoke_corrected(signed.row, corrects_id)
    evidence_came(id, learner_id, **evidence_of(signed))
    return signed.row


@writes
def record_practice(practice_id: str, person_id: int, ticket: Ticket | None, sent: Sent) -> PracticeTrace:
    """A run of a simulator came in: replayed, kept, and where it is accepted it is evidence, passed or not."""
    kept = practice.keep_trace(practice_id, person_id, ticket, sent)
    if kept.is_new and kept.replay is not None and kept.spec is not None:
        evidence_came(kept.row.id, person_id, **evidence_of_run(kept.row, kept.replay, kept.spec, ticket))
        note_place(person_id, practice_id, None)
    return kept.row


@writes
def revoke_corrected(row: Observation, old_id: UUID) -> None:
    """The evidence of what a correction corrects, by its own signer."""
    skills.record_evidence(
        uuid5(row.id, "revoke"),
        person_id=row.learner_id,
        skill_id=row.skill_id,
        type=str(EventType.REVOKE),
        occurred_at=row.received_at,
        received_at=row.received_at,
        mode=str(Mode.WITNESSED),
        actors=[{"person": row.witness_id, "part": "signer", "as": row.witness_role}],
        ruleset_id=ruleset_in_force(row.received_at),
        result=result_as_mapping(RevokeResult((str(old_id),))),
        admitted=True,
        admission={"reason": "corrected", "facts": {"by": str(row.id)}},
    )


_OWN_HOURS = sitting_statement(Attempt.started_at, Attempt.closed_at)
_OWN_SITTING = sitting_statement(Attempt).execution_options(populate_existing=True)
_ANY_SITTING = sitting_statement(Attempt, of_reader=False).execution_options(populate_existing=True)


def _sitting(attempt_id: UUID, reader_id: int | None) -> tuple[Attempt, Window]:
    """The attempt, locked, and when it may be worked on. `reader_id` is the canonical person whose it must be."""
    if reader_id is None:
        found: Any = db.session.execute(_ANY_SITTING, {"attempt": attempt_id}).first()
    else:
        found = db.session.execute(_OWN_SITTING, {"attempt": attempt_id, "reader": reader_id}).first()
    if found is None:
        raise Refusal(NO_ATTEMPT, "no-attempt")
    attempt, *window_times = found
    return attempt, window_from(attempt.started_at, window_times, clock.now())


def _attempt_as_evidence(attempt: Attempt, marks: Sequence[Scored], now: datetime) -> dict[str, Any]:
    window = db.session.get(TestWindow, attempt.session_id)
    actors = [{"person": window.opener_id, "part": "opener", "as": window.opener_role}] if window else []
    if attempt.host_id is not None:
        actors.append({"person": attempt.host_id, "part": "host", "as": "host"})
    items = tuple(ItemScore(one.item, one.right, one.critical, one.digest, one.options) for one in marks)
    return {
        "type": str(EventType.QUIZ),
        "occurred_at": attempt.closed_at,
        "received_at": now,
        "mode": attempt.mode,
        "accommodation": attempt.accommodation,
        "actors": actors,
        "session_id": attempt.session_id,
        "content": [{"id": one.item, "version": one.digest, "digest": one.digest} for one in marks],
        "ruleset_id": attempt.ruleset_id,
        "result": result_as_mapping(QuizResult(items)),
        "admitted": attempt.admitted,
        "admission": attempt.admission,
    }


def _placement_as_evidence(row: Placement, found: Outcome) -> dict[str, Any]:
    return {
        "type": str(EventType.INFERRED),
        "occurred_at": row.closed_at,
        "received_at": row.closed_at,
        "mode": str(Mode.UNATTENDED),
        "content": [{"id": item, "version": digest, "digest": digest} for item, digest in row.digests.items()],
        "ruleset_id": "placement",
        "result": {"held": found.held, "open": found.open, "stopped_early": found.stopped_early, "asked": found.asked},
        "admitted": False,
        "admission": {"reason": "placement", "facts": {"on_paper": row.on_paper}},
    }


def _households_of(person_ids: Sequence[int]) -> list[int]:
    canonical = set(canonical_ids(person_ids).values()) | set(person_ids)
    wanted = select(Member.household_id).where(Member.person_id.in_(canonical)).distinct().order_by(Member.household_id)
    return list(db.session.scalars(wanted))
