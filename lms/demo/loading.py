"""Filling an empty database with the demo: the sample world, a year of real acts, then conclusions as of today."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from lms import clock, completion
from lms.db import db, writes
from lms.demo import year
from lms.demo.accounts import leave_mark
from lms.demo.at_doors import knock
from lms.demo.at_home import teach_at_home
from lms.demo.bulk import settle_many
from lms.demo.certified import certify
from lms.demo.helping import settle_help
from lms.demo.training import train
from lms.demo.world import build
from lms.households.models import Household
from lms.people.models import Person
from lms.people.queries import has_accounts
from lms.places.models import Site
from lms.quizzes.queries import forget_forms
from lms.refusals import Refusal
from lms.reports import actions as reports
from lms.skills import publishing

BY_ACTS = 2000
"""Up to so many households everything is done by the acts of the rooms; beyond, the rest comes in bulk."""
ACTS_OF_A_BIG_DEMO = 300
SEED = 20240917
CHUNK = 400


def load_demo(households: int = 300, seed: int = SEED, say: Callable[[str], None] = lambda _sentence: None) -> None:
    """Needs published content and a database without accounts. Up to 2,000 households it is one transaction."""
    if has_accounts():
        raise Refusal("Cơ sở dữ liệu đã có tài khoản, không tạo dữ liệu mẫu nữa.", "not-empty")
    forget_forms()  # the dice give the attempts of every demo the same ids
    by_acts = households if households <= BY_ACTS else ACTS_OF_A_BIG_DEMO
    with _rarer_collection():
        _live(by_acts, seed, say)
    if households > by_acts:
        settle_many(households - by_acts, seed, say)
    counted = reports.count()
    say(f"  đã gộp {counted} kết luận vào số của thôn, xã")


@writes
def _live(households: int, seed: int, say: Callable[[str], None]) -> None:
    today = clock.today()
    begins_on = today - year.LENGTH
    turns_on = today.replace(month=8, day=1)
    if turns_on > today:
        turns_on = turns_on.replace(year=today.year - 1)
    publishing.activate(publishing.FIRST_RULESET, begins_on, ["Dữ liệu mẫu"])
    with clock.frozen(clock.start_of(begins_on) + timedelta(hours=7)):
        world = build(households, seed, begins_on, turns_on, say)
    year.live(world, today, say)
    leave_mark()
    conclude_as_of_today()
    certify(world, db.session.get_one(Site, world.classes["7A"].site_id))
    settle_help(world, today)
    teach_at_home(world, today)
    knock(world, today)
    train(world, today)
    db.session.commit()


@writes
def conclude_as_of_today() -> None:
    """What was concluded during the year was concluded as of then."""
    people = list(db.session.scalars(select(Person.id).order_by(Person.id)))
    households = list(db.session.scalars(select(Household.id).order_by(Household.id)))
    for start in range(0, len(people), CHUNK):
        completion.conclude_people(people[start : start + CHUNK])
    for start in range(0, len(households), CHUNK):
        completion.conclude_households(households[start : start + CHUNK])


@contextmanager
def _rarer_collection() -> Iterator[None]:
    """A year of acts makes many small objects in a second; looking for cycles after every 700 costs a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
