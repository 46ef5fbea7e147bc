"""What stays when things around a certificate change: keys, communes, the link of two persons, the number of queries."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lms import clock
from lms.certificates import actions, queries
from lms.certificates.queries import candidates
from lms.certificates.queries import keys as stored
from lms.certificates.rules import KINDS
from lms.db import db, open_write
from lms.people import actions as people
from lms.people.models import Person
from lms.places import actions as places
from lms.places.queries import commune_of
from lms.refusals import Refusal
from tests import facts
from tests.certificates import town


@pytest.fixture
def made(db_session):
    return town.settle(0)


def test_the_command_changes_the_key(app, made) -> None:
    town.issue(made)
    old = stored.newest().id
    db.session.rollback()
    assert "Khoá mới" in app.test_cli_runner().invoke(args=["certificates", "change-key"]).output
    db.session.rollback()
    assert stored.newest().id != old
    assert len(stored.all_keys()) == 2


def test_private_keys_are_readable_by_the_server_only(app, made) -> None:
    town.issue(made)
    folder = app.extensions["settings"].data_dir / "issuer-keys"
    assert folder.stat().st_mode & 0o77 == 0
    assert [path.stat().st_mode & 0o77 for path in folder.iterdir()] == [0]


def test_without_the_file_the_next_signing_makes_a_key(app, made) -> None:
    rows = town.issue(made)
    folder = app.extensions["settings"].data_dir / "issuer-keys"
    for path in folder.iterdir():
        path.unlink()
    assert town.enter(app, made.lan).get(f"/giay-chung-nhan/{rows[0].id}/giay.pdf").status_code == 503
    town.prove_all(made.tu.id, made.hoa.id)
    later = town.issue(made)[0]
    assert later.key_id != rows[0].key_id
    assert town.enter(app, made.lan).get(f"/giay-chung-nhan/{rows[0].id}/giay.pdf").status_code == 200


def test_whoever_follows_a_merged_commune_keeps_its_register(app, made) -> None:
    rows = town.issue(made)
    open_write()
    old = [commune_of(village.id, clock.today()) for village in (made.village, made.other_village)]
    new = places.merge_units(old, "xa", "Xã Gộp", clock.today() - timedelta(days=1))
    who = people.create_person("Cán Bộ Mẫu", 1980)
    people.grant_role(who.id, "commune-officer", clock.today() - timedelta(days=1), unit_id=new.id)
    people.create_account(who, "moi", "no hash", must_change=False)
    db.session.commit()
    assert rows[0].name in town.enter(app, db.session.get(Person, who.id)).get("/so-cap-giay").text


def test_whoever_has_five_is_not_proposed_for_each(made) -> None:
    scope = candidates.of_unit(town.commune_of(made), clock.today())
    assert [one.id for one in candidates.ready(KINDS["s3"], scope, clock.today(), 9)] == [made.lan.id]
    town.issue(made)
    assert candidates.ready(KINDS["s3"], scope, clock.today(), 9) == []


def test_a_proposal_is_one_however_often_it_is_sent(made) -> None:
    id, unit = uuid4(), town.commune_of(made)
    for _n in range(2):
        actions.propose(id, "five", unit, "x", [made.lan], made.hoa.id)
    assert len(queries.nominated(id)) == 1
    with pytest.raises(Refusal, match="Chưa chọn ai"):
        actions.propose(uuid4(), "five", unit, "x", [], made.hoa.id)


def test_lists_ask_the_same_however_long_they_are(app, made, queries) -> None:
    def asked(address: str) -> int:
        window = town.enter(app, made.mai)
        with queries() as said:
            assert window.get(address).status_code == 200
        return len(said)

    batch = town.issue(made)[0].batch_id
    short = [asked("/so-cap-giay"), asked("/cap-giay"), asked(f"/cap-giay/dot/{batch}")]
    for n in range(6):
        person = people.create_person(f"Bùi Thị Mẫu {n}", 1990)
        facts.prove(person.id, "s2", clock.today(), witness_id=made.hoa.id)
        actions.propose(uuid4(), "s2", made.team.unit_id, "x", [person], made.hoa.id)
        last = actions.propose(uuid4(), "s1", made.team.unit_id, "x", [made.tu, made.nam], made.hoa.id)
    db.session.commit()
    assert [asked("/so-cap-giay"), asked("/cap-giay")] == short[:2]
    assert asked(f"/cap-giay/dot/{last.id}") <= short[2] + 6
