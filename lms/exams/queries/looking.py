"""Every SELECT behind what looks odd: the sheets of one window against what everybody chose and how long it took them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.db import db
from lms.exams.models import Judgement
from lms.exams.queries import attempts_in, canonical, seats_of
from lms.exams.rules.suspicion import Key, Sheet, Speed, Twins, alike_by_chance, speed, twins
from lms.people.models import Person
from lms.quizzes.models import Attempt, AttemptStep
from lms.quizzes.queries import KINDS, form_items
from lms.quizzes.queries.figures import first_sittings
from lms.quizzes.rules.attempts import Step, StepKind, fold
from lms.quizzes.rules.items import answer_from_json, grade
from lms.quizzes.rules.shapes import Choices
from lms.quizzes.rules.statistics.figures import Sat, seconds_on
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import people_in


@dataclass(frozen=True)
class Odd:
    """A finding with the people it is about, and what was thought of it last."""

    found: Twins | Speed
    people: list[Person]
    judged: Judgement | None


def odd_in(window: TestWindow) -> list[Odd]:
    """What a person should look at in this window; whatever was judged before stays beside it."""
    sheets, distractors = _sheets(window.id)
    others, _items = first_sittings(window.quiz_id, None)
    found: list[Twins | Speed] = [*twins(sheets, _chances(others, distractors))]
    times = _times(others)
    found += [one for sheet in sheets if (one := speed(sheet, times))]
    people = {canonical(person): person for person in people_in(window)}
    judged = judgements_of(window.id)
    return [
        Odd(one, [people[id] for id in _whose(one) if id in people], judged.get(one.name))
        for one in found
        if all(id in people for id in _whose(one))
    ]


def judgements_of(window_id: UUID) -> dict[str, Judgement]:
    """Finding → what was said of it last."""
    wanted = select(Judgement).where(Judgement.window_id == window_id).order_by(Judgement.at, Judgement.id)
    return {row.finding: row for row in db.session.scalars(wanted)}


def _whose(found: Twins | Speed) -> list[int]:
    return [found.one, found.other] if isinstance(found, Twins) else [found.person]


def _sheets(window_id: UUID) -> tuple[list[Sheet], dict[Key, int]]:
    """What was handed in, and of each question asked how many options are wrong."""
    attempts = {who: one for who, one in attempts_in(window_id).items() if one.closed_at and one.voided_at is None}
    steps, seats = _steps(window_id), seats_of(window_id)
    sheets = [
        _sheet(who, seats[who].place if who in seats else None, attempt, steps.get(attempt.id, []))
        for who, attempt in sorted(attempts.items())
    ]
    asked = [item for attempt in attempts.values() for item in form_items(attempt)]
    return sheets, {(item.id, item.digest): len(item.options) - 1 for item in asked}


def _sheet(who: int, place: int | None, attempt: Attempt, steps: list[Step]) -> Sheet:
    answers = fold(steps).answers
    items = {item.id: item for item in form_items(attempt)}
    wrong: dict[Key, frozenset[str]] = {}
    for id, raw in answers.items():
        item = items.get(id)
        if item is not None and isinstance(item.body, Choices):
            answer = answer_from_json(item, raw)
            if not grade(item, answer).right:
                wrong[item.id, item.digest] = frozenset(answer.chosen)
    spent = {} if attempt.on_paper else seconds_on(steps)
    return Sheet(who, place, wrong, {(id, items[id].digest): one for id, one in spent.items() if id in items})


def _steps(window_id: UUID) -> Mapping[UUID, list[Step]]:
    wanted = (
        select(AttemptStep)
        .join(Attempt, Attempt.id == AttemptStep.attempt_id)
        .where(Attempt.session_id == window_id, AttemptStep.kind.in_([str(kind) for kind in KINDS]))
    )
    found: dict[UUID, list[Step]] = {}
    for row in db.session.scalars(wanted):
        step = Step(str(row.id), row.n, StepKind(row.kind), row.at, row.item_id, row.answer)
        found.setdefault(row.attempt_id, []).append(step)
    return found


def _chances(others: list[Sat], distractors: Mapping[Key, int]) -> dict[Key, float]:
    """Of the questions asked here; this room's own answers count among everybody's, which only raises them."""
    wrong: dict[Key, list[frozenset[str]]] = {key: [] for key in distractors}
    for one in others:
        for key, score in one.scores.items():
            if key in wrong and not score and one.chosen.get(key):
                wrong[key].append(one.chosen[key])
    return {key: alike_by_chance(said, distractors[key]) for key, said in wrong.items()}


def _times(others: list[Sat]) -> dict[Key, list[float]]:
    found: dict[Key, list[float]] = {}
    for one in others:
        for key, spent in one.seconds.items():
            found.setdefault(key, []).append(spent)
    return found
