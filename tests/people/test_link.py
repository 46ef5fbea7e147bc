"""Linking: candidate pairs by name and year, confirmed only with consent, rejected, and taken back; both ids stay."""

import pytest
from sqlalchemy import select

from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.models import Enrolment
from lms.db import db, open_write
from lms.households.actions import living
from lms.households.models import Household
from lms.people import actions as people
from lms.people.models import Person, PersonLink
from lms.people.rules import Purpose
from lms.places import actions as places
from tests.classes import school
from tests.rosters.hamlet import BEGUN, count, sign_in, staff


@pytest.fixture
def pair(ids, room):
    """The school's Lan and the commune's Lan, who lives with ông Tư in Thôn Mẫu 1."""
    _row, (lan, *_others) = room
    village = places.found_unit("thon", "Thôn Mẫu 1", BEGUN, ids["Ngọc Liên"])
    home = living.found_household("Bùi Văn Tư", village.id, BEGUN, "NL-1")
    living.join(home, people.create_person("Bùi Văn Tư", 1960), "chu-ho", BEGUN)
    member = people.create_person("Bùi Thị Lan", 2013)
    living.join(home, member, "chau", BEGUN)
    db.session.commit()
    return lan, member


def page_of(client):
    return client.get("/noi-ho-so").get_data(as_text=True)


def test_a_pair_is_proposed_confirmed_and_taken_back(client, ids, pair):
    lan, member = pair
    school.consented(lan.id, Purpose.HOUSEHOLD_LINK)
    sign_in(client, ids["officer"])
    page = page_of(client)
    assert "Bùi Văn Tư" in page and "Lớp 7A" in page and "Thôn Mẫu 1" in page
    at = f"/noi-ho-so/{lan.id}/{member.id}"
    assert client.post(f"{at}/noi").status_code == 303
    db.session.expire_all()
    assert lan.canonical_id == member.id and "Gỡ nối" in page_of(client)
    assert client.post(f"{at}/go").status_code == 303
    db.session.expire_all()
    assert lan.canonical_id is None and count(Person, Person.id.in_((lan.id, member.id))) == 2
    assert [one.act for one in db.session.scalars(select(PersonLink).order_by(PersonLink.id))] == ["confirm", "undo"]


def test_without_consent_no_link(client, ids, pair):
    lan, member = pair
    sign_in(client, ids["officer"])
    assert "Chưa có đồng ý nối hộ" in page_of(client)
    assert client.post(f"/noi-ho-so/{lan.id}/{member.id}/noi").status_code == 422
    db.session.expire_all()
    assert lan.canonical_id is None


def test_a_rejected_pair_is_not_proposed_again_until_reconsidered(client, ids, pair):
    lan, member = pair
    sign_in(client, ids["officer"])
    at = f"/noi-ho-so/{lan.id}/{member.id}"
    client.post(f"{at}/khong-phai")
    assert f"{at}/noi" not in page_of(client) and f"{at}/xet-lai" in page_of(client)
    client.post(f"{at}/xet-lai")
    assert f"{at}/khong-phai" in page_of(client)


def test_another_year_or_name_is_no_candidate(client, ids, pair):
    _lan, member = pair
    people.correct_person(member, "Bùi Thị Lan", 2012, None)
    db.session.commit()
    assert "NL-1" not in sign_in(client, ids["officer"]).get("/noi-ho-so").get_data(as_text=True)


def test_what_the_school_says_of_the_home_is_compared(client, ids, pair):
    lan, _member = pair
    open_write()
    seat = db.session.scalars(select(Enrolment).where(Enrolment.person_id == lan.id)).one()
    seat.stated_home = {"village_id": None, "village": "Thôn Mẫu 1", "head": "bùi văn tư"}
    db.session.commit()
    assert "Trường ghi:" in sign_in(client, ids["officer"]).get("/noi-ho-so").get_data(as_text=True)


def test_the_stranger_links_nobody(client, ids, pair):
    lan, member = pair
    school.consented(lan.id)
    at = f"/noi-ho-so/{lan.id}/{member.id}"
    assert sign_in(client, ids["stranger"]).post(f"{at}/noi").status_code == 403
    other = staff("Cán bộ khác", Role.COMMUNE_OFFICER, unit_id=ids["Minh Sơn"])
    db.session.commit()
    sign_in(client, other)
    assert [client.post(f"{at}/{act}").status_code for act in ("noi", "khong-phai", "go", "xet-lai")] == [404] * 4
    assert "Bùi Thị Lan" not in page_of(client)


def test_the_teacher_sees_only_that_it_is_linked(client, ids, pair, room):
    lan, member = pair
    school.shelved()
    people.confirm_link(lan, member, None)
    db.session.commit()
    page = sign_in(client, ids["teacher"]).get(f"/lop-hoc/{room[0].id}").get_data(as_text=True)
    assert "đã nối hộ" in page and "Bùi Văn Tư" not in page and "NL-1" not in page


def test_many_pairs_cost_no_more_queries(client, ids, pair, queries, room):
    sign_in(client, ids["officer"])
    client.get("/noi-ho-so")

    def cost():
        with queries() as said:
            assert client.get("/noi-ho-so").status_code == 200
        return len(said)

    one = cost()
    home = db.session.scalars(select(Household)).one()
    for n in range(35):
        name = f"Lê Văn Số {n}"
        classes.enrol(room[0].id, people.create_person(name, 2013).id, BEGUN)
        living.join(home, people.create_person(name, 2013), "chau", BEGUN)
    db.session.commit()
    assert cost() <= one and "sau=" in page_of(client)
