"""Two members finish at one instant: the household ends right, whoever came first (docs/house.md «Lock first»)."""

import threading
from datetime import UTC, date, datetime

from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.households.models import HouseholdSpell
from lms.places.queries import unit_by_id
from tests import facts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
ROUNDS = 6


def test_the_last_two_petals_at_one_instant(app):
    clock.set_for_process(NOW)
    try:
        for number in range(ROUNDS):
            household_id, people = _nearly_open(app, number)
            _together(app, [(people[0], "s5"), (people[1], "s4")])
            assert _kinds(app, household_id) >= {"s4", "s5", "union"}, f"round {number}"
    finally:
        clock.set_for_process(None)


def test_one_person_finishes_two_things_at_one_instant(app):
    clock.set_for_process(NOW)
    try:
        for number in range(ROUNDS):
            household_id, people = _nearly_open(app, number, lacking=("s4", "s5"))
            _together(app, [(people[0], "s5"), (people[0], "s4")])
            assert "strict" in _kinds(app, household_id), f"round {number}"
    finally:
        clock.set_for_process(None)


def _nearly_open(app, number: int, lacking: tuple[str, ...] = ("s4", "s5")) -> tuple[int, list[int]]:
    with app.app_context():
        if number == 0:
            facts.publish()
            app.extensions["test_village"] = facts.village().id
        row, members = facts.household(
            unit_by_id(app.extensions["test_village"]), (f"Ông {number}", 1960), ("Bà", 1962)
        )
        for skill in facts.SKILLS:
            if skill not in lacking:
                facts.prove(members[0].id, skill, date(2026, 10, 1))
        db.session.commit()
        return row.id, [person.id for person in members]


def _together(app, acts: list[tuple[int, str]]) -> None:
    gate = threading.Barrier(len(acts))
    failures: list[BaseException] = []

    def act(person_id: int, skill: str) -> None:
        with app.app_context():
            gate.wait()
            try:
                facts.prove(person_id, skill, date(2026, 11, 20))
                db.session.commit()
            except BaseException as failure:
                failures.append(failure)

    threads = [threading.Thread(target=act, args=one) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def _kinds(app, household_id: int) -> set[str]:
    with app.app_context():
        wanted = select(HouseholdSpell.kind).where(
            HouseholdSpell.household_id == household_id,
            HouseholdSpell.superseded_at.is_(None),
            HouseholdSpell.from_on <= date(2026, 11, 22),
        )
        return set(db.session.scalars(wanted))
