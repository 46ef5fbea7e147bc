"""Each role's first page says what to do next; visitors see what this is; nobody sees another's work."""

import pytest
from sqlalchemy import select

from lms.access.rules import Role
from lms.classes import actions as classes
from lms.db import db
from lms.journal import JournalLine
from lms.people import actions
from lms.places import actions as place_actions
from lms.places import queries as places
from lms.teams import actions as teams
from tests import cast, facts


@pytest.fixture
def settled(app):
    with app.app_context():
        made = cast.settle(3)
        actions.grant_role(made.tu.id, Role.ADMIN, cast.BEGAN)
        db.session.commit()
        return {
            "class": made.school_class.id,
            "village": made.village.id,
            "household": made.household.id,
            "team": made.team.id,
        }


def test_a_visitor_sees_what_this_is(app, client, settled):
    page = client.get("/").text
    assert "Mỗi nhà một bông hoa năm cánh" in page and "Bùi" not in page
    for address in ("/tro-giup-tiep-can", "/rieng-tu", "/khoa-hoc", "/quen-mat-khau", "/healthz", "/robots.txt"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hs1", "Hoa của em"),
        ("lan", "Hoa của bác"),
        ("hoa", "Lớp 7A"),
        ("nam", "Thôn Mẫu 1"),
        ("mai", "Xã Ngọc Liên"),
        ("tu", "Tài khoản"),
    ],
)
def test_each_role_finds_its_work(client, settled, name, words):
    cast.sign_in(client, name)
    page = client.get("/")
    assert page.status_code == 200 and words in page.text


def test_pupils_are_em_and_grown_ups_bac_never_both(client, settled):
    cast.sign_in(client, "hs1")
    assert "của bác" not in client.get("/").text
    client.post("/dang-xuat")
    cast.sign_in(client, "lan")
    assert "của em" not in client.get("/").text


def test_the_administrator_sees_health_and_set_up(client, settled):
    cast.sign_in(client, "tu")
    assert "Sao lưu gần nhất" in client.get("/quan-tri").text
    assert "Dữ kiện cần kiểm lại" in client.get("/quan-tri/du-kien").text
    assert "Cài đặt ban đầu" in client.get("/quan-tri/cai-dat").text


@pytest.mark.parametrize("name", ["mai", "hoa", "nam", "lan", "hs1"])
def test_administration_is_for_administrators(client, settled, name):
    cast.sign_in(client, name)
    assert client.get("/quan-tri").status_code == 403


def test_english_by_choice_and_back(client, settled):
    assert client.post("/ngon-ngu", data={"lang": "en", "tiep": "/dang-nhap"}).headers["Location"] == "/dang-nhap"
    assert '<html lang="en"' in client.get("/dang-nhap").text
    client.post("/ngon-ngu", data={"lang": "vi", "tiep": "/"})
    assert '<html lang="vi"' in client.get("/").text


def test_the_teacher_is_told_who_lacks_a_signed_paper(app, client, settled):
    with app.app_context():
        newcomer = actions.create_person("Bùi Văn Mới", 2013)
        classes.enrol(settled["class"], newcomer.id, cast.BEGAN)
        db.session.commit()
    cast.sign_in(client, "hoa")
    assert "1 em chưa đủ phiếu đồng ý" in client.get("/").text


def test_the_teams_first_page_shows_the_nearest_households_and_remembers_the_reading(app, client, settled, queries):
    cast.sign_in(client, "nam")
    with queries() as said:
        page = client.get("/").text
    assert "Phạm Văn Nam" in page
    with app.app_context():
        line = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-household")).one()
        assert line.page == "home.first_page" and line.detail["count"] == 5
        commune = places.commune_of(settled["village"], facts.SETTLED).id
        second = place_actions.found_unit("thon", "Thôn Mẫu 2", facts.SETTLED, commune)
        facts.household(second, ("Ông Hai", 1960))
        teams.take_charge(settled["team"], second.id, cast.BEGAN)
        db.session.commit()
    with queries() as more:
        assert "Ông Hai" in client.get("/").text
    assert len(more) == len(said), "as many questions for two villages as for one"


def test_an_officer_cannot_bring_the_known_units_in(client, settled):
    cast.sign_in(client, "mai")
    assert client.get("/quan-tri/cai-dat").status_code == 403
    assert client.post("/quan-tri/cai-dat").status_code == 403
