"""Every SELECT about quizzes: the bank, forms, attempts and where they stand, and whether one may begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select, tuple_

from lms.clock import day_of
from lms.db import db, fetch
from lms.people.models import Person
from lms.people.queries import consents_of, ids_read_through
from lms.people.rules import Age, ConsentAct, ConsentEvent, Giver, Holds, Purpose, consent_holds
from lms.quizzes.models import Attempt, AttemptStep, ItemVersion, Quiz
from lms.quizzes.models import Item as ItemRow
from lms.quizzes.rules.attempts import AttemptState, Step, StepKind, fold
from lms.quizzes.rules.blueprints import (
    Blueprint,
    Competency,
    PassMark,
    observer_blueprint,
    recorded_blueprint,
    team_blueprint,
)
from lms.quizzes.rules.items import read_item
from lms.quizzes.rules.shapes import Item
from lms.skills import queries as skills
from lms.skills.models import Evidence
from lms.skills.rules.events import EventType
from lms.skills.rules.retakes import Admission, may_start_recorded
from lms.skills.rules.rulesets import Calendar, Ruleset

OBSERVER_ITEMS = "obs."
"""How the ids of the observers' questions begin; they are taught and checked, never scored for a skill."""
TEAM_ITEMS = "t.q"
"""How the ids of the recorded questions of the team's course begin; each asks about the lesson its step stands in."""
FLAG, UNFLAG = "flag", "unflag"
"""Kinds of a step that only mark a question «xem lại sau»; the rule of attempts never sees them."""
KINDS = frozenset(StepKind)

_read: dict[tuple[str, str], Item] = {}
"""Versions never change, so a question once read from its row is kept by its digest for the life of the process."""
MOST_KEPT = 2000
FORMS_KEPT = 512
"""Some 5 KB each: what a few classes sit at one time."""


@dataclass(frozen=True)
class Progress:
    """Where an attempt stands, folded from its steps."""

    state: AttemptState
    flagged: frozenset[str]
    step_ids: frozenset[UUID]
    last_n: int


def quizzes() -> list[Quiz]:
    """Every test one can take, in the order of the skills."""
    return list(db.session.scalars(select(Quiz).order_by(Quiz.skill_id.is_(None), Quiz.skill_id, Quiz.id)))


def quiz(slug: str) -> Quiz | None:
    return db.session.get(Quiz, slug)


# --- questions ----------------------------------------------------------------------------------


def items_by_digest(wanted: Iterable[tuple[str, str]]) -> dict[str, Item]:
    """(item id, digest) pairs → the questions as published then, by item id; asks the database only for new ones."""
    pairs = [(item_id, digest) for item_id, digest in wanted]
    missing = [pair for pair in pairs if pair not in _read]
    if missing:
        if len(_read) > MOST_KEPT:
            _read.clear()
            missing = pairs
        rows = select(ItemVersion.item_id, ItemVersion.digest, ItemVersion.body).where(
            tuple_(ItemVersion.item_id, ItemVersion.digest).in_(missing)
        )
        for item_id, digest, body in db.session.execute(rows):
            _read[item_id, digest] = read_item(body)
    return {pair[0]: _read[pair] for pair in pairs}


class Sheet(NamedTuple):
    """What keeping an answer asks of an attempt: the busiest act of a test makes no object of the database."""

    id: UUID
    form: Sequence[Mapping[str, Any]]


def form_items(attempt: Attempt | Sheet) -> list[Item]:
    """The questions of an attempt in the order asked, each in its pinned version."""
    found = items_by_digest((row["item"], row["digest"]) for row in attempt.form)
    return [found[row["item"]] for row in attempt.form]


def asked_item(attempt: Attempt, number: int) -> tuple[Item, Sequence[str]] | None:
    """Question `number` (from 1) and the order of its options in this attempt."""
    return asked_in(attempt.form, number)


def asked_in(form: Sequence[Mapping[str, Any]], number: int) -> tuple[Item, Sequence[str]] | None:
    if not 1 <= number <= len(form):
        return None
    row = form[number - 1]
    return items_by_digest([(row["item"], row["digest"])])[row["item"]], row["options"]


def practice_items(item_ids: Iterable[str]) -> dict[str, Item]:
    """Practice questions in their present wording, by id; recorded ones are never given."""
    wanted = select(ItemRow.id, ItemRow.digest).where(
        ItemRow.id.in_(list(item_ids)), ItemRow.pool == "luyen", ItemRow.retired_at.is_(None), ItemRow.digest != ""
    )
    return items_by_digest(db.session.execute(wanted))


def bank(test: Quiz) -> list[Item]:
    """The questions a form of this test may be drawn from today."""
    wanted = select(ItemRow.id, ItemRow.digest, ItemRow.pool, ItemRow.status).where(
        ItemRow.retired_at.is_(None), ItemRow.frozen_at.is_(None), ItemRow.digest != ""
    )
    if test.kind == "observer":
        wanted = wanted.where(ItemRow.id.startswith(OBSERVER_ITEMS))
    elif test.kind == "team":
        wanted = wanted.where(_OF_TEAM)
    else:
        wanted = wanted.where(
            ItemRow.skill_id == test.skill_id, ItemRow.pool == "ghi-nhan", ItemRow.status == "ghi-nhan"
        )
    rows = db.session.execute(wanted.order_by(ItemRow.id)).all()
    found = items_by_digest((row.id, row.digest) for row in rows)
    # The row says where it stands today: a version keeps its words, and those do not change when it is approved.
    standing = [replace(found[row.id], pool=row.pool, status=row.status) for row in rows]
    return [replace(one, competency=topic_of(one)) for one in standing] if test.kind == "team" else standing


_OF_TEAM = and_(
    ItemRow.id.startswith(TEAM_ITEMS, autoescape=True),
    ItemRow.skill_id.is_(None),
    ItemRow.pool == "ghi-nhan",
    ItemRow.status == "ghi-nhan",
)


def topic_of(item: Item) -> str:
    """The lesson a question of the team's course asks about: in its blueprint it stands where skills have competencies."""
    return item.step.partition("#")[0]


def is_asked_in(test: Quiz, item_id: str) -> bool:
    """Whether a form of this test may ever have drawn it."""
    of_skill = and_(ItemRow.skill_id == test.skill_id, ItemRow.pool == "ghi-nhan")
    mine = _OF_TEAM if test.kind == "team" else of_skill
    wanted = select(ItemRow.id).where(ItemRow.id == item_id, mine, ItemRow.digest != "")
    return db.session.scalar(wanted) is not None


def blueprint(test: Quiz, ruleset: Ruleset) -> Blueprint:
    """The plan of this test's forms, with the numbers of the ruleset."""
    if test.kind == "observer":
        return observer_blueprint()
    if test.kind == "team":
        return team_blueprint({topic_of(item) for item in bank(test)}, pass_mark=_share(ruleset))
    know = ruleset.know
    asked = [
        Competency(one.id, frozenset(one.evidence), one.is_critical)
        for one in skills.framework().of_skill(test.skill_id or "")
    ]
    return recorded_blueprint(
        asked,
        items=know.items,
        critical=know.critical_items,
        max_true_false=know.max_true_false,
        pass_mark=pass_mark(test, ruleset),
    )


def pass_mark(test: Quiz, ruleset: Ruleset) -> PassMark:
    """What passes, without the rest of the plan: a whole room hands in at once."""
    if test.kind == "observer":
        return observer_blueprint().pass_mark
    if test.kind == "team":
        return team_blueprint((), pass_mark=_share(ruleset)).pass_mark
    return _share(ruleset)


def _share(ruleset: Ruleset) -> PassMark:
    know = ruleset.know
    return PassMark(know.min_share, know.critical_min_share, know.min_valid_items)


def steps_treating(competency_ids: Sequence[str]) -> dict[str, list[str]]:
    """Competency → `<lesson>#<step>` where it is taught, read off the practice questions, never off an attempt."""
    wanted = select(ItemRow.id, ItemRow.digest).where(
        ItemRow.competency_id.in_(competency_ids),
        ItemRow.pool == "luyen",
        ItemRow.retired_at.is_(None),
        ItemRow.digest != "",
    )
    found: dict[str, list[str]] = {one: [] for one in competency_ids}
    for item in items_by_digest(db.session.execute(wanted.order_by(ItemRow.id))).values():
        if item.competency and item.step and item.step not in found[item.competency]:
            found[item.competency].append(item.step)
    return found


# --- may one begin? -----------------------------------------------------------------------------


def ruleset_on(day: date) -> Ruleset | None:
    return Calendar(skills.activations()).current(day)


def ruleset_named(ruleset_id: str) -> Ruleset | None:
    """The ruleset an attempt was pinned to, whatever is in force now."""
    return next((one.ruleset for one in skills.activations() if one.ruleset.id == ruleset_id), None)


def consent_to_tests(canonical_id: int, today: date) -> Holds:
    """Whether consent to recorded tests stands for a person, whichever of their records it was given for."""
    ids = list(ids_read_through([canonical_id]))
    said = [
        ConsentEvent(str(row.id), Purpose(row.purpose), Giver(row.giver), ConsentAct(row.act), row.at)
        for rows in consents_of(ids).values()
        for row in rows
    ]
    born = db.session.scalar(select(func.max(Person.birth_year)).where(Person.id.in_(ids)))
    return consent_holds(said, Purpose.ASSESSMENT, Age(born), today)


def admission(canonical_id: int, test: Quiz, now: datetime) -> Admission | None:
    """Whether the retake limits let this person begin the test now; None where no ruleset is in force."""
    ruleset = ruleset_on(day_of(now))
    if ruleset is None:
        return None
    if test.kind == "team":  # no evidence of any skill: its own sittings are what counts towards the limits
        return may_start_recorded((), ruleset, now, None, _sittings(canonical_id, test.id))
    events = skills.events_of([canonical_id])[canonical_id]
    return may_start_recorded(events, ruleset, now, test.skill_id, _unfinished(canonical_id, test.id))


def _sittings(canonical_id: int, quiz_id: str) -> list[datetime]:
    """When every attempt of somebody at one test began, those made void left out."""
    ids = list(ids_read_through([canonical_id]))
    wanted = select(Attempt.started_at).where(
        Attempt.person_id.in_(ids), Attempt.quiz_id == quiz_id, Attempt.voided_at.is_(None)
    )
    return list(db.session.scalars(wanted))


def _unfinished(canonical_id: int, quiz_id: str) -> list[datetime]:
    ids = list(ids_read_through([canonical_id]))
    wanted = select(Attempt.started_at).where(
        Attempt.person_id.in_(ids), Attempt.quiz_id == quiz_id, Attempt.closed_at.is_(None)
    )
    return list(db.session.scalars(wanted))


# --- attempts -----------------------------------------------------------------------------------


_OWN = (
    Attempt.id == bindparam("attempt"),
    func.coalesce(Person.canonical_id, Person.id) == bindparam("reader"),
)
_OWN_ATTEMPT = select(Attempt).join(Person, Person.id == Attempt.person_id).where(*_OWN)
_OWN_FORM = select(Attempt.form).join(Person, Person.id == Attempt.person_id).where(*_OWN)
_STEPS = (
    select(AttemptStep.id, AttemptStep.n, AttemptStep.kind, AttemptStep.at, AttemptStep.item_id, AttemptStep.answer)
    .where(AttemptStep.attempt_id == bindparam("attempt"))
    .order_by(AttemptStep.n)
)


def own_attempt(attempt_id: UUID, canonical_id: int) -> Attempt | None:
    """An attempt of this person, under whichever of their records it was begun."""
    return db.session.scalar(_OWN_ATTEMPT, {"attempt": attempt_id, "reader": canonical_id})


def own_form(attempt_id: UUID, canonical_id: int) -> Sequence[Mapping[str, Any]] | None:
    """The form of one's own attempt, all that reading an answer needs. Whether it may be answered is not said by this."""
    try:
        return _form_kept(attempt_id, canonical_id)
    except LookupError:
        return None


@lru_cache(maxsize=FORMS_KEPT)
def _form_kept(attempt_id: UUID, canonical_id: int) -> Sequence[Mapping[str, Any]]:
    """A form is never changed once dealt, so it is kept; what is not found is asked for again."""
    found = fetch(_OWN_FORM, attempt=attempt_id, reader=canonical_id)
    if not found:
        raise LookupError(attempt_id)
    return tuple(found[0][0])


def forget_forms() -> None:
    """Forms kept in this process belong to the database they came from; somebody who fills another one begins without them."""
    _form_kept.cache_clear()


def open_attempt(canonical_id: int, quiz_id: str) -> Attempt | None:
    """The one attempt at this test that is not closed yet."""
    wanted = (
        select(Attempt)
        .join(Person, Person.id == Attempt.person_id)
        .where(
            func.coalesce(Person.canonical_id, Person.id) == canonical_id,
            Attempt.quiz_id == quiz_id,
            Attempt.closed_at.is_(None),
        )
        .order_by(Attempt.started_at, Attempt.id)
    )
    return db.session.scalar(wanted.limit(1))


def attempts_of(canonical_id: int, quiz_id: str | None = None) -> list[Attempt]:
    """Every attempt of a person, the latest first."""
    wanted = select(Attempt).where(Attempt.person_id.in_(list(ids_read_through([canonical_id]))))
    if quiz_id is not None:
        wanted = wanted.where(Attempt.quiz_id == quiz_id)
    return list(db.session.scalars(wanted.order_by(Attempt.started_at.desc(), Attempt.id)))


def progress_of(attempt_id: UUID) -> Progress:
    """Folded from all steps, in one statement."""
    rows = fetch(_STEPS, attempt=attempt_id)
    steps = [
        Step(str(row.id), row.n, StepKind(row.kind), row.at, row.item_id, row.answer)
        for row in rows
        if row.kind in KINDS
    ]
    flagged: dict[str, bool] = {row.item_id: row.kind == FLAG for row in rows if row.kind in (FLAG, UNFLAG)}
    return Progress(
        fold(steps),
        frozenset(item for item, is_up in flagged.items() if is_up),
        frozenset(row.id for row in rows),
        max((row.n for row in rows), default=0),
    )


def items_met(canonical_id: int, quiz_id: str, since: datetime) -> frozenset[str]:
    """Questions this person was asked in the test's earlier forms."""
    wanted = select(Attempt.form).where(
        Attempt.person_id.in_(list(ids_read_through([canonical_id]))),
        Attempt.quiz_id == quiz_id,
        Attempt.started_at >= since,
    )
    return frozenset(row["item"] for form in db.session.scalars(wanted) for row in form)


def items_beside(session_id: UUID) -> frozenset[str]:
    """Questions of the form handed out just before in the same window: most likely the neighbour's."""
    wanted = select(Attempt.form).where(Attempt.session_id == session_id)
    form = db.session.scalar(wanted.order_by(Attempt.started_at.desc(), Attempt.id).limit(1))
    return frozenset(row["item"] for row in form or ())


def voided_items() -> frozenset[tuple[str, str | None]]:
    """(item, version) withdrawn since and not brought back; without a version, all of them."""
    about_content = select(Evidence.id, Evidence.type, Evidence.result).where(Evidence.person_id.is_(None))
    wanted = about_content.where(Evidence.type.in_([EventType.VOID_ITEM, EventType.REVOKE]), Evidence.admitted)
    rows = db.session.execute(wanted).all()
    back = {UUID(id) for row in rows if row.type == EventType.REVOKE for id in row.result["events"]}
    return frozenset(
        (row.result["item"], row.result.get("version"))
        for row in rows
        if row.type == EventType.VOID_ITEM and row.id not in back
    )
