"""The tree for those who keep it: several villages at once, schools and halls; the stranger sees and changes nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.access.rules import Role
from lms.clock import today
from lms.db import db
from lms.people import actions as people
from lms.places import actions
from lms.places.known_units import today_units
from lms.places.models import Site, Unit
from lms.places.queries import children, sites
from tests import cast as people_of
from tests import facts
from tests.visits import get, post


@pytest.fixture
def cast(db_session):
    made = people_of.settle(pupils=0)
    people.grant_role(made.hoa.id, Role.ADMIN, people_of.BEGAN)
    db.session.commit()
    return made


@pytest.fixture
def commune(cast):
    return today_units()["Ngọc Liên"].id


@pytest.fixture
def officer(client, cast):
    people_of.sign_in(client, "mai")
    return client


def test_the_tree_shows_villages_and_schools_of_the_own_commune(officer, cast):
    page = get(officer, "/don-vi")
    assert "Xã Ngọc Liên" in page and "Thôn Mẫu 1" in page and "Trường THCS Mẫu" in page
    assert "Minh Sơn" not in page


def test_several_villages_at_once_sorted_by_number(officer, commune):
    names = " Thôn Mẫu 10\n\nThôn   Mẫu 2 \nThôn Mẫu 3"
    post(officer, f"/don-vi/{commune}/them-thon", kind="thon", names=names, from_on="2026-09-01")
    assert [unit.name for unit in children(commune, today())] == [
        "Thôn Mẫu 1",
        "Thôn Mẫu 2",
        "Thôn Mẫu 3",
        "Thôn Mẫu 10",
    ]


def test_a_village_twice_is_refused_and_nothing_of_the_list_is_kept(officer, commune):
    said = post(
        officer, f"/don-vi/{commune}/them-thon", 422, kind="thon", names="Thôn Mẫu 7\nthôn mẫu 1", from_on="2026-09-01"
    )
    assert "Đã có" in said and "Thôn Mẫu 7" in said, "what was typed is still there"
    assert len(children(commune, today())) == 1
    post(officer, f"/don-vi/{commune}/them-thon", 422, kind="thon", names=" \n ", from_on="2026-09-01")


def test_a_school_is_added_mended_closed_and_opened_again(officer, commune):
    post(officer, f"/don-vi/{commune}/them-truong", kind="centre", name="Trung tâm Mẫu")
    site = db.session.scalars(select(Site).where(Site.name == "Trung tâm Mẫu")).one()
    post(officer, f"/truong/{site.id}", kind="centre", name="Trung tâm GDNN Mẫu")
    post(officer, f"/truong/{site.id}/dong")
    assert "Trung tâm GDNN Mẫu" not in [one.name for one in sites(today())]
    post(officer, f"/truong/{site.id}/mo-lai")
    assert "Trung tâm GDNN Mẫu" in [one.name for one in sites(today())]


def test_another_communes_school_is_not_found(officer, cast):
    other = actions.found_site("school", "Trường xã bạn", today_units()["Minh Sơn"].id, facts.SETTLED)
    get(officer, f"/truong/{other.id}", 404)
    post(officer, f"/truong/{other.id}/dong", 404)


def test_those_who_do_not_keep_places_are_told_so(client, cast, commune):
    people_of.sign_in(client, "nam")
    for address in ("/don-vi", f"/don-vi/{commune}/them-thon", f"/don-vi/{cast.village.id}/doi-ten"):
        get(client, address, 403)


def test_the_tree_asks_the_same_questions_whatever_its_size(client, cast, commune, queries):
    people_of.sign_in(client, "hoa")
    few = asked(client, queries)
    for n in range(2, 9):
        actions.found_unit("thon", f"Thôn Mẫu {n}", facts.SETTLED, commune)
        actions.found_site("hall", f"Nhà văn hoá {n}", commune, facts.SETTLED)
    assert asked(client, queries) == few


def test_the_old_districts_end_is_part_of_the_record(client, cast):
    people_of.sign_in(client, "hoa")
    old = db.session.scalars(select(Unit).where(Unit.kind_id == "huyen")).one()
    assert [unit.kind_id for unit in children(old.id, date(2025, 6, 30))].count("xa") == 20
    assert children(old.id, facts.SETTLED) == []
    page = get(client, f"/don-vi/{old.id}/lich-su")
    assert "1686/NQ-UBTVQH15" in page and "Vùng Ngọc Lặc" in page
    assert "chỉ có đến hết ngày 30/06/2025" in get(client, f"/don-vi/{old.id}")
    region = today_units()["Vùng Ngọc Lặc"]
    people.grant_role(cast.tu.id, Role.REGION_OFFICER, people_of.BEGAN, unit_id=region.id)
    people_of.sign_in(client, "tu")
    get(client, f"/don-vi/{old.id}?ngay=2025-06-30")
    assert "Huyện Ngọc Lặc" in get(client, f"/don-vi/{region.id}")


def asked(client, queries):
    with queries() as said:
        get(client, "/don-vi")
    return len(said)


def test_a_village_written_by_mistake_is_removed_after_a_question(officer, cast, commune):
    post(officer, f"/don-vi/{commune}/them-thon", kind="thon", names="Thôn Nhầm", from_on="2026-09-01")
    wrong = next(unit.id for unit in children(commune, today()) if unit.name == "Thôn Nhầm")
    assert f"/don-vi/{wrong}/xoa" in get(officer, f"/don-vi/{wrong}/lich-su")
    assert "Xoá Thôn Nhầm?" in get(officer, f"/don-vi/{wrong}/xoa")
    post(officer, f"/don-vi/{wrong}/xoa")
    assert db.session.get(Unit, wrong) is None and len(children(commune, today())) == 1
    post(officer, f"/don-vi/{wrong}/xoa", 404)


def test_a_village_with_households_stays(officer, cast):
    said = post(officer, f"/don-vi/{cast.village.id}/xoa", 422)
    assert "không xoá được" in said and db.session.get(Unit, cast.village.id) is not None


@pytest.mark.parametrize("number", ["99999999999", "99999999999999999999"])
def test_a_number_too_long_for_the_database_is_not_found(officer, number):
    for address in (f"/don-vi/{number}", f"/thon/{number}", f"/ho-gia-dinh/{number}", f"/don-vi/{number}/lich-su"):
        get(officer, address, 404)


def test_a_village_of_the_future_or_without_a_letter_is_refused(officer, commune):
    address = f"/don-vi/{commune}/them-thon"
    assert "chưa đến" in post(officer, address, 422, kind="thon", names="Thôn Mai Sau", from_on="9999-12-31")
    assert "bằng chữ" in post(officer, address, 422, kind="thon", names="😀", from_on="2026-09-01")
    assert "Ngày không đúng" in post(officer, address, 422, kind="thon", names="Thôn A", from_on="31/02/2026")
