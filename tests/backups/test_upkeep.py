"""`flask upkeep`: what is overdue is closed, counts are folded, a sample is checked, a copy is made; twice is once."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from lms import clock, completion
from lms.backups import upkeep
from lms.db import db, open_write
from lms.households.models import HouseholdSpell
from lms.quizzes.models import Attempt
from lms.witnessing import actions as witnessing
from tests import cast, facts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def people(app, db_session, engine):
    if engine == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("PostgreSQL: no pg_dump on this machine")
    with clock.frozen(NOW):
        yield cast.settle()


def test_it_writes_what_it_did(people, settings):
    done = upkeep.run_upkeep()
    assert done["problems"] == [] and done["folded"] > 0 and done["drifted"] == 0
    assert (settings.data_dir / "backups" / done["backup"] / "manifest.json").is_file()
    assert upkeep.last_outcome(settings.data_dir) == json.loads(json.dumps(done))


def test_twice_is_once(people, settings):
    first = upkeep.run_upkeep()
    again = upkeep.run_upkeep()
    assert (again["folded"], again["backup"], again["problems"]) == (0, first["backup"], [])
    assert len(list((settings.data_dir / "backups").iterdir())) == 1


def test_the_next_day_has_a_copy_of_its_own_and_a_sealed_journal(people, settings):
    with clock.frozen(NOW - timedelta(days=1)):
        upkeep.run_upkeep()
    assert upkeep.run_upkeep()["problems"] == []
    assert len(list((settings.data_dir / "backups").iterdir())) == 2


def test_a_drifted_conclusion_is_told(people):
    upkeep.run_upkeep()
    facts.prove(people.lan.id, "s1", NOW.date() - timedelta(days=9))
    db.session.commit()
    open_write()
    db.session.execute(text("UPDATE skill_spell SET superseded_at = concluded_at"))
    db.session.commit()
    done = upkeep.run_upkeep()
    assert done["drifted"] >= 1 and "completion replay" in done["problems"][0]


def test_the_command_fails_when_something_is_wrong(app, people):
    run = app.test_cli_runner().invoke
    assert run(args=["upkeep"]).exit_code == 0
    facts.prove(people.lan.id, "s1", NOW.date() - timedelta(days=9))
    db.session.commit()
    open_write()
    db.session.execute(text("UPDATE skill_spell SET superseded_at = concluded_at"))
    db.session.commit()
    assert run(args=["upkeep", "--json"]).exit_code == 1
    assert run(args=["completion", "replay"]).exit_code == 0
    assert run(args=["upkeep"]).exit_code == 0


def test_an_overdue_attempt_is_closed_as_it_stands(people):
    pupil = people.pupils[0]
    witnessing.open_window(uuid4(), people.hoa.id, "thanh-toan", class_id=people.school_class.id, minutes=45)
    begun = completion.begin_attempt(uuid4(), pupil.id, "thanh-toan", "seed").id
    db.session.commit()
    with clock.frozen(NOW + timedelta(hours=2)):
        assert upkeep.run_upkeep()["lapsed"] == 1
        assert db.session.get(Attempt, begun).result["passed"] is False


def test_nothing_waits_to_be_folded_afterwards(people):
    upkeep.run_upkeep()
    waiting = select(func.count()).select_from(HouseholdSpell).where(HouseholdSpell.pending)
    assert db.session.scalar(waiting) == 0
