"""The named cast, anh Nam a member of a team who has everything but the visit, and a visit of his of yesterday."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms import clock
from lms.db import db
from lms.visits import actions as visits
from lms.visits.rules import Kind, Told
from tests import cast, facts, members
from tests.cast import Cast
from tests.certificates import town


@pytest.fixture
def bare(db_session, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Anh Nam holds the five skills and nothing more."""
    monkeypatch.setattr(facts, "publish", facts.publish_framework)
    row = cast.settle(0)
    town.prove_all(row.nam.id, row.hoa.id)
    db.session.commit()
    return row


@pytest.fixture
def made(bare: Cast) -> Cast:
    for part in ("lesson", "exam"):
        members.pass_part(bare.nam.id, part, by=bare.hoa.id)
    db.session.commit()
    return bare


@pytest.fixture
def visit(made: Cast) -> UUID:
    told = Told(Kind.TEACH, clock.today() - timedelta(days=1), frozenset({made.lan.id}), frozenset({"warn"}))
    row = visits.record(uuid4(), made.household.id, made.nam.id, told).id
    db.session.commit()
    return row
