"""A small installation to import into: the real communes, one school, and people who may bring lists in."""

from datetime import date
from io import BytesIO
from pathlib import Path

from flask import g
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.access.rules import Role
from lms.db import db
from lms.people import actions as people
from lms.people.queries import account_of
from lms.places import actions as places
from lms.places.known_units import found_known_units
from lms.rosters.models import RosterImport

SAMPLES = Path(__file__).parents[1] / "samples"
BEGUN = date(2026, 9, 1)


def founded() -> dict[str, int]:
    """Ids by name: «Ngọc Liên», «Minh Sơn» …, «school», «other-school», and people «admin», «officer», «teacher», «stranger»."""
    units = found_known_units()
    here, there = units["Ngọc Liên"].id, units["Minh Sơn"].id
    ids = {name: unit.id for name, unit in units.items()}
    ids["school"] = places.found_site("school", "Trường THCS Mẫu số 1", here, BEGUN).id
    ids["other-school"] = places.found_site("school", "Trường THCS Mẫu số 2", there, BEGUN).id
    ids["admin"] = staff("Quản trị", Role.ADMIN)
    ids["officer"] = staff("Mai", Role.COMMUNE_OFFICER, unit_id=here)
    ids["teacher"] = staff("Hoa", Role.TEACHER, site_id=ids["school"])
    ids["stranger"] = staff("Khách", Role.TEACHER, site_id=ids["other-school"])
    db.session.commit()
    return ids


def staff(name: str, role: Role, **where: int) -> int:
    person = people.create_person(name)
    people.create_account(person, f"{role}.{person.id}", "no hash", must_change=False)
    people.grant_role(person.id, role, BEGUN, **where)
    return person.id


def sign_in(client: FlaskClient, person_id: int) -> FlaskClient:
    """A session without typing a password; hashing is slow on purpose."""
    row = people.start_sign_in(account_of(person_id))
    key = row.key
    db.session.commit()
    g.pop("_login_user", None)  # the test's own application context outlives a request
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"] = key
        session["_fresh"] = True
    return client


def upload(client: FlaskClient, name: str, content: bytes | None = None, kind: str = "", place: str = ""):
    """Send a list; the answer is the redirect to its dry run, or the form again."""
    body = content if content is not None else (SAMPLES / name).read_bytes()
    fields = {"file": (BytesIO(body), name), "kind": kind, "place": place}
    return client.post("/nhap-danh-sach/tai-len", data=fields, content_type="multipart/form-data")


def latest() -> RosterImport:
    db.session.expire_all()
    return db.session.scalars(select(RosterImport).order_by(RosterImport.id.desc()).limit(1)).one()


def count(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def applied(
    client: FlaskClient, name: str, content: bytes | None = None, kind: str = "", place: str = "", **fields
) -> RosterImport:
    """Upload, then apply; the import as it stands afterwards."""
    answer = upload(client, name, content, kind, place)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    done = client.post(f"/nhap-danh-sach/{latest().id}/ghi", data=fields)
    assert done.status_code == 303, done.get_data(as_text=True)
    return latest()
