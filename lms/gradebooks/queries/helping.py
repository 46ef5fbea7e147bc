"""Who in a class is stuck at what, and whose skills must be renewed: a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from lms.clock import start_of
from lms.courses import queries as courses
from lms.courses.queries import StepLink
from lms.db import db
from lms.gradebooks.rules.struggles import (
    LOOKED_BACK,
    PRACTICE,
    RECORDED,
    Struggle,
    Tried,
    is_due,
    latest,
    struggles,
)
from lms.people.models import Person
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Attempt, PracticeAnswer, Quiz
from lms.quizzes.models import Item as ItemRow
from lms.quizzes.rules.items import answer_from_json, replies
from lms.quizzes.rules.shapes import Item
from lms.skills import queries as skills


@dataclass(frozen=True)
class Stuck:
    """A struggle with the words a teacher reads and the steps that treat it."""

    struggle: Struggle
    skill_id: str
    name: str
    people: tuple[Person, ...]
    shared: tuple[tuple[str, tuple[Person, ...]], ...]
    steps: tuple[StepLink, ...]


@dataclass(frozen=True)
class Renewal:
    """Those whose skill holds up to the same day."""

    skill_id: str
    last_day: date
    is_over: bool
    people: tuple[Person, ...]


def stuck(people: Sequence[Person], today: date) -> list[Stuck]:
    """In the order of the competencies; people in the order given."""
    since = start_of(today - LOOKED_BACK)
    ids = [person.id for person in people]
    found = struggles([*_checks(ids, since), *_tests(ids, since)])
    treated = quizzes.steps_treating([one.competency for one in found if not one.steps])
    steps = {one.competency: one.steps or tuple(treated.get(one.competency, ())) for one in found}
    links = courses.step_links({step for some in steps.values() for step in some})
    known = {one.id: one for one in skills.framework().competencies}
    return [
        Stuck(
            one,
            known[one.competency].skill_id,
            known[one.competency].name,
            _those(people, one.people),
            tuple((mistake, _those(people, having)) for mistake, having in one.shared),
            tuple(links[step] for step in steps[one.competency] if step in links),
        )
        for one in found
        if one.competency in known
    ]


def renewals(people: Sequence[Person], today: date) -> list[Renewal]:
    """What is to be renewed now, the nearest day first."""
    ruleset = quizzes.ruleset_on(today)
    if ruleset is None:
        return []
    through = {person.canonical_id or person.id: person for person in people}
    spells = ((row.person_id, row.skill_id, row.until_on - timedelta(days=1)) for row in skills.spells_of(through))
    held = latest(spells, list(skills.framework().short_names))
    due: dict[tuple[date, str], set[int]] = {}
    for (person, skill), last_day in held.items():
        if is_due(last_day, ruleset.renewal.from_days_before, today):
            due.setdefault((last_day, skill), set()).add(through[person].id)
    return [
        Renewal(skill, last_day, last_day < today, _those(people, sorted(ids)))
        for (last_day, skill), ids in sorted(due.items())
    ]


def _those(people: Sequence[Person], ids: Sequence[int]) -> tuple[Person, ...]:
    wanted = set(ids)
    return tuple(person for person in people if person.id in wanted)


def _checks(person_ids: Sequence[int], since: datetime) -> list[Tried]:
    """Inline checks answered; only practice ever says what was wrong about an answer."""
    wanted = (
        select(PracticeAnswer, ItemRow.competency_id)
        .join(ItemRow, ItemRow.id == PracticeAnswer.item_id)
        .where(
            PracticeAnswer.person_id.in_(person_ids),
            PracticeAnswer.at >= since,
            ItemRow.competency_id.is_not(None),
            ItemRow.pool == "luyen",
        )
    )
    rows = db.session.execute(wanted).all()
    items = quizzes.practice_items({answer.item_id for answer, _competency in rows if not answer.is_right})
    return [
        Tried(
            str(answer.id),
            answer.person_id,
            str(competency),
            answer.is_right,
            PRACTICE,
            answer.at,
            () if answer.is_right else _mistakes(items.get(answer.item_id), answer),
            items[answer.item_id].step if answer.item_id in items else "",
        )
        for answer, competency in rows
    ]


def _mistakes(item: Item | None, answer: PracticeAnswer) -> tuple[str, ...]:
    """The feedback to what was wrong; of an answer to an older wording nothing is read."""
    if item is None or item.digest != answer.digest:
        return ()
    told = replies(item, answer_from_json(item, answer.answer))
    return tuple(dict.fromkeys(one.feedback for one in told if not one.correct and one.feedback))


def _tests(person_ids: Sequence[int], since: datetime) -> list[Tried]:
    """Recorded tests say only what to revise; a passed one clears the rest of its skill."""
    wanted = (
        select(Attempt.id, Attempt.person_id, Attempt.closed_at, Attempt.result, Attempt.regraded, Quiz.skill_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.person_id.in_(person_ids), Attempt.closed_at >= since, Quiz.skill_id.is_not(None))
        .where(Attempt.voided_at.is_(None))
    )
    return [one for row in db.session.execute(wanted) for one in _told_by(row)]


def _told_by(row: Any) -> list[Tried]:
    outcome = row.regraded or row.result or {}
    revise = set(outcome.get("revise", ()))
    found = [Tried(f"{row.id}", row.person_id, one, False, RECORDED, row.closed_at) for one in sorted(revise)]
    if outcome.get("passed"):
        asked = [one.id for one in skills.framework().of_skill(row.skill_id)]
        found += [
            Tried(f"{row.id}", row.person_id, one, True, RECORDED, row.closed_at) for one in asked if one not in revise
        ]
    return found
