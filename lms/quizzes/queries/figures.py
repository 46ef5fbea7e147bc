"""Every SELECT behind the statistics: first sittings of a test, without names, in five statements whatever their number."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, and_, func, select

from lms.db import db
from lms.people.models import Person
from lms.quizzes.models import Attempt, AttemptStep, Placement, PlacementAnswer, Quiz
from lms.quizzes.queries import KINDS, items_by_digest
from lms.quizzes.queries.outcomes import OUTCOME, passed
from lms.quizzes.rules.attempts import Step, StepKind, fold
from lms.quizzes.rules.items import answer_from_json, p_guess
from lms.quizzes.rules.results import scores
from lms.quizzes.rules.shapes import Choices, Item
from lms.quizzes.rules.statistics.figures import About, Key, Sat, seconds_on

READER = "reader"
MOST = 2000
"""The latest sittings read; beyond them figures no longer change, and a page must not grow with the years."""


def first_sittings(quiz_id: str, people: Select[int] | None) -> tuple[list[Sat], dict[Key, Item]]:
    """Each person's first closed attempt, the oldest first; `people` limits it to some, None is everybody."""
    chosen = _first_attempts(quiz_id, people)
    rows = db.session.execute(select(chosen).order_by(chosen.c.started_at)).all()
    items = _items(rows)
    steps, before = _steps(chosen), _before(chosen)
    return [_sat(row, steps.get(row.id, []), items, before.get(row.id, {})) for row in rows], items


def about(items: Mapping[Key, Item]) -> dict[Key, About]:
    found = {}
    for key, item in items.items():
        options = item.body.ids if isinstance(item.body, Choices) else ()
        keys = tuple(sorted(item.body.keys)) if isinstance(item.body, Choices) else ()
        found[key] = About(float(p_guess(item)), keys, tuple(options), item.critical, item.competency or "")
    return found


def _first_attempts(quiz_id: str, people: Select[int] | None) -> Subquery:
    same = func.coalesce(Person.canonical_id, Person.id)
    place = func.row_number().over(partition_by=same, order_by=(Attempt.started_at, Attempt.id)).label("place")
    wanted = (
        select(
            Attempt.id,
            Attempt.form,
            Attempt.on_paper,
            Attempt.started_at,
            Attempt.accommodation,
            Attempt.quiz_id,
            same.label("same"),
            place,
            *OUTCOME,
        )
        .join(Person, Person.id == Attempt.person_id)
        .where(
            Attempt.quiz_id == quiz_id, Attempt.closed_at.is_not(None), Attempt.admitted, Attempt.voided_at.is_(None)
        )
    )
    if people is not None:
        wanted = wanted.where(Attempt.person_id.in_(people))
    ranked = wanted.subquery()
    latest = select(ranked).where(ranked.c.place == 1).order_by(ranked.c.started_at.desc(), ranked.c.id).limit(MOST)
    return latest.subquery()


def _items(rows: Sequence[Any]) -> dict[Key, Item]:
    keys = sorted({(one["item"], one["digest"]) for row in rows for one in row.form})
    by_version: dict[str, list[Key]] = {}
    found: dict[Key, Item] = {}
    while keys:  # items_by_digest gives one version an item: nearly always one round
        by_version = {}
        for key in keys:
            by_version.setdefault(key[0], []).append(key)
        now = [own[0] for own in by_version.values()]
        for item in items_by_digest(now).values():
            found[item.id, item.digest] = item
        keys = [key for own in by_version.values() for key in own[1:]]
    return found


def _steps(chosen: Subquery) -> dict[UUID, list[Step]]:
    wanted = (
        select(AttemptStep.attempt_id, AttemptStep.id, AttemptStep.n, AttemptStep.kind, AttemptStep.at,
               AttemptStep.item_id, AttemptStep.answer)
        .where(AttemptStep.attempt_id.in_(select(chosen.c.id)), AttemptStep.kind.in_([str(kind) for kind in KINDS]))
    )  # fmt: skip
    found: dict[UUID, list[Step]] = {}
    for attempt, id, n, kind, at, item, answer in db.session.execute(wanted):
        found.setdefault(attempt, []).append(Step(str(id), n, StepKind(kind), at, item, answer))
    return found


def _before(chosen: Subquery) -> dict[UUID, dict[str, float]]:
    """Sitting → competency → its first question right or not, at that person's first placement in the skill before it."""
    wanted = (
        select(chosen.c.id, Placement.id, Placement.pairs, PlacementAnswer.item_id, PlacementAnswer.is_right)
        .select_from(chosen)
        .join(Quiz, Quiz.id == chosen.c.quiz_id)
        .join(Person, func.coalesce(Person.canonical_id, Person.id) == chosen.c.same)
        .join(Placement, and_(Placement.person_id == Person.id, Placement.skill_id == Quiz.skill_id))
        .join(PlacementAnswer, PlacementAnswer.placement_id == Placement.id)
        .where(Placement.closed_at <= chosen.c.started_at)
        .order_by(Placement.started_at, Placement.id)
    )
    first: dict[UUID, UUID] = {}
    found: dict[UUID, dict[str, float]] = {}
    for attempt, placement, pairs, item_id, is_right in db.session.execute(wanted):
        if first.setdefault(attempt, placement) == placement:
            of_first = {pair["first"]: pair["competency"] for pair in pairs}
            if item_id in of_first:
                found.setdefault(attempt, {})[of_first[item_id]] = float(is_right)
    return found


def _sat(row: Any, steps: list[Step], items: Mapping[Key, Item], before: Mapping[str, float]) -> Sat:
    asked = [items[one["item"], one["digest"]] for one in row.form]
    state, seconds = fold(steps), {} if row.on_paper else seconds_on(steps)
    keys = {item.id: (item.id, item.digest) for item in asked}
    return Sat(
        {keys[one.item]: int(one.right) for one in scores(asked, state)},
        {keys[item.id]: _chosen(item, state.answers.get(item.id)) for item in asked},
        {keys[item]: spent for item, spent in seconds.items() if item in keys},
        passed(row.result, row.regraded, row.voided_at),
        row.accommodation == READER,
        before,
    )


def _chosen(item: Item, raw: object) -> frozenset[str]:
    if raw is None or not isinstance(item.body, Choices):
        return frozenset()
    return frozenset(answer_from_json(item, raw).chosen)
