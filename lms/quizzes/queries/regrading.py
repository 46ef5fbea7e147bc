"""Every SELECT about questions withdrawn after use: who was asked them, and how it would change the results."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select, union

from lms.db import db
from lms.people.models import Person
from lms.quizzes.models import Attempt, AttemptStep, Item, Quiz, Regrade
from lms.quizzes.queries import blueprint, items_by_digest, ruleset_named, voided_items
from lms.quizzes.rules.blueprints import PassMark
from lms.quizzes.rules.regrading import Change, Tally, regraded, tally, voided_in
from lms.quizzes.rules.results import Scored
from lms.quizzes.rules.shapes import Item as Question
from lms.skills.models import Evidence
from lms.skills.rules.events import EventType
from lms.vietnamese import search_key

REGRADE = "regrade"
"""Kind of the step in which a closed attempt keeps what it is worth since."""
VOID, RESTORE = "void", "restore"
"""Kinds of the steps by which a proctor says that an attempt does not count, or does again."""
LATER = (REGRADE, VOID, RESTORE)
TESTS = (EventType.QUIZ,)
Voided = Collection[tuple[str, str | None]]


@dataclass(frozen=True)
class Kept:
    """A closed test as its evidence keeps it."""

    id: UUID
    person_id: int
    marked: tuple[Scored, ...]
    pass_mark: PassMark

    def change(self, before: Voided, after: Voided) -> Change:
        asked = [(one.item, one.digest) for one in self.marked]
        return regraded(self.marked, self.pass_mark, voided_in(asked, before), voided_in(asked, after))


@dataclass(frozen=True)
class DryRun:
    """What withdrawing would do, before anybody does it."""

    tally: Tally
    gaining: list[Person]
    """Who would pass by it, the first of them by name."""


def recorded_question(item_id: str) -> Item | None:
    row = db.session.get(Item, item_id)
    return row if row is not None and row.pool == "ghi-nhan" else None


def question(row: Item) -> Question:
    return items_by_digest([(row.id, row.digest)])[row.id]


def found_questions(words: str, most: int) -> list[tuple[Item, Question]]:
    """Recorded questions by id or by words of the stem, without accents."""
    rows = list(db.session.scalars(select(Item).where(Item.pool == "ghi-nhan").order_by(Item.id)))
    read = items_by_digest((row.id, row.digest) for row in rows)
    wanted = search_key(words)
    hits = [row for row in rows if wanted in search_key(f"{row.id} {read[row.id].stem}")]
    return [(row, read[row.id]) for row in hits[:most]]


def versions_asked(item_id: str) -> list[str]:
    """Digests of the versions in which it stands in closed tests."""
    forms = db.session.scalars(
        select(Attempt.form).where(Attempt.closed_at.is_not(None), _names(Attempt.form, item_id))
    )
    return sorted({row["digest"] for form in forms for row in form if row["item"] == item_id})


def acts_on(item_id: str) -> list[Regrade]:
    return list(db.session.scalars(select(Regrade).where(Regrade.item_id == item_id).order_by(Regrade.at.desc())))


def latest_acts(most: int) -> list[Regrade]:
    return list(db.session.scalars(select(Regrade).order_by(Regrade.at.desc(), Regrade.id).limit(most)))


def unfinished_acts() -> list[UUID]:
    return list(db.session.scalars(select(Regrade.id).where(Regrade.finished_at.is_(None)).order_by(Regrade.at)))


def dry_run(row: Item, version: str | None, most: int) -> DryRun:
    """Counted over every closed test that asked it; in a fixed number of statements."""
    before = voided_items()
    after = {*before, (row.id, version)}
    found = [(kept, kept.change(before, after)) for kept in _kept(_tests_with(row), row)]
    gaining = [kept.person_id for kept, change in found if change.kind == "gained"]
    people = select(Person).where(Person.id.in_(gaining[:500])).order_by(Person.name_key, Person.id).limit(most)
    return DryRun(tally(change for _kept_one, change in found), list(db.session.scalars(people)) if gaining else [])


def people_after(row: Item, person_id: int, before: datetime, most: int) -> list[int]:
    """The next people who were asked it in a test closed by then, by id."""
    tests = select(Evidence.person_id).where(
        Evidence.type.in_(TESTS), Evidence.skill_id == row.skill_id, _names(Evidence.result, row.id, "id"),
        Evidence.person_id > person_id, Evidence.received_at <= before,
    )  # fmt: skip
    attempts = select(Attempt.person_id).where(
        Attempt.closed_at <= before, Attempt.person_id > person_id, _names(Attempt.form, row.id)
    )
    both = union(tests, attempts).subquery()
    return list(db.session.scalars(select(both.c.person_id).order_by(both.c.person_id).limit(most)))


def kept_of(people: Sequence[int], row: Item, before: datetime) -> list[Kept]:
    """Their closed tests that asked it."""
    return list(_kept(_tests_with(row).where(Evidence.person_id.in_(people), Evidence.received_at <= before), row))


def attempts_with_last_step(ids: Sequence[UUID]) -> list[tuple[Attempt, int]]:
    """Locked; with the number of the last step of each."""
    last = select(func.max(AttemptStep.n)).where(AttemptStep.attempt_id == Attempt.id).correlate(Attempt)
    wanted = select(Attempt, last.scalar_subquery()).where(Attempt.id.in_(ids)).with_for_update(of=Attempt)
    return [(attempt, n) for attempt, n in db.session.execute(wanted.order_by(Attempt.id))]


def later_steps(attempt_id: UUID) -> list[AttemptStep]:
    """What came after the end, in order: marked again, not counted, counted again; read beside the first result."""
    wanted = select(AttemptStep).where(AttemptStep.attempt_id == attempt_id, AttemptStep.kind.in_(LATER))
    return list(db.session.scalars(wanted.order_by(AttemptStep.n)))


def _tests_with(row: Item) -> Select[Any]:
    return (
        select(Evidence.id, Evidence.person_id, Evidence.result, Evidence.ruleset_id, Evidence.skill_id)
        .where(
            Evidence.type.in_(TESTS),
            Evidence.skill_id == row.skill_id,
            Evidence.person_id.is_not(None),
            _names(Evidence.result, row.id, "id"),
        )
        .order_by(Evidence.person_id, Evidence.occurred_at, Evidence.id)
    )


def _kept(wanted: Select[Any], row: Item) -> Iterable[Kept]:
    marks: dict[str, PassMark] = {}
    test = db.session.scalar(select(Quiz).where(Quiz.skill_id == row.skill_id, Quiz.kind == "skill"))
    treats = dict(db.session.execute(select(Item.id, Item.competency_id).where(Item.skill_id == row.skill_id)).all())
    for id, person_id, result, ruleset_id, _skill in db.session.execute(wanted):
        ruleset = ruleset_named(ruleset_id) if ruleset_id not in marks else None
        if ruleset is not None and test is not None:
            marks[ruleset_id] = blueprint(test, ruleset).pass_mark
        scored = tuple(
            Scored(one["id"], one["version"], one["right"], one["critical"], treats.get(one["id"]), one["options"])
            for one in result["items"]
        )
        if any(one.item == row.id for one in scored):
            yield Kept(id, person_id, scored, marks.get(ruleset_id) or PassMark())


def _names(column: Any, item_id: str, key: str = "item") -> ColumnElement[bool]:
    """Narrows by the text of the JSON; both engines write one space after the colon, older rows none."""
    text = cast(column, Text)
    return or_(text.contains(f'"{key}": "{item_id}"', autoescape=True),
               text.contains(f'"{key}":"{item_id}"', autoescape=True))  # fmt: skip
