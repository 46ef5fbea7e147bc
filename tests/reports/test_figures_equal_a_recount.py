"""Whatever happens, in any order, the printed figures of every unit and day equal a count straight from the conclusions."""

import random
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from lms import clock
from lms.backups.replaying import replayed
from lms.db import db
from lms.households.actions import living
from lms.households.models import Household, Member
from lms.people.models import Person
from lms.places import actions as places
from lms.places import known_units
from lms.places.models import Unit
from lms.reports import actions, queries
from tests import facts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
DAYS = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 1), date(2026, 11, 22), date(2027, 6, 1), date(2028, 12, 1)]


def test_golden_only_by_one_and_the_same_member_and_it_closes_by_itself(db_session):
    with clock.frozen(NOW):
        facts.publish()
        unit = facts.village()
        row, (lan, tu) = facts.household(unit, ("Bùi Văn Tư", 1960), ("Bùi Thị Lan", 1990))
        for number, skill in enumerate(facts.SKILLS):
            facts.prove((lan if number < 4 else tu).id, skill, date(2026, 5, number + 1))
        db.session.commit()
        assert _counted(unit, date(2026, 6, 1)) == (1, 0, 1), "several members together never open the heart"
        facts.prove(lan.id, "s5", date(2026, 7, 1))
        db.session.commit()
        assert _counted(unit, date(2026, 6, 30)) == (1, 0, 1)
        assert _counted(unit, date(2026, 7, 1)) == (1, 1, 1)
        assert _counted(unit, date(2027, 5, 3)) == (1, 1, 1), "payment holds through its whole last day"
        assert _counted(unit, date(2027, 5, 4)) == (1, 0, 0), "and the heart closes without any job"


def test_a_storm_of_acts_and_a_reorganisation(db_session):
    dice = random.Random(11)
    with clock.frozen(NOW):
        facts.publish()
        units = known_units.found_known_units()
        villages = [
            facts.village(commune, f"Thôn Mẫu {n}")
            for n, commune in enumerate(("Ngọc Liên", "Ngọc Liên", "Minh Sơn"), 1)
        ]
        homes = [facts.household(dice.choice(villages), (f"Ông {n}", 1960), (f"Con {n}", 2010)) for n in range(8)]
        for _ in range(60):
            _one_act(dice, homes, villages)
            if dice.random() < 0.2:
                actions.fold_chunk()
            db.session.commit()
        _agree([*villages, *units.values()])
        merged = places.merge_units(villages[:2], "thon", "Thôn Mẫu Gộp", date(2026, 10, 1))
        living.follow_units([one.id for one in villages[:2]], merged.id, date(2026, 10, 1))
        actions.count()
        actions.recount_above([unit.id for unit in units.values()])
        db.session.commit()
        _agree([*villages, merged, *units.values()])
        people = list(db.session.scalars(select(Person.id)))
        households = list(db.session.scalars(select(Household.id)))
        assert replayed(people, households, keep=False) == 0


def _one_act(dice, homes, villages) -> None:
    row, members = dice.choice(homes)
    kind = dice.choice(("prove", "prove", "prove", "leave", "move", "return"))
    person = dice.choice(members)
    day = date(2026, 1, 1) + timedelta(days=dice.randint(0, 320))
    if kind == "prove":
        facts.prove(person.id, dice.choice(facts.SKILLS), day)
    elif kind == "leave":
        here = db.session.scalars(
            select(Member).where(Member.person_id == person.id, Member.until_on.is_(None))
        ).first()
        if here and here.from_on < day:
            living.leave(here, day)
    elif kind == "return":
        anywhere = db.session.scalars(
            select(Member).where(Member.person_id == person.id, Member.until_on.is_(None))
        ).first()
        if anywhere is None:
            living.join(row, person, "con", date(2026, 11, 22))
    else:
        living.move_households([row.id], dice.choice(villages).id, day)


def _agree(units) -> None:
    for day in DAYS:
        shown = queries.figures([unit.id for unit in units], day)
        for unit in units:
            assert shown[unit.id] == queries.recounted(unit.id, day), f"{unit.name} {day}"


def _counted(unit: Unit, day: date) -> tuple[int, int, int]:
    shown = queries.figures([unit.id], day)[unit.id]
    assert shown == queries.recounted(unit.id, day)
    return shown.households, shown.strict, shown.union
