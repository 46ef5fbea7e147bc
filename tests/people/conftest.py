import pytest

from tests.classes import school
from tests.rosters import hamlet


@pytest.fixture
def ids(db_session):
    """Whoever and whatever stands in the hamlet of tests/rosters."""
    return hamlet.founded()


@pytest.fixture
def room(ids):
    """(class, its pupils)"""
    return school.founded(ids)
