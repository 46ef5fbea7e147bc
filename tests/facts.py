"""Facts for tests that are not about how facts come to be: a framework, a place to live, and proof of a skill on a day."""

from datetime import date, timedelta
from uuid import uuid4

from lms import clock, completion
from lms.db import db
from lms.households.actions import living
from lms.households.models import Household
from lms.library.changes import Changes
from lms.library.commands import publish_books
from lms.people import actions as people
from lms.people.models import Person
from lms.places import actions as places
from lms.places import known_units
from lms.places.models import Unit
from lms.skills import publishing
from lms.skills.queries import framework
from lms.skills.rules.events import ItemScore, Line, ObservationResult, QuizResult
from lms.skills.rules.payloads import result_as_mapping
from tests import shipped

SKILLS = ("s1", "s2", "s3", "s4", "s5")
SETTLED = date(2025, 7, 1)


def publish_only() -> None:
    """The real books, read once a run."""
    publish_books(shipped.books())
    db.session.commit()


def publish() -> None:
    """The real books, with the first ruleset in force since 2025."""
    publish_only()
    publishing.activate("r2026.0", date(2025, 1, 1), ["test"])
    db.session.commit()


def publish_framework() -> None:
    """Skills and rulesets only, the first in force: for worlds in which nobody opens a lesson or a test."""
    publishing.publish(shipped.books(), Changes())
    publishing.activate("r2026.0", date(2025, 1, 1), ["test"])
    db.session.commit()


def village(commune: str = "Ngọc Liên", name: str = "Thôn Mẫu 1") -> Unit:
    units = known_units.found_known_units()
    made = places.found_unit("thon", name, SETTLED, units[commune].id)
    db.session.commit()
    return made


def household(unit: Unit, *members: tuple[str, int]) -> tuple[Household, list[Person]]:
    """A household of (name, birth year); the first is its head."""
    row = living.found_household(members[0][0], unit.id, SETTLED)
    made = [people.create_person(name, year) for name, year in members]
    for number, person in enumerate(made):
        living.join(row, person, "con" if number else "chu-ho", SETTLED)
    db.session.commit()
    return row, made


def prove(person_id: int, skill: str, day: date, role: str = "teacher", witness_id: int = 0) -> None:
    """A passed test and two different cards done unaided, one session, one day. The caller commits."""
    session, at = uuid4(), clock.start_of(day) + timedelta(hours=3)
    items = tuple(ItemScore(f"{skill}.q{n:03}", True, n < 4) for n in range(15))
    shared = {
        "skill_id": skill,
        "mode": "witnessed",
        "session_id": session,
        "ruleset_id": "r2026.0",
        "admitted": True,
    }
    completion.evidence_came(
        uuid4(),
        person_id,
        type="quiz",
        occurred_at=at,
        received_at=at,
        result=result_as_mapping(QuizResult(items)),
        **shared,
    )
    lines = tuple(Line(f"r{n}", one, 3, True) for n, one in enumerate(sorted(framework().core[skill])))
    for number, card in enumerate(("a", "b"), 1):
        moment = at + timedelta(hours=number)
        completion.evidence_came(
            uuid4(),
            person_id,
            type="observation",
            independence=3,
            occurred_at=moment,
            received_at=moment,
            result=result_as_mapping(ObservationResult(True, lines, card)),
            actors=[{"person": witness_id or person_id + 1_000_000, "part": "witness", "as": role}],
            **shared,
        )
