"""Who lives where, through pages: adding a household and its people, leaving, moving, undoing; one home per person and day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.clock import today
from lms.db import db
from lms.households.models import Household, Member
from lms.households.queries import flowers, household_of, members_on
from lms.journal import JournalLine
from lms.people.models import Person
from lms.places import actions as places
from lms.places.queries import commune_of
from lms.reports.queries import figures
from tests import cast as people_of
from tests import facts
from tests.visits import get, post


@pytest.fixture
def cast(db_session):
    return people_of.settle(pupils=1)


@pytest.fixture
def officer(client, cast):
    people_of.sign_in(client, "mai")
    return client


def test_a_household_with_its_head_and_a_child(officer, cast):
    where = post(
        officer, "/ho-gia-dinh/them", unit_id=cast.village.id, head_name="Lò Văn Páo", birth_year="1979", code="H-7"
    )
    row = db.session.scalars(select(Household).where(Household.code == "H-7")).one()
    assert where.endswith(f"/ho-gia-dinh/{row.id}")
    fields = {"full_name": "Lò Thị Mận", "birth_year": "2012", "relation": "con", "from_on": today().isoformat()}
    post(officer, f"/ho-gia-dinh/{row.id}/them-nguoi", **fields, gender="nu")
    page = get(officer, f"/ho-gia-dinh/{row.id}")
    assert page.index("Lò Văn Páo") < page.index("Lò Thị Mận"), "the head first"
    said = post(officer, "/ho-gia-dinh/them", 422, unit_id=cast.village.id, head_name="Ai khác", code="H-7")
    assert "đã có hộ mang mã H-7" in said and 'value="Ai khác"' in said


def test_somebody_leaves_and_it_can_be_undone(officer, cast):
    address = f"/ho-gia-dinh/{cast.household.id}/nguoi/{cast.lan.id}"
    post(officer, f"{address}/roi-ho", on_day=today().isoformat(), reason="chuyen-di")
    assert [one.person_id for one in members_on(cast.household.id, today())] == [cast.tu.id]
    member = db.session.scalars(select(Member).where(Member.person_id == cast.lan.id)).one()
    post(officer, f"/ho-gia-dinh/{cast.household.id}/hoan-tac/{member.id}")
    assert len(members_on(cast.household.id, today())) == 2


def test_moving_house_takes_along_what_was_shown(officer, cast):
    for skill in facts.SKILLS:
        facts.prove(cast.lan.id, skill, date(2026, 5, 4))
    to = household_of(cast.nam.id, today())
    fields = {"household_code": "Phạm Văn Nam", "relation": "khac", "on_day": today().isoformat()}
    post(officer, f"/ho-gia-dinh/{cast.household.id}/nguoi/{cast.lan.id}/chuyen-ho", **fields)
    shown = flowers([cast.household.id, to.id], today())
    assert shown[to.id].golden and not shown[cast.household.id].golden
    assert flowers([cast.household.id], today() - timedelta(days=1))[cast.household.id].golden, "yesterday stays"
    said = post(
        officer, f"/ho-gia-dinh/{to.id}/nguoi/{cast.lan.id}/chuyen-ho", 422, **{**fields, "household_code": "Không ai"}
    )
    assert "Không tìm thấy hộ" in said


def test_flowers_show_petals_of_many_but_gold_only_for_one(officer, cast):
    for number, skill in enumerate(facts.SKILLS):
        facts.prove((cast.lan if number < 4 else cast.tu).id, skill, date(2026, 5, number + 1))
    page = get(officer, f"/ho-gia-dinh/{cast.household.id}")
    assert "Trái tim chưa vàng: chưa có ai một mình làm được cả năm việc." in page and "heart--gold" not in page
    facts.prove(cast.lan.id, "s5", date(2026, 6, 1))
    page = get(officer, f"/ho-gia-dinh/{cast.household.id}")
    assert "Hoa đã nở trọn" in page and "heart--gold" in page and "hoa nở trọn · Bùi Thị Lan" in page


def test_each_look_at_a_household_is_remembered(officer, cast):
    get(officer, f"/ho-gia-dinh/{cast.household.id}")
    get(officer, f"/ho-gia-dinh/{cast.household.id}/nguoi/{cast.lan.id}")
    kinds = db.session.scalars(select(JournalLine.key).where(JournalLine.actor_id == cast.mai.id)).all()
    assert f"household:{cast.household.id}" in kinds and f"person:{cast.lan.id}" in kinds


def test_search_finds_names_without_their_marks(officer, cast):
    assert "Bùi Văn Tư" in get(officer, "/ho-gia-dinh?tim=bui van tu")
    assert "Không tìm thấy hộ nào" in get(officer, "/ho-gia-dinh?tim=khong co ai")


def test_the_stranger_neither_sees_nor_changes(client, cast):
    people_of.sign_in(client, "khach")
    base = f"/ho-gia-dinh/{cast.household.id}"
    for address in (base, f"{base}/them-nguoi", f"{base}/nguoi/{cast.lan.id}", f"{base}/nguoi/{cast.lan.id}/roi-ho"):
        get(client, address, 404)
    post(client, f"{base}/nguoi/{cast.lan.id}/roi-ho", 404, on_day=today().isoformat(), reason="mat")
    assert "Bùi Văn Tư" not in get(client, "/ho-gia-dinh")
    people_of.sign_in(client, "nam")
    get(client, base)
    get(client, f"{base}/them-nguoi", 403)
    assert db.session.get(Person, cast.lan.id).ended_on is None


def test_a_whole_household_moves_to_another_village(officer, cast):
    to = places.found_unit("thon", "Thôn Mẫu 2", facts.SETTLED, commune_of(cast.village.id, today()).id)
    db.session.commit()
    for skill in facts.SKILLS:
        facts.prove(cast.lan.id, skill, date(2026, 5, 4))
    db.session.commit()
    at = f"/ho-gia-dinh/{cast.household.id}/chuyen-thon"
    late = (today() + timedelta(days=1)).isoformat()
    assert "chưa tới" in post(officer, at, 422, unit_id=to.id, on_day=late)
    post(officer, at, unit_id=to.id, on_day=today().isoformat())
    shown = figures([cast.village.id, to.id], today())
    assert shown[to.id].strict == 1 and shown[cast.village.id].strict == 0
    assert figures([cast.village.id], today() - timedelta(days=1))[cast.village.id].strict == 1, "the past stays"
    assert "nở trọn" in get(officer, f"/ho-gia-dinh/{cast.household.id}")


def test_a_household_that_is_no_more_frees_its_people(officer, cast):
    post(officer, f"/ho-gia-dinh/{cast.household.id}/khong-con", on_day=today().isoformat())
    assert members_on(cast.household.id, today()) == [] and household_of(cast.lan.id, today()) is None
    get(officer, "/ho-gia-dinh")  # where the sentence that it is done was told
    assert cast.household.head_name not in get(officer, f"/ho-gia-dinh?thon={cast.village.id}")


def test_signs_alone_find_nobody(officer, cast):
    assert cast.household.head_name in get(officer, "/ho-gia-dinh?tim=")
    assert cast.household.head_name not in get(officer, "/ho-gia-dinh?tim=😀")
