"""Villages are added, renamed, merged and split on a day; figures before the day stay, sums reconcile to the last household."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.households.models import Household
from lms.places import queries
from lms.places.models import Unit
from lms.reports import queries as reports
from tests import cast, facts


@pytest.fixture
def world(app):
    with app.app_context():
        made = cast.settle(3)
        commune = queries.commune_of(made.village.id, clock.today())
        return {"village": made.village.id, "commune": commune.id, "other": made.other_village.id}


@pytest.fixture
def officer(client, world):
    cast.sign_in(client, "mai")
    return client


def _households(app, unit_id, day):
    with app.app_context():
        shown = reports.figures([unit_id], day)[unit_id]
        assert shown == reports.recounted(unit_id, day)
        return shown.households


def _village(app, name):
    with app.app_context():
        return db.session.scalars(select(Unit.id).where(Unit.name == name, Unit.until_on.is_(None))).one()


def test_added_several_at_once_and_a_twin_refused(app, officer, world):
    day = {"kind": "thon", "from_on": "2026-01-01"}
    added = officer.post(f"/don-vi/{world['commune']}/them-thon", data={**day, "names": "Thôn Mẫu 2\nThôn Mẫu 3\n"})
    assert added.status_code == 303
    twin = officer.post(f"/don-vi/{world['commune']}/them-thon", data={**day, "names": "Thôn Mẫu 4\nThôn  mẫu 2"})
    assert twin.status_code == 422 and "Đã có" in twin.text
    with app.app_context():
        assert not db.session.scalars(select(Unit).where(Unit.name == "Thôn Mẫu 4")).all(), "nothing half-saved"


def test_merged_on_a_day(app, officer, world):
    officer.post(
        f"/don-vi/{world['commune']}/them-thon", data={"kind": "thon", "from_on": "2026-01-01", "names": "Thôn Mẫu 2"}
    )
    today, second = clock.today(), _village(app, "Thôn Mẫu 2")
    before = _households(app, world["commune"], today)
    asked = {"units": [world["village"], second], "name": "Thôn Mẫu Chung", "on_day": today.isoformat()}
    assert officer.post(f"/don-vi/{world['commune']}/gop", data=asked).status_code == 303
    merged = _village(app, "Thôn Mẫu Chung")
    assert _households(app, world["commune"], today) == before
    assert _households(app, merged, today) == before
    assert _households(app, world["village"], today) == 0
    assert _households(app, world["village"], today - timedelta(days=1)) == before
    assert officer.get(f"/don-vi/{merged}/lich-su").status_code == 200


def test_one_village_alone_cannot_be_merged(officer, world):
    asked = {"units": [world["village"]], "name": "X", "on_day": clock.today().isoformat()}
    assert "ít nhất hai" in officer.post(f"/don-vi/{world['commune']}/gop", data=asked).text


def test_split_tells_every_household_its_part(app, officer, world):
    with app.app_context():
        ids = list(db.session.scalars(select(Household.id).where(Household.unit_id == world["village"])))
    today = clock.today()
    asked = {"names": "Thôn Mẫu A\nThôn Mẫu B", "on_day": today.isoformat()}
    left = officer.post(f"/don-vi/{world['village']}/tach", data={**asked, f"phan.{ids[0]}": "1"})
    assert left.status_code == 422
    parts = {f"phan.{id}": str(1 + n % 2) for n, id in enumerate(ids)}
    assert officer.post(f"/don-vi/{world['village']}/tach", data={**asked, **parts}).status_code == 303
    sizes = [_households(app, _village(app, name), today) for name in ("Thôn Mẫu A", "Thôn Mẫu B")]
    assert sum(sizes) == len(ids) == _households(app, world["commune"], today)


def test_the_old_name_stays_for_the_days_before(app, officer, world):
    asked = {"name": "Thôn Mẫu Mới", "on_day": "2026-06-01"}
    assert officer.post(f"/don-vi/{world['village']}/doi-ten", data=asked).status_code == 303
    with app.app_context():
        unit = queries.unit_by_id(world["village"])
        assert queries.name_on(unit, date(2026, 5, 31)) == "Thôn Mẫu 1"
        assert queries.name_on(unit, date(2026, 6, 1)) == "Thôn Mẫu Mới"


def test_the_old_district_under_its_own_tree_and_today(app, world):
    with app.app_context():
        district = db.session.scalars(select(Unit).where(Unit.kind_id == "huyen")).one()
        assert [u.kind_id for u in queries.children(district.id, date(2025, 6, 30))].count("xa") == 20
        assert queries.children(district.id, facts.SETTLED) == []


def test_the_stranger_gets_404(client, world):
    cast.sign_in(client, "khach")
    for address in ("them-thon", "gop", "lich-su", "doi-ten"):
        assert client.get(f"/don-vi/{world['commune']}/{address}").status_code == 404
    assert client.get(f"/don-vi/{world['commune']}").status_code == 404
    assert client.get(f"/thon/{world['village']}").status_code == 404
    assert client.get(f"/thon/{world['other']}").status_code == 200
