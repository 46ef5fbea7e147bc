import pytest

from tests.rosters import hamlet


@pytest.fixture
def ids(db_session):
    """Whoever and whatever stands in the hamlet."""
    return hamlet.founded()


@pytest.fixture
def as_admin(client, ids):
    return hamlet.sign_in(client, ids["admin"])


@pytest.fixture
def as_officer(client, ids):
    return hamlet.sign_in(client, ids["officer"])
