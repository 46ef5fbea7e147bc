"""A unit's page prints the strict number with its denominator, union apart, evidence and error; a village is a garden."""

from datetime import date

import pytest

from lms import clock
from lms.db import db
from lms.places.queries import commune_of, unit_by_id
from tests import cast, facts


@pytest.fixture
def ids(app):
    with app.app_context():
        made = cast.settle(3)
        for number, skill in enumerate(facts.SKILLS, 1):
            facts.prove(made.lan.id, skill, date(2026, 6, number))
            facts.prove(made.pupils[0].id, skill, date(2026, 7, number))
        db.session.commit()
        commune = commune_of(made.village.id, clock.today())
        return {"village": made.village.id, "commune": commune.id, "household": made.household.id}


def test_the_commune_page(client, ids):
    cast.sign_in(client, "mai")
    page = client.get(f"/don-vi/{ids['commune']}?ngay=2026-11-01").text
    assert "2/5" in page and "40,0%" in page
    assert "Chỉ nhờ học sinh" in page and "Gộp nhiều người, không tính" in page
    assert "Sai số ước tính (hàng R4" in page
    before = client.get(f"/don-vi/{ids['commune']}?ngay=2026-06-04").text
    assert "0/5" in before


def test_the_garden_puts_the_nearest_first_and_names_nothing_public(app, client, ids):
    cast.sign_in(client, "mai")
    page = client.get(f"/thon/{ids['village']}?ngay=2026-11-01").text
    assert page.index("Chưa có cánh nào") < page.index("Đã nở trọn")
    assert f"/ho-gia-dinh/{ids['household']}" in page
    assert app.test_client().get(f"/thon/{ids['village']}").status_code == 302


def test_the_table_is_counts_only(client, ids):
    cast.sign_in(client, "mai")
    table = client.get(f"/don-vi/{ids['commune']}/bang.csv?ngay=2026-11-01").get_data().decode("utf-8-sig")
    assert "Xã Ngọc Liên;01/11/2026;5;2;1;1" in table and "Bùi" not in table


def test_a_team_sees_its_village_only(client, ids):
    cast.sign_in(client, "nam")
    assert client.get(f"/thon/{ids['village']}").status_code == 200
    assert client.get(f"/don-vi/{ids['commune']}").status_code == 404


def test_a_spoilt_day_is_today(client, ids):
    cast.sign_in(client, "mai")
    assert client.get(f"/don-vi/{ids['commune']}?ngay=hom-qua&cay=x&sau=!!").status_code == 200
    assert client.get(f"/thon/{ids['village']}?sau=rác").status_code == 200


def test_pages_cost_the_same_for_many_households(app, client, ids, queries):
    cast.sign_in(client, "mai")
    addresses = (
        f"/thon/{ids['village']}",
        f"/don-vi/{ids['commune']}",
        f"/ho-gia-dinh/{ids['household']}",
        "/ho-gia-dinh",
    )
    for address in addresses:
        client.get(address)
    few = []
    for address in addresses:
        with queries() as said:
            client.get(address)
        few.append(len(said))
    with app.app_context():
        for n in range(12):
            facts.household(unit_by_id(ids["village"]), (f"Ông {n}", 1950), (f"Bà {n}", 1955))
    many = []
    for address in addresses:
        with queries() as said:
            client.get(address)
        many.append(len(said))
    assert many == few
