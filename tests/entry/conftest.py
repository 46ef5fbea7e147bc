import pytest

from tests.classes import school
from tests.entry import gate
from tests.rosters import hamlet


@pytest.fixture
def ids(db_session):
    return hamlet.founded()


@pytest.fixture
def room(ids):
    """(class 7A, its three pupils)"""
    return school.founded(ids)


@pytest.fixture
def as_teacher(app, client, ids):
    browser = gate.Browser(client)
    hamlet.sign_in(client, ids["teacher"])
    return browser


@pytest.fixture
def pupil(app, client):
    """A school computer: a browser of its own beside the teacher's."""
    return gate.Browser(app.test_client())
