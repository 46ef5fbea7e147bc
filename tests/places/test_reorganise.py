"""Merging, splitting, moving, renaming units through pages: first what would follow, then the act; no household is lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lms.access.rules import Role
from lms.clock import today
from lms.db import db
from lms.households.actions import living
from lms.households.models import Household
from lms.people import actions as people
from lms.people.models import RoleGrant
from lms.places import actions, queries
from lms.places.known_units import today_units
from lms.places.models import Unit
from lms.reports import actions as reports
from lms.reports import queries as figures
from lms.teams.queries import villages as charged
from tests import cast as people_of
from tests import facts
from tests.visits import get, post

DAY = date(2026, 10, 1)
BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 2)


@pytest.fixture
def cast(db_session):
    made = people_of.settle()
    people.grant_role(made.hoa.id, Role.ADMIN, people_of.BEGAN)
    for skill in facts.SKILLS:
        facts.prove(made.lan.id, skill, date(2026, 5, 4))
    db.session.commit()
    return made


@pytest.fixture
def communes(cast):
    return {name: unit.id for name, unit in today_units().items()}


@pytest.fixture
def officer(client, cast):
    people_of.sign_in(client, "mai")
    return client


@pytest.fixture
def admin(client, cast):
    people_of.sign_in(client, "hoa")
    return client


def named(words: str) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.name == words).order_by(Unit.id.desc())).first()


def count(*units: int, day: date) -> list[tuple[int, int]]:
    """(households, golden) of units on a day, each equal to its recount."""
    shown = figures.figures(list(units), day)
    for unit in units:
        assert shown[unit] == figures.recounted(unit, day), f"{unit} {day}"
    return [(shown[unit].households, shown[unit].strict) for unit in units]


def test_merging_villages_shows_what_follows_then_does_it(officer, cast, communes):
    commune = communes["Ngọc Liên"]
    other = actions.found_unit("thon", "Thôn Mẫu 2", facts.SETTLED, commune)
    facts.household(other, ("Bùi Văn Hai", 1970))
    fields = {"units": [cast.village.id, other.id], "kind": "thon", "name": "Thôn Mẫu Gộp", "on_day": DAY.isoformat(),
              "decision": "12/QĐ-UBND"}  # fmt: skip
    address = f"/don-vi/{commune}/gop"
    preview = post(officer, address, 200, **fields, buoc="xem")
    assert "5 hộ" in preview and "1 hộ" in preview and "Tất cả 6 hộ" in preview and "1 tổ công nghệ số" in preview
    assert named("Thôn Mẫu Gộp") is None, "a preview keeps nothing"
    where = post(officer, address, **fields, buoc="ghi")
    new = named("Thôn Mẫu Gộp")
    assert where.endswith(f"/don-vi/{new.id}/lich-su") and "12/QĐ-UBND" in get(officer, where)
    assert count(commune, new.id, cast.village.id, day=AFTER) == [(6, 1), (6, 1), (0, 0)]
    assert count(commune, new.id, cast.village.id, day=BEFORE) == [(6, 1), (0, 0), (5, 1)]
    assert charged(cast.team.id, AFTER) == [new.id], "the team looks after the new village"
    assert "Thôn Mẫu 1" in get(officer, f"/thon/{new.id}"), "the page names what it was"
    get(officer, f"/thon/{cast.village.id}?ngay={BEFORE}")


def test_one_unit_is_no_merger_and_the_future_is_not_written(officer, cast, communes):
    fields = {"units": [cast.village.id], "kind": "thon", "name": "Một mình", "on_day": DAY.isoformat(), "buoc": "ghi"}
    assert "ít nhất hai" in post(officer, f"/don-vi/{communes['Ngọc Liên']}/gop", 422, **fields)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    for address, more in (("doi-ten", {"name": "Tên khác"}), ("chuyen", {"parent": communes["Ngọc Liên"]})):
        said = post(officer, f"/don-vi/{cast.village.id}/{address}", 422, on_day=tomorrow, buoc="ghi", **more)
        assert "chưa đến" in said
    assert db.session.get(Unit, cast.village.id).name == "Thôn Mẫu 1"


def test_splitting_a_village_tells_every_household_its_part(officer, cast, communes):
    address = f"/don-vi/{cast.village.id}/tach"
    fields = {"names": "Thôn Mẫu Trên\nThôn Mẫu Dưới", "on_day": DAY.isoformat()}
    assert "từ hai đến" in post(officer, address, 422, **{**fields, "names": "Một tên"}, buoc="chia")
    page = post(officer, address, 200, **fields, buoc="chia")
    homes = list(
        db.session.scalars(select(Household).where(Household.unit_id == cast.village.id).order_by(Household.id))
    )
    assert all(f'name="phan.{home.id}"' in page for home in homes)
    parts = {f"phan.{home.id}": str(int(home.id == cast.household.id)) for home in homes}
    assert "chưa chọn" in post(officer, address, 422, **fields, **dict([*parts.items()][1:]), buoc="xem")
    assert "4 hộ" in post(officer, address, 200, **fields, **parts, buoc="xem")
    post(officer, address, **fields, **parts, buoc="ghi")
    above, below = named("Thôn Mẫu Trên").id, named("Thôn Mẫu Dưới").id
    assert count(communes["Ngọc Liên"], above, below, day=AFTER) == [(5, 1), (4, 0), (1, 1)]
    assert count(communes["Ngọc Liên"], cast.village.id, day=BEFORE) == [(5, 1), (5, 1)]
    assert sorted(charged(cast.team.id, AFTER)) == sorted([above, below])


def test_a_large_village_is_split_by_numbers_and_the_rest(officer, cast, communes):
    address = f"/don-vi/{cast.village.id}/tach"
    fields = {"names": "Thôn Mẫu Trên\nThôn Mẫu Dưới", "on_day": DAY.isoformat()}
    numbers = {"so.1": "2 - 3", "con-lai": "0"}
    unread = post(officer, address, 422, **fields, **{**numbers, "so.1": "2 đến 99"}, buoc="xem")
    assert "không đọc được" in unread and 'value="2 đến 99"' in unread, "what was chosen is still there"
    assert "hai đơn vị mới" in post(officer, address, 422, **fields, **{**numbers, "so.0": "1-2"}, buoc="xem")
    homes = db.session.scalars(
        select(Household).where(Household.unit_id == cast.village.id).order_by(Household.name_key, Household.id)
    ).all()
    one_else = {f"phan.{homes[1].id}": "0"}
    post(officer, address, **fields, **numbers, **one_else, buoc="ghi")
    stands = count(named("Thôn Mẫu Trên").id, named("Thôn Mẫu Dưới").id, day=AFTER)
    assert [there for there, _strict in stands] == [4, 1]


def test_a_village_moves_to_another_commune_with_its_households(admin, cast, communes):
    fields = {"parent": communes["Minh Sơn"], "on_day": DAY.isoformat()}
    assert "Xã Minh Sơn" in post(admin, f"/don-vi/{cast.village.id}/chuyen", 200, **fields, buoc="xem")
    assert count(communes["Ngọc Liên"], day=AFTER) == [(5, 1)]
    post(admin, f"/don-vi/{cast.village.id}/chuyen", **fields, buoc="ghi")
    assert count(communes["Ngọc Liên"], communes["Minh Sơn"], day=AFTER) == [(0, 0), (5, 1)]
    assert count(communes["Ngọc Liên"], communes["Minh Sơn"], day=BEFORE) == [(5, 1), (0, 0)]
    assert "Xã Minh Sơn" in get(admin, f"/don-vi/{cast.village.id}/lich-su")


def test_communes_merge_and_reconcile_to_the_last_household(admin, cast, communes):
    facts.household(cast.other_village, ("Bùi Văn Xa", 1970))
    old = [communes["Ngọc Liên"], communes["Minh Sơn"]]
    fields = {"units": old, "kind": "xa", "name": "Liên Sơn", "on_day": DAY.isoformat()}
    address = f"/don-vi/{communes['Thanh Hoá']}/gop"
    assert "2 thôn" in post(admin, address, 200, **fields, buoc="xem")
    post(admin, address, **fields, buoc="ghi")
    new, province = named("Liên Sơn").id, communes["Thanh Hoá"]
    for fold in (False, True):
        assert count(province, new, *old, day=AFTER) == [(6, 1), (6, 1), (0, 0), (0, 0)]
        assert count(province, new, *old, day=BEFORE) == [(6, 1), (0, 0), (5, 1), (1, 0)]
        assert figures.figures_in_tree(old, AFTER, BEFORE)[old[0]].households == 5, "today's number in the old borders"
        if not fold:
            reports.count()
    held = db.session.scalars(
        select(RoleGrant.unit_id).where(RoleGrant.until_on.is_(None), RoleGrant.role == "commune-officer")
    )
    assert set(held) == {new}, "both officers go on in the new commune"


def test_splitting_a_commune_tells_every_village_its_part(admin, cast, communes):
    commune = communes["Ngọc Liên"]
    second = actions.found_unit("thon", "Thôn Mẫu 2", facts.SETTLED, commune).id
    facts.household(db.session.get(Unit, second), ("Bùi Văn Hai", 1970))
    fields = {"names": "Liên Thượng\nLiên Hạ", "on_day": DAY.isoformat(), f"phan.{cast.village.id}": "0",
              f"phan.{second}": "1"}  # fmt: skip
    post(admin, f"/don-vi/{commune}/tach", 200, **fields, buoc="xem")
    post(admin, f"/don-vi/{commune}/tach", **fields, buoc="ghi")
    parts = [named("Liên Thượng").id, named("Liên Hạ").id]
    assert count(communes["Thanh Hoá"], commune, *parts, day=AFTER) == [(6, 1), (0, 0), (5, 1), (1, 0)]
    assert count(communes["Thanh Hoá"], commune, *parts, day=BEFORE) == [(6, 1), (6, 1), (0, 0), (0, 0)]


def test_a_household_that_left_between_the_day_and_its_recording_is_counted_where_it_was(officer, cast, communes):
    commune = communes["Ngọc Liên"]
    other = actions.found_unit("thon", "Thôn Mẫu 2", facts.SETTLED, commune)
    third = actions.found_unit("thon", "Thôn Mẫu 3", facts.SETTLED, commune)
    living.move_households([cast.household.id], third.id, date(2026, 11, 1))
    db.session.commit()
    fields = {"units": [cast.village.id, other.id], "kind": "thon", "name": "Thôn Mẫu Gộp", "on_day": DAY.isoformat()}
    post(officer, f"/don-vi/{commune}/gop", **fields, buoc="ghi")
    new = named("Thôn Mẫu Gộp").id
    assert count(commune, new, third.id, day=date(2026, 10, 15)) == [(5, 1), (5, 1), (0, 0)]
    assert count(commune, new, third.id, day=date(2026, 11, 15)) == [(5, 1), (4, 0), (1, 1)]
    assert db.session.get(Household, cast.household.id).unit_id == third.id


def test_a_new_name_from_a_day_on(officer, cast):
    post(officer, f"/don-vi/{cast.village.id}/doi-ten", name="Làng Mẫu", on_day=DAY.isoformat(), decision="7/QĐ")
    village = db.session.get(Unit, cast.village.id)
    assert (queries.name_on(village, BEFORE), queries.name_on(village, AFTER)) == ("Thôn Mẫu 1", "Làng Mẫu")
    assert "7/QĐ" in get(officer, f"/don-vi/{cast.village.id}/lich-su")
    said = post(officer, f"/don-vi/{cast.village.id}/doi-ten", 422, name="Lại đổi", on_day=BEFORE.isoformat())
    assert "phải sau" in said


def test_an_officer_reorganises_only_below_the_own_commune(officer, cast, communes):
    own, other = communes["Ngọc Liên"], communes["Minh Sơn"]
    for address in ("doi-ten", "chuyen", "tach"):
        get(officer, f"/don-vi/{own}/{address}", 404)
        get(officer, f"/don-vi/{cast.other_village.id}/{address}", 404)
    for address in (f"/don-vi/{other}/gop", f"/don-vi/{communes['Thanh Hoá']}/gop", f"/don-vi/{other}/them-thon",
                    f"/don-vi/{cast.other_village.id}/lich-su"):  # fmt: skip
        get(officer, address, 404)
    before = db.session.scalar(select(func.count()).select_from(Unit))
    stray = {"units": [cast.village.id, cast.other_village.id], "kind": "thon", "name": "Lạ", "on_day": DAY.isoformat()}
    post(officer, f"/don-vi/{own}/gop", 422, **stray, buoc="ghi")
    post(officer, f"/don-vi/{cast.village.id}/chuyen", 422, parent=other, on_day=DAY.isoformat(), buoc="ghi")
    assert db.session.scalar(select(func.count()).select_from(Unit)) == before
