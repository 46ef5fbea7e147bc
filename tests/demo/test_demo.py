"""The demo: everybody can sign in, every kind of household is there, and all of it follows from the facts."""

import hashlib
import json

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.backups.replaying import replayed
from lms.certificates.queries import certified_members
from lms.classes.queries import classes_of
from lms.courses.models import StepRead
from lms.db import db
from lms.demo import accounts
from lms.demo.loading import load_demo
from lms.households.models import Household, HouseholdSpell, Member
from lms.people.models import Consent, Person
from lms.people.queries import account_named, canonical_id
from lms.places.models import Unit
from lms.quizzes.models import Attempt, AttemptStep
from lms.refusals import Refusal
from lms.skills.models import Evidence, SkillState
from lms.skills.queries import flowers
from lms.witnessing.models import Observation, TestWindow
from tests import facts
from tests.demo.conftest import HOUSEHOLDS, NOW

TABLES = (Person, Household, Member, Consent, TestWindow, Attempt, AttemptStep, Observation, Evidence, StepRead)


@pytest.mark.parametrize("account", [account.username for account in accounts.ACCOUNTS])
def test_every_account_opens_its_first_page(demo, account):
    client = demo.test_client()
    answer = client.post("/dang-nhap", data={"username": account, "password": accounts.PASSWORD})
    assert answer.status_code == 303
    assert client.get("/").status_code == 200


def test_the_accounts_are_known_as_the_demos(inside):
    assert accounts.has_demo() and len(accounts.shown_accounts()) == 8


def test_every_kind_of_household_is_there(inside):
    today, kinds = clock.today(), {}
    spells = select(HouseholdSpell).where(HouseholdSpell.superseded_at.is_(None))
    for spell in db.session.scalars(spells):
        if spell.from_on <= today and (spell.until_on is None or spell.until_on > today):
            kinds.setdefault(spell.household_id, set()).add(spell.kind)
        elif spell.kind == "strict":
            kinds.setdefault(spell.household_id, set()).add("closed")
    found = list(kinds.values())
    assert len(found) == HOUSEHOLDS
    assert [one for one in found if {"strict", "strict_adult"} <= one], "golden by a grown-up"
    assert [one for one in found if "strict" in one and "strict_adult" not in one], "golden by a pupil only"
    assert [one for one in found if "union" in one and "strict" not in one], "only together"
    assert [one for one in found if "near" in one], "one skill short"
    assert [one for one in found if "closed" in one and "strict" not in one], "run out"
    assert [one for one in found if one == {"households"}], "not begun"


def test_people_stand_at_every_stage(inside):
    stages = set(db.session.scalars(select(SkillState.status).distinct()))
    assert stages >= {"learning", "proficient", "expiring", "needs_renewal"}


def test_who_attested_whom(inside):
    by = {
        name: account_named(name).person_id
        for name in ("giaovien", "canboxa", "tocnscd", "totruong", "nguoidan", "hocsinh")
    }

    def witnesses(learner: str) -> set[int]:
        return set(db.session.scalars(select(Observation.witness_id).where(Observation.learner_id == by[learner])))

    assert witnesses("totruong") == {by["giaovien"]}
    assert witnesses("tocnscd") == {by["giaovien"], by["canboxa"]}  # taught by the one, renewed with the other
    assert witnesses("nguoidan") == {by["tocnscd"]}
    assert witnesses("hocsinh") == {by["giaovien"]}
    flower = flowers([by["nguoidan"]], clock.today())[by["nguoidan"]]
    assert flower.golden
    assert certified_members([by["tocnscd"], by["totruong"]], clock.today()) == {by["tocnscd"], by["totruong"]}


def test_hocsinh_has_something_to_do(inside):
    pupil = account_named("hocsinh").person_id
    flower = flowers([canonical_id(pupil)], clock.today())[canonical_id(pupil)]
    assert not flower.golden and any(petal.state for petal in flower.petals)
    assert [row.name for row in classes_of(pupil, clock.today())] == ["7A"]


def test_hocsinh_taught_a_grown_up_at_home(demo):
    client = demo.test_client()
    client.post("/dang-nhap", data={"username": "hocsinh", "password": accounts.PASSWORD})
    assert "em đã dạy 1 người lớn" in client.get("/the-ve-nha").text


def test_the_commune_is_open_to_its_officers_only(demo):
    with demo.app_context():
        commune = db.session.scalar(
            select(Unit.id).where(Unit.name == "Ngọc Liên", Unit.until_on.is_(None), Unit.kind_id == "xa")
        )
    seen = {}
    for account in ("canboxa", "canbohuyen", "hocsinh"):
        client = demo.test_client()
        client.post("/dang-nhap", data={"username": account, "password": accounts.PASSWORD})
        seen[account] = client.get(f"/don-vi/{commune}").status_code
    assert (seen["canboxa"], seen["canbohuyen"]) == (200, 200) and seen["hocsinh"] in (403, 404)


def test_every_conclusion_follows_from_the_facts(inside):
    everybody = list(db.session.scalars(select(Person.id)))
    households = list(db.session.scalars(select(Household.id)))
    db.session.rollback()
    assert replayed(everybody, households, keep=False) == 0
    assert db.session.scalar(select(func.count()).select_from(HouseholdSpell).where(HouseholdSpell.pending)) == 0


def test_it_is_not_loaded_twice(inside):
    with pytest.raises(Refusal, match="đã có tài khoản"):
        load_demo(HOUSEHOLDS)


def test_two_loads_with_one_seed_are_alike(demo, app):
    """Facts only: password hashes are salted."""
    with demo.app_context():
        first = digests()
    clock.set_for_process(NOW)
    with app.app_context():
        facts.publish_only()
        load_demo(HOUSEHOLDS)
        assert digests() == first


def digests() -> dict[str, tuple[int, str]]:
    return {table.__tablename__: _digest(table) for table in TABLES}


def _digest(table) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for row in db.session.execute(select(table.__table__).order_by(*table.__table__.primary_key.columns)):
        digest.update(
            json.dumps(
                [str(value) if not isinstance(value, dict | list) else value for value in row], sort_keys=True
            ).encode()
        )
        count += 1
    return count, digest.hexdigest()
