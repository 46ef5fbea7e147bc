"""Each role's first page says what to do next; visitors see what this is; nobody sees another's work."""

import pytest

from lms.access.rules import Role
from lms.db import db
from lms.people import actions
from tests import cast


@pytest.fixture
def settled(app):
    with app.app_context():
        made = cast.settle(3)
        actions.grant_role(made.tu.id, Role.ADMIN, cast.BEGAN)
        db.session.commit()
        return {"class": made.school_class.id, "village": made.village.id, "household": made.household.id}


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
