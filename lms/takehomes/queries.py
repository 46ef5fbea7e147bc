"""Every SELECT about take-home cards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.courses.models import Lesson, Module
from lms.courses.queries import outlines
from lms.db import db
from lms.people.models import Person
from lms.quizzes import queries as quizzes
from lms.quizzes.rules.shapes import Item
from lms.takehomes.models import HomeCheck, TakeHomeCard
from lms.takehomes.rules import Check, five_of, stands_alone, taught


def card_by_code(code: str) -> tuple[TakeHomeCard, Module] | None:
    wanted = select(TakeHomeCard, Module).join(Module, Module.id == TakeHomeCard.module_id)
    row = db.session.execute(wanted.where(TakeHomeCard.code == code, Module.retired_at.is_(None))).first()
    return (row[0], row[1]) if row else None


def cards_of(pupil_ids: Sequence[int], module_id: str | None = None) -> list[TakeHomeCard]:
    wanted = select(TakeHomeCard).where(TakeHomeCard.pupil_id.in_(pupil_ids))
    if module_id is not None:
        wanted = wanted.where(TakeHomeCard.module_id == module_id)
    return list(db.session.scalars(wanted.order_by(TakeHomeCard.made_at, TakeHomeCard.id)))


def questions_of(module_id: str, code: str) -> list[Item]:
    """The five practice questions of a card, chosen by ticking one choice; empty where the course has too few.

    The module's own come first, then those of its course on the same competencies, then any other of the course.
    """
    checks = _checks_by_module(module_id)
    items = quizzes.practice_items(item for own in checks.values() for item in own)
    fit = {id: item for id, item in items.items() if _has_one_key(item) and stands_alone(item.stem)}
    own = [item for item in checks.get(module_id, ()) if item in fit]
    taught = {items[item].competency for item in checks.get(module_id, ()) if item in items}
    near = [id for id, item in fit.items() if item.competency in taught]
    return [items[one] for one in five_of((own, near, fit), code)]


def _checks_by_module(module_id: str) -> dict[str, list[str]]:
    """Module of the same course → the questions its lessons ask."""
    course = select(Module.course_id).where(Module.id == module_id).scalar_subquery()
    wanted = (
        select(Lesson.module_id, Lesson.id, Lesson.digest)
        .join(Module, Module.id == Lesson.module_id)
        .where(Module.course_id == course, Module.retired_at.is_(None), Lesson.retired_at.is_(None))
    )
    rows = db.session.execute(wanted).all()
    read = outlines((row.id, row.digest) for row in rows)
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.module_id, []).extend(item for step in read[row.id].steps for item in step.checks)
    return found


def check_by_id(id: UUID) -> HomeCheck | None:
    return db.session.get(HomeCheck, id)


def check_of(card_id: int, person_id: int) -> HomeCheck | None:
    return db.session.scalar(select(HomeCheck).where(HomeCheck.card_id == card_id, HomeCheck.person_id == person_id))


def guests_since(card_id: int, since: datetime) -> int:
    wanted = select(func.count()).where(HomeCheck.card_id == card_id, HomeCheck.at >= since)
    return db.session.scalar(wanted.where(HomeCheck.claim_digest.is_not(None))) or 0


def checks(card_ids: Sequence[int]) -> dict[int, list[Check]]:
    """Card → who answered, read through the canonical person."""
    wanted = (
        select(HomeCheck.card_id, func.coalesce(Person.canonical_id, Person.id), Person.birth_year)
        .outerjoin(Person, Person.id == HomeCheck.person_id)
        .where(HomeCheck.card_id.in_(card_ids))
    )
    found: dict[int, list[Check]] = {}
    for card, person, birth_year in db.session.execute(wanted):
        found.setdefault(card, []).append(Check(person, birth_year))
    return found


def taught_by(person_ids: Sequence[int], canonical_id: int, year: int) -> int:
    """How many grown-ups the pupil of these profiles taught with all their cards, each once."""
    cards = [card.id for card in cards_of(person_ids)]
    found = [one for own in checks(cards).values() for one in own] if cards else []
    return taught(found, canonical_id, year).grown_ups


def titles(module_ids: Sequence[str]) -> dict[str, str]:
    rows = select(Module.id, Module.title).where(Module.id.in_(module_ids))
    return {module: title for module, title in db.session.execute(rows)}


def _has_one_key(item: Item) -> bool:
    return sum(option.correct for option in item.options) == 1
