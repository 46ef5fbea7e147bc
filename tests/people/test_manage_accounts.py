"""The administrator gives accounts and roles: the first password is shown once and must be changed."""

import re

import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.db import db
from lms.people import actions
from lms.people.models import Account, Person, RoleGrant
from lms.places.models import Site
from tests import cast


@pytest.fixture
def admin(app, client):
    with app.app_context():
        made = cast.settle(1)
        actions.grant_role(made.tu.id, Role.ADMIN, cast.BEGAN)
        db.session.commit()
    cast.sign_in(client, "tu")
    return client


def _person_id(app, name):
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.full_name == name)).one()


def test_from_a_name_to_a_teacher_who_signs_in(app, admin):
    assert admin.post("/nguoi/them", data={"full_name": " Cao  Văn Mẫu", "birth_year": "1990"}).status_code == 303
    id = _person_id(app, "Cao Văn Mẫu")
    shown = admin.post(f"/nguoi/{id}/tai-khoan", data={"username": "cao.mau"})
    first = re.search(r"<code>([a-z]+-[a-z]+-\d{3})</code>", shown.text).group(1)
    assert first not in admin.get(f"/nguoi/{id}").text, "shown once"
    with app.app_context():
        site = db.session.scalars(select(Site.id)).first()
    data = {"role": "teacher", "where": f"site:{site}", "from_on": clock.today().isoformat()}
    assert admin.post(f"/nguoi/{id}/vai-tro", data=data).status_code == 303
    teacher = app.test_client()
    assert teacher.post("/dang-nhap", data={"username": "cao.mau", "password": first}).status_code == 303
    assert teacher.get("/lop-hoc").headers["Location"].endswith("/mat-khau"), "the first password must be changed"
    changed = {"current": first, "password": "lúa chín vàng đồng", "again": "lúa chín vàng đồng"}
    assert teacher.post("/mat-khau", data=changed).status_code == 303
    assert teacher.get("/lop-hoc").status_code == 200


def test_what_will_not_do_is_said_and_nothing_is_saved(app, admin):
    id = _person_id(app, "Bùi Văn Tư")
    assert admin.post("/nguoi/them", data={"full_name": "  "}).status_code == 422
    assert admin.post(f"/nguoi/{id}/tai-khoan", data={"username": "hoa"}).status_code == 422
    wrong = {"role": "teacher", "where": "", "from_on": clock.today().isoformat()}
    assert "cần chọn một trường" in admin.post(f"/nguoi/{id}/vai-tro", data=wrong).text
    short = {"current": cast.PASSWORD, "password": "ngan", "again": "ngan"}
    assert admin.post("/mat-khau", data=short).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == id)).one().role == Role.ADMIN


def test_disabled_and_enabled_again(app, admin):
    id = _person_id(app, "Lê Thị Hoa")
    admin.post(f"/nguoi/{id}/khoa")
    with app.app_context():
        assert db.session.scalars(select(Account).where(Account.person_id == id)).one().disabled_at
    admin.post(f"/nguoi/{id}/mo-khoa")
    with app.app_context():
        assert not db.session.scalars(select(Account).where(Account.person_id == id)).one().disabled_at


def test_nobody_else_manages_people(app, client):
    with app.app_context():
        made = cast.settle(1)
        id = made.lan.id
    for name in ("mai", "hoa", "nam", "lan"):
        cast.sign_in(client, name)
        assert client.get("/nguoi").status_code == 403
        assert client.post(f"/nguoi/{id}/dat-lai-mat-khau").status_code == 403
        client.post("/dang-xuat")


def test_the_list_costs_the_same_for_many(app, admin, queries):
    admin.get("/nguoi")
    with queries() as few:
        admin.get("/nguoi")
    with app.app_context():
        for n in range(30):
            actions.create_person(f"Người Mẫu {n}", 1990)
        db.session.commit()
    with queries() as many:
        admin.get("/nguoi")
    assert len(many) == len(few)
