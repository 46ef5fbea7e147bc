"""The register has no gap and no double, whoever signs at the same time; five hundred at once stay within bounds."""

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from lms import clock
from lms.certificates import actions, papers
from lms.certificates.models import Certificate
from lms.db import db
from lms.people import actions as people
from lms.refusals import Refusal
from tests import facts
from tests.certificates import town

ISSUERS = 8
NAMES = {"s1": "Dịch vụ công", "s2": "Mua sắm", "s3": "Thanh toán", "s4": "Tự bảo vệ", "s5": "Nền tảng địa phương"}


@pytest.fixture
def made(db_session):
    return town.settle(0)


def proposed(made, count: int, each: int = 1) -> list:
    """So many batches of s1, of people nobody in the room attested."""
    batches, unit = [], town.commune_of(made)
    for number in range(count):
        some = [people.create_person(f"Bùi Thị Mẫu {number} {n}", 1990) for n in range(each)]
        for person in some:
            facts.prove(person.id, "s1", clock.today(), witness_id=made.hoa.id)
        batches.append(actions.propose(uuid4(), "s1", unit, "x", some, made.hoa.id).id)
    db.session.commit()
    return batches


def test_eight_who_sign_at_once_leave_no_gap_and_no_double(app, made, soak) -> None:
    batches, mai = proposed(made, ISSUERS * (10 if soak else 2)), made.mai.id
    db.session.rollback()

    def sign(n: int) -> None:
        with app.app_context():
            try:
                actions.sign(batches[n], mai, town.OFFICE)
                if n % 5 == 4:
                    raise Refusal("something after it went wrong")
                db.session.commit()
            except Refusal:
                db.session.rollback()

    with ThreadPoolExecutor(ISSUERS) as pool:
        list(pool.map(sign, range(len(batches))))
    numbers = sorted(number for (number,) in db.session.query(Certificate.number))
    signed = len(batches) - len([n for n in range(len(batches)) if n % 5 == 4])
    assert numbers == list(range(1, signed + 1))


def test_one_batch_signed_by_two_at_once_is_issued_once(app, made) -> None:
    (batch,), mai, other = proposed(made, 1, each=3), made.mai.id, town.second_officer(made).id
    db.session.rollback()

    def sign(who: int) -> int:
        with app.app_context():
            try:
                rows = len(actions.sign(batch, who, town.OFFICE))
                db.session.commit()
                return rows
            except Refusal:
                db.session.rollback()
                return 0

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sign, (mai, other))) == [0, 3]
    assert db.session.query(Certificate).count() == 3


def test_register_is_searched_and_exported(app, made) -> None:
    town.issue(made)
    officer = town.enter(app, made.mai)
    assert "Bùi Thị Lan" in officer.get("/so-cap-giay?tim=lan").text
    assert "Bùi Thị Lan" in officer.get("/so-cap-giay?tim=1/" + str(clock.today().year)).text
    assert "Không thấy giấy nào khớp" in officer.get("/so-cap-giay?tim=khong co").text
    assert officer.get("/so-cap-giay.xlsx").data.startswith(b"PK")
    assert "Sổ chưa có giấy" in town.enter(app, made.khach).get("/so-cap-giay").text


def test_a_whole_batch_within_bounds(made, soak) -> None:
    """Printed in parts of 50: 500 under 15 s of CPU and with less than 400 MB more (outside soak a fifth of them)."""
    size = 500 if soak else 100
    row = town.issue(made)[0]
    fields = {column.name: getattr(row, column.name) for column in Certificate.__table__.columns}
    many = [Certificate(**fields | {"number": n, "name": f"Bùi Thị Mẫu {n}"}) for n in range(size)]
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for start in range(0, size, papers.PART):
        assert papers.pdf_of_many(many[start : start + papers.PART], "http://localhost", NAMES).startswith(b"%PDF")
    assert time.process_time() - began < (15 if soak else 5)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 400
