import pytest

from tests.classes import school
from tests.rosters import hamlet


@pytest.fixture
def ids(db_session):
    return hamlet.founded()


@pytest.fixture
def room(ids):
    """(class, its pupils)"""
    return school.founded(ids)


@pytest.fixture
def as_teacher(client, ids):
    return hamlet.sign_in(client, ids["teacher"])
