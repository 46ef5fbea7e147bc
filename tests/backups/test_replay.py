"""`flask completion replay`: what was concluded bit by bit is what the facts say at once; drift is found and mended."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from lms import clock, completion
from lms.backups.replaying import replayed
from lms.db import db, open_write
from lms.households.actions import living
from lms.households.models import Household, Member
from lms.people import actions as people
from lms.people.models import Person
from lms.places import actions as places
from lms.refusals import Refusal
from lms.reports import actions as reports
from lms.skills.models import Evidence, SkillSpell
from lms.skills.rules.events import RevokeResult
from lms.skills.rules.payloads import result_as_mapping
from tests import facts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SEED = 20261122


@pytest.fixture
def now():
    with clock.frozen(NOW):
        yield NOW


def test_drift_is_found_and_mended(app, db_session, now):
    facts.publish()
    _row, (tu, _lan) = facts.household(facts.village(), ("Bùi Văn Tư", 1960), ("Bùi Thị Lan", 1990))
    facts.prove(tu.id, "s1", date(2026, 5, 1))
    db.session.commit()
    run = app.test_cli_runner().invoke
    assert run(args=["completion", "replay", "--check"]).exit_code == 0
    open_write()
    db.session.execute(text("UPDATE skill_spell SET until_on = '2099-01-01'"))
    db.session.commit()
    told = run(args=["completion", "replay", "--check", "--json"])
    assert (told.exit_code, json.loads(told.stdout)["changed"] >= 1) == (1, True)
    assert db.session.scalar(select(SkillSpell.until_on)).year == 2099, "only compared"
    assert run(args=["completion", "replay", "--person", str(tu.id)]).exit_code == 0
    assert run(args=["completion", "replay", "--check"]).exit_code == 0


def test_a_random_storm_of_acts_is_what_the_facts_say(app, db_session, now, soak):
    dice = random.Random(SEED)
    storm = Storm(dice)
    done = 0
    for _ in range(2000 if soak else 200):
        done += storm.act()
        if dice.random() < 0.1:
            reports.fold_chunk()
        db.session.commit()
    assert done > 100
    people_ids, household_ids = (list(db.session.scalars(select(table.id))) for table in (Person, Household))
    db.session.rollback()
    assert replayed(people_ids, household_ids, keep=False) == 0


class Storm:
    """Proofs of any day, revocations, links and their undoing, people and households coming, moving and leaving."""

    def __init__(self, dice: random.Random) -> None:
        facts.publish()
        self.dice = dice
        self.villages = [
            facts.village(),
            facts.village("Minh Sơn", "Thôn Mẫu 1"),
            facts.village("Kiên Thọ", "Thôn Mẫu 1"),
        ]
        self.homes = [
            facts.household(
                dice.choice(self.villages), (f"Ông Mẫu {n}", 1960), (f"Bà Mẫu {n}", 1964), (f"Em Mẫu {n}", 2012)
            )[0].id
            for n in range(8)
        ]
        self.people = list(db.session.scalars(select(Person.id)))
        self.linked: list[tuple[int, int]] = []
        self.merged = 0

    def act(self) -> bool:
        """One act; False where the house said no."""
        kinds = ("prove",) * 8 + (
            "revoke",
            "link",
            "unlink",
            "leave",
            "come_back",
            "move_home",
            "move_person",
            "be_born",
        )
        kind = self.dice.choice(kinds) if self.dice.random() > 0.01 else "merge"
        try:
            getattr(self, kind)()
        except Refusal:
            db.session.rollback()
            return False
        return True

    def prove(self) -> None:
        facts.prove(self._person().id, self.dice.choice(facts.SKILLS), self._day())

    def revoke(self) -> None:
        row = db.session.scalars(select(Evidence).where(Evidence.type != "revoke")).all()
        if row:
            chosen = self.dice.choice(sorted(row, key=lambda one: (one.received_at, str(one.id))))
            completion.evidence_came(
                UUID(int=self.dice.getrandbits(128), version=4), chosen.person_id, type="revoke", skill_id=chosen.skill_id,
                occurred_at=NOW, received_at=NOW, mode="witnessed", ruleset_id="r2026.0", admitted=True,
                result=result_as_mapping(RevokeResult((str(chosen.id),))),
            )  # fmt: skip

    def link(self) -> None:
        pupil = people.create_person("Em của trường", 2012)
        self.people.append(pupil.id)
        facts.prove(pupil.id, self.dice.choice(facts.SKILLS), self._day())
        person = self._person()
        completion.link_confirmed(pupil, person, None)
        self.linked.append((pupil.id, person.id))

    def unlink(self) -> None:
        if self.linked:
            pupil, _person = self.linked.pop(self.dice.randrange(len(self.linked)))
            completion.link_undone(db.session.get_one(Person, pupil), None)

    def leave(self) -> None:
        member = self._member(self._person())
        if member and member.from_on < (day := self._day()):
            living.leave(member, day)

    def come_back(self) -> None:
        living.join(self._home(), self._person(), "khac", self._day())

    def move_home(self) -> None:
        living.move_households([self._home().id], self.dice.choice(self.villages).id, self._day())

    def move_person(self) -> None:
        living.move_person(self._person(), self._home(), "khac", self._day())

    def be_born(self) -> None:
        child = people.create_person("Em bé", 2015)
        self.people.append(child.id)
        living.join(self._home(), child, "con", self._day())

    def merge(self) -> None:
        if len(self.villages) < 3 or self.merged:
            return
        self.merged += 1
        old = self.villages[:1] + self.villages[-1:]
        made = places.merge_units(old, "thon", "Thôn Mẫu Gộp", date(2026, 11, 1))
        living.follow_units([one.id for one in old], made.id, date(2026, 11, 1))
        self.villages = [made, *self.villages[1:-1]]

    def _person(self) -> Person:
        return db.session.get_one(Person, self.dice.choice(self.people))

    def _home(self) -> Household:
        return db.session.get_one(Household, self.dice.choice(self.homes))

    def _member(self, person: Person) -> Member | None:
        return db.session.scalars(
            select(Member).where(Member.person_id == person.id, Member.until_on.is_(None))
        ).first()

    def _day(self) -> date:
        return date(2025, 10, 1) + timedelta(days=self.dice.randint(0, 410))
