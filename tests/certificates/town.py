"""The cast with somebody proficient in all five, witnessed by cô Hoa; signed in without a typed password."""

from datetime import date, timedelta
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.access.rules import Role
from lms.certificates import actions
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS
from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from tests import cast, facts
from tests.cast import Cast
from tests.house.two_worlds import signed_in

OFFICE = "KT. Chủ tịch, Phó Chủ tịch"


def settle(pupils: int = 1) -> Cast:
    """Bà Lan and every pupil hold all five; chị Mai may sign, and anh Bình is a second officer of the same commune."""
    made = cast.settle(pupils)
    for person in (made.lan, *made.pupils):
        prove_all(person.id, made.hoa.id)
    db.session.commit()
    return made


def second_officer(made: Cast) -> Person:
    row = people.create_person("Vũ Văn Bình", 1979)
    unit_id = commune_of(made)
    people.grant_role(row.id, Role.COMMUNE_OFFICER, cast.BEGAN, unit_id=unit_id)
    people.create_account(row, "binh", cast._hashed(), must_change=False)
    db.session.commit()
    return row


def prove_all(person_id: int, witness_id: int, day: date | None = None) -> None:
    for skill in facts.SKILLS:
        facts.prove(person_id, skill, day or clock.today() - timedelta(days=20), witness_id=witness_id)


def commune_of(made: Cast) -> int:
    return made.team.unit_id


def propose(made: Cast, kind: str = "five", proposer: Person | None = None):
    unit = commune_of(made)
    scope = (candidates.of_teams if KINDS[kind].parts else candidates.of_unit)(unit, clock.today())
    ready = candidates.ready(KINDS[kind], scope, clock.today(), 500)
    batch = actions.propose(uuid4(), kind, unit, "Xã Ngọc Liên", ready, (proposer or made.hoa).id)
    db.session.commit()
    return batch


def issue(made: Cast, kind: str = "five"):
    """Proposed by cô Hoa, signed by chị Mai."""
    rows = actions.sign(propose(made, kind).id, made.mai.id, OFFICE)
    db.session.commit()
    return rows


def revoke(made: Cast, row, reason: str = "Ghi sai họ tên") -> None:
    asked = actions.ask_to_revoke(uuid4(), row, made.mai.id, reason)
    actions.decide_revocation(asked.id, second_officer(made).id, True)
    db.session.commit()


class Window:
    """A browser beside a test that holds an application context of its own: each request gets a fresh one."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.client = app, client

    def get(self, address: str, **more):
        return self._ask("GET", address, more)

    def post(self, address: str, **more):
        return self._ask("POST", address, more)

    def _ask(self, method: str, address: str, more):
        db.session.rollback()
        with self.app.app_context():
            return self.client.open(address, method=method, **more)


def enter(app: Flask, person: Person | None = None) -> Window:
    app.config["WTF_CSRF_ENABLED"] = False
    db.session.rollback()
    return Window(app, signed_in(app, person.id) if person else app.test_client())
