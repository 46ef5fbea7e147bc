"""Every write about quizzes: beginning an attempt, appending its steps, closing it, and answers to inline checks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert, select

from lms import clock
from lms.db import db, writes
from lms.people.models import Person
from lms.people.queries import canonical_id as canonical_of
from lms.quizzes import queries
from lms.quizzes.models import Attempt, AttemptStep, Placement, PlacementAnswer, PracticeAnswer, Quiz
from lms.quizzes.queries import placing
from lms.quizzes.rules.attempts import StepKind, Window, may_answer, may_resume
from lms.quizzes.rules.drawing import Form, NoFormError, draw, form_to_json
from lms.quizzes.rules.items import answer_to_json, grade
from lms.quizzes.rules.placement import Outcome
from lms.quizzes.rules.regrading import voided_in
from lms.quizzes.rules.results import Scored, result, result_to_json, scores
from lms.quizzes.rules.shapes import Answer, Item, Problem
from lms.refusals import Refusal
from lms.skills.rules.rulesets import Ruleset

GRACE = timedelta(seconds=60)
"""An answer on its way when the window closes is still taken; nothing is begun or resumed in it."""
MEMORY = timedelta(days=180)
"""Questions met this lately are left out of a new form where a form can be made without them."""
MOST_STEPS = 1000
"""Far above what a test of 15 questions needs; it stops a script from filling the table."""


_ADD_STEPS = insert(AttemptStep.__table__)  # type: ignore[arg-type]

ONLY_AN_EXAM = "Bài này chỉ làm trong buổi thi. Nhờ người coi chuyển bài thành buổi thi, điểm danh rồi đọc mã."


@writes
def start_attempt(
    id: UUID,
    person_id: int,
    quiz_id: str,
    *,
    seed: str,
    session_id: UUID | None = None,
    host_id: int | None = None,
    accommodation: str = "none",
    is_exam: bool = False,
    attended_by: int | None = None,
) -> Attempt:
    """The open attempt if there is one, else a new one with a form of its own; refused without consent or too soon.

    `session_id` is the attended window, which the caller found open; only the observers' test goes without.
    """
    canonical = canonical_of(person_id)
    # Lock first, read second: fifty starts at one instant leave one attempt.
    db.session.execute(select(Person.id).where(Person.id == canonical).with_for_update(key_share=True))
    begun = _begun(id, canonical, quiz_id)
    if begun is not None:
        return begun
    test, now = _test(quiz_id), clock.now()
    admission = _admission(test, canonical, session_id, now)
    if test.kind == "team" and not is_exam:
        raise Refusal(ONLY_AN_EXAM, "no-exam")
    attempt = Attempt(id=id, person_id=person_id, quiz_id=test.id, open_key=f"{canonical}:{test.id}", started_at=now)
    attempt.host_id, attempt.accommodation, attempt.attended_by = host_id, accommodation, attended_by
    attended = "proctored" if is_exam else "witnessed"
    attempt.session_id, attempt.mode = session_id or id, attended if session_id else "unattended"
    attempt.admitted, attempt.admission = True, admission
    _deal(attempt, test, canonical, seed)
    _begin(attempt)
    return attempt


@writes
def start_on_paper(
    id: UUID,
    person_id: int,
    quiz_id: str,
    form: Sequence[dict[str, Any]],
    ruleset_id: str,
    session_id: UUID,
    at: datetime,
    *,
    attended_by: int,
    is_exam: bool = False,
) -> Attempt:
    """An attempt sat on paper at that moment, with the printed form; the same consent and limits hold."""
    canonical = canonical_of(person_id)
    db.session.execute(select(Person.id).where(Person.id == canonical).with_for_update(key_share=True))
    known = db.session.get(Attempt, id)
    if known is not None:
        return _same(known, canonical)
    if queries.open_attempt(canonical, quiz_id) is not None:
        raise Refusal("Người này đang làm dở bài này trên máy.", "open")
    test = _test(quiz_id)
    if test.kind == "team" and not is_exam:
        raise Refusal(ONLY_AN_EXAM, "no-exam")
    admission = _admission(test, canonical, session_id, at)
    attempt = Attempt(id=id, person_id=person_id, quiz_id=test.id, open_key=f"{canonical}:{test.id}", started_at=at)
    attempt.seed, attempt.form, attempt.ruleset_id = "", list(form), ruleset_id
    attempt.session_id, attempt.mode, attempt.on_paper = session_id, "witnessed", True
    attempt.attended_by = attended_by
    attempt.admitted, attempt.admission = True, admission
    _begin(attempt)
    return attempt


@writes
def answer_on_paper(attempt: Attempt, answers: Mapping[str, Answer], at: datetime) -> None:
    """The marks of an answer sheet, each as a step; how long each took nobody knows."""
    items = {item.id: item for item in queries.form_items(attempt)}
    rows = [
        _step(attempt, n, StepKind.ANSWER, at, uuid5(attempt.id, f"paper/{id}"), id, answer_to_json(items[id], answer))
        for n, (id, answer) in enumerate(answers.items(), 2)
    ]
    if rows:
        db.session.connection().execute(_ADD_STEPS, rows)


@writes
def save_answers(attempt: queries.Sheet, answers: Mapping[str, Answer], window: Window, sent_id: UUID) -> bool:
    """Keep these answers as given, each as a step; what was sent before under the same id, or says nothing new, is not.

    False when nothing had to be kept.
    """
    progress = queries.progress_of(attempt.id)
    now = clock.now()
    fresh = {item: id for item in answers if (id := uuid5(attempt.id, f"{sent_id}/{item}")) not in progress.step_ids}
    if not fresh:
        return False
    _refuse(may_answer(progress.state, window, now, GRACE))
    items = {item.id: item for item in queries.form_items(attempt)}
    said = {item: answer_to_json(items[item], answers[item]) for item in fresh}
    changed = [item for item in fresh if progress.state.answers.get(item) != said[item]]
    _check_room(progress.last_n + len(changed))
    rows = [
        _step(attempt, progress.last_n + place, StepKind.ANSWER, now, fresh[item], item, said[item])
        for place, item in enumerate(changed, 1)
    ]
    if rows:
        db.session.connection().execute(_ADD_STEPS, rows)
    return bool(rows)


@writes
def flag(attempt: Attempt, item_id: str, is_up: bool) -> None:
    """Mark a question «xem lại sau», or take the mark away. It changes nothing in the result."""
    progress = queries.progress_of(attempt.id)
    if progress.state.is_closed or (item_id in progress.flagged) == is_up:
        return
    _check_room(progress.last_n + 1)
    n = progress.last_n + 1
    kind = queries.FLAG if is_up else queries.UNFLAG
    db.session.execute(
        insert(AttemptStep), [_step(attempt, n, kind, clock.now(), uuid5(attempt.id, f"flag/{n}"), item_id, None)]
    )


@writes
def pause(attempt: Attempt, window: Window) -> None:
    """Rest; what was saved is kept. Pausing twice is pausing once."""
    progress = queries.progress_of(attempt.id)
    if progress.state.standing != "paused":
        _refuse(may_answer(progress.state, window, clock.now()))
        _check_room(progress.last_n + 1)
        n = progress.last_n + 1
        _append(attempt, n, StepKind.PAUSE, clock.now(), uuid5(attempt.id, f"pause/{n}"))


@writes
def resume(attempt: Attempt, window: Window) -> None:
    """Go on, on this device or another, while the window is open."""
    progress = queries.progress_of(attempt.id)
    _refuse(may_resume(progress.state, window, clock.now()))
    if progress.state.standing == "paused":
        n = progress.last_n + 1
        _append(attempt, n, StepKind.RESUME, clock.now(), uuid5(attempt.id, f"resume/{n}"))


@writes
def close_attempt(attempt: Attempt, at: datetime, has_lapsed: bool) -> tuple[Scored, ...]:
    """End it, mark it by its pinned questions and ruleset, and keep the result; gives each question's mark."""
    progress = queries.progress_of(attempt.id)
    kind = StepKind.LAPSE if has_lapsed else StepKind.FINISH
    _append(attempt, progress.last_n + 1, kind, at, uuid5(attempt.id, "close"))
    form = queries.form_items(attempt)
    ruleset = _ruleset(queries.ruleset_named(attempt.ruleset_id))
    pass_mark = queries.pass_mark(_test(attempt.quiz_id), ruleset)
    voided = voided_in([(item.id, item.digest) for item in form], queries.voided_items())
    attempt.result = result_to_json(result(form, progress.state, pass_mark, voided))
    attempt.closed_at = at
    attempt.open_key = None
    db.session.flush()  # who reads the result next must find it
    return scores(form, progress.state)


@writes
def answer_practice(id: UUID, person_id: int, item: Item, answer: Answer) -> bool:
    """Keep an answer to an inline check, for progress only; False when it was sent before."""
    if db.session.get(PracticeAnswer, id) is not None:
        return False
    db.session.add(
        PracticeAnswer(
            id=id,
            person_id=person_id,
            item_id=item.id,
            digest=item.digest,
            answer=answer_to_json(item, answer),
            is_right=grade(item, answer).right,
            at=clock.now(),
        )
    )
    return True


@writes
def start_placement(id: UUID, person_id: int, skill_id: str, seed: str, *, on_paper: bool = False) -> Placement:
    """The open placement of this skill if there is one, else a new one; on paper always one of its own."""
    canonical = canonical_of(person_id)
    db.session.execute(select(Person.id).where(Person.id == canonical).with_for_update(key_share=True))
    begun = placing.open_placement(canonical, skill_id) if not on_paper else db.session.get(Placement, id)
    if begun is not None:
        return begun
    items = placing.questions_of(skill_id)
    pairs = placing.pairs_for(items, seed)
    if not pairs:
        raise Refusal("Kỹ năng này chưa đủ câu hỏi để xếp chỗ. Bắt đầu từ bài đầu tiên.", "no-questions")
    row = Placement(id=id, person_id=person_id, skill_id=skill_id, seed=seed, on_paper=on_paper, started_at=clock.now())
    row.open_key = None if on_paper else f"{canonical}:{skill_id}"
    row.pairs = [asdict(pair) for pair in pairs]
    row.digests = {item: items[item].digest for pair in pairs for item in (pair.first, pair.second)}
    db.session.add(row)
    db.session.flush()  # its answers name it
    return row


@writes
def answer_placement(placement: Placement, item: Item, answer: Answer | None) -> Outcome:
    """Keep an answer («Tôi chưa biết» is one) and say where it stands; a second one to the same question is not kept."""
    if placement.closed_at is None and not placing.answer_known(placement.id, item.id):
        db.session.add(
            PlacementAnswer(
                id=uuid5(placement.id, item.id),
                placement_id=placement.id,
                item_id=item.id,
                answer=None if answer is None else answer_to_json(item, answer),
                is_right=grade(item, answer).right,
                at=clock.now(),
            )
        )
        db.session.flush()  # where it stands is read next
    found = placing.standing_of(placement)
    if found.is_over and placement.closed_at is None:
        placement.closed_at, placement.open_key = clock.now(), None
    return found


def _test(quiz_id: str) -> Quiz:
    found = queries.quiz(quiz_id)
    if found is None:
        raise Refusal("Không có bài kiểm tra này.", "no-quiz")
    return found


def _ruleset(found: Ruleset | None) -> Ruleset:
    if found is None:
        raise Refusal("Chưa có bộ quy tắc nào có hiệu lực nên chưa mở được bài kiểm tra.", "no-ruleset")
    return found


def _begin(attempt: Attempt) -> None:
    db.session.add(attempt)
    db.session.flush()  # its steps name it
    _append(attempt, 1, StepKind.START, attempt.started_at, uuid5(attempt.id, "start"))


def _begun(id: UUID, canonical: int, quiz_id: str) -> Attempt | None:
    """The attempt of this id, or the one that is open."""
    known = db.session.get(Attempt, id)
    return _same(known, canonical) if known is not None else queries.open_attempt(canonical, quiz_id)


def _same(known: Attempt, canonical: int) -> Attempt:
    if canonical_of(known.person_id) != canonical:
        raise Refusal("Mã bài làm này đã dùng cho người khác. Tải lại trang rồi bắt đầu lại.", "taken")
    return known


def _admission(test: Quiz, canonical: int, session_id: UUID | None, now: datetime) -> dict[str, Any]:
    """Why it may begin, with the facts used; a Refusal where it may not."""
    if test.kind == "observer":
        return {"reason": "unattended", "facts": {}}
    if session_id is None:
        raise Refusal("Chưa có ai mở bài kiểm tra này. Nhờ thầy cô hoặc cán bộ mở bài.", "no-window")
    consent = queries.consent_to_tests(canonical, clock.day_of(now))
    if not consent.holds:
        raise Refusal(consent.sentence, "no-consent")
    asked = queries.admission(canonical, test, now)
    if asked is None:
        raise Refusal("Chưa có bộ quy tắc nào có hiệu lực.", "no-ruleset")
    if not asked.admitted:
        raise Refusal(asked.sentence, str(asked.reason))
    return {"reason": str(asked.reason), "facts": dict(asked.facts)}


def _deal(attempt: Attempt, test: Quiz, canonical: int, seed: str) -> None:
    """Its own form, pinned with the ruleset it will be marked by."""
    ruleset = _ruleset(queries.ruleset_on(clock.day_of(attempt.started_at)))
    attempt.seed, attempt.ruleset_id = seed, ruleset.id
    attempt.form = form_to_json(_draw(test, ruleset, seed, canonical, attempt.session_id))


def _draw(test: Quiz, ruleset: Ruleset, seed: str, canonical: int, session_id: UUID) -> Form:
    voided = queries.voided_items()
    pool = [one for one in queries.bank(test) if not voided_in([(one.id, one.digest)], voided)]
    if test.kind == "observer":  # they are practice questions; only the way they are asked is that of a test
        pool = [replace(item, pool="ghi-nhan", status="ghi-nhan") for item in pool]
    seen = queries.items_met(canonical, test.id, clock.now() - MEMORY)
    beside = queries.items_beside(session_id) if test.kind != "observer" else frozenset()
    try:
        return draw(pool, queries.blueprint(test, ruleset), seed, seen=seen, beside=beside)
    except NoFormError as problem:
        raise Refusal("Ngân hàng chưa đủ câu hỏi cho bài kiểm tra này.", "no-form") from problem


def _append(attempt: Attempt, n: int, kind: StepKind, at: datetime, id: UUID) -> None:
    db.session.execute(insert(AttemptStep), [_step(attempt, n, kind, at, id, None, None)])


def _step(
    attempt: Attempt | queries.Sheet, n: int, kind: str, at: datetime, id: UUID, item_id: str | None, answer: Any | None
) -> dict[str, Any]:
    return {
        "id": id,
        "attempt_id": attempt.id,
        "n": n,
        "kind": str(kind),
        "item_id": item_id,
        "answer": answer,
        "at": at,
    }


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        raise Refusal(problem.sentence, problem.code)


def _check_room(n: int) -> None:
    if n > MOST_STEPS:
        raise Refusal("Bài này đã sửa quá nhiều lần. Nộp bài hoặc gọi người coi.", "too-many-steps")
