"""A whole region at once: facts in bulk, conclusions by the ordinary replay, figures that equal a recount."""

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.backups.replaying import replayed
from lms.db import db
from lms.demo import bulk
from lms.demo.loading import SEED
from lms.households.models import Household, Member
from lms.people.models import Person
from lms.places.known_units import today_units
from lms.reports import actions as reports
from lms.reports.queries import figures, recounted
from lms.skills.models import Evidence
from lms.skills.queries import framework
from tests import facts
from tests.demo.conftest import NOW

MANY = 320


@pytest.fixture
def region(db_session):
    with clock.frozen(NOW):
        facts.publish()
        said: list[str] = []
        bulk.settle_many(MANY, SEED, said.append)
        reports.count()
        yield said


def test_so_many_households_as_asked_for_and_everybody_in_one(region):
    assert db.session.scalar(select(func.count()).select_from(Household)) == MANY
    assert 2.5 * MANY < db.session.scalar(select(func.count()).select_from(Member)) < 4.5 * MANY
    assert any("khớp" in sentence for sentence in region), "a sample was checked"
    twice = select(Member.person_id).group_by(Member.person_id).having(func.count() > 1)
    assert db.session.scalars(twice).first() is None
    heads = select(func.count()).select_from(Member).where(Member.relation == "chu-ho")
    assert db.session.scalar(heads) == MANY
    named = select(func.count()).select_from(Member).join(Person, Person.id == Member.person_id)
    named = named.join(Household, Household.id == Member.household_id)
    assert db.session.scalar(named.where(Member.relation == "chu-ho", Person.full_name != Household.head_name)) == 0


def test_what_was_shown_makes_proficient_and_replay_finds_no_drift(region):
    learned = set(db.session.scalars(select(Evidence.skill_id).distinct()))
    assert learned == set(framework().core)
    units = [unit.id for unit in today_units().values()]
    shown = figures(units, clock.today())
    assert sum(figure.strict for figure in shown.values()) > 0
    for unit in units:
        assert shown[unit] == recounted(unit, clock.today())
    people, households = (list(db.session.scalars(select(table.id))) for table in (Person, Household))
    db.session.rollback()
    assert replayed(people, households, keep=False) == 0


def test_two_regions_of_one_seed_are_alike():
    def imagined(seed: int) -> list[str]:
        village = bulk.Village(1, 1, bulk.random.Random(seed))
        for number in range(1, 20):
            bulk._imagine(village, number)
        return [person["full_name"] for home in village.people for person, _relation in home]

    assert imagined(1) == imagined(1) != imagined(2)
