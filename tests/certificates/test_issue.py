"""From earned to a sheet of paper that a stranger can check."""

import io
import re
from uuid import uuid4

import pytest

from lms.certificates import actions, queries
from lms.certificates.models import Certificate, CertificateBatch, RegisterCounter
from lms.db import db
from lms.people.models import Person
from lms.refusals import Refusal
from tests.certificates import town


@pytest.fixture
def made(db_session):
    return town.settle()


def test_earned_proposed_signed_printed_and_checked_by_a_stranger(app, made) -> None:
    teacher, officer = town.enter(app, made.hoa), town.enter(app, made.mai)
    page = officer.get("/cap-giay/moi")
    assert "Bùi Thị Lan" in page.text
    assert "Bùi Văn Tư" not in page.text
    assert "đủ điều kiện" in town.enter(app, made.lan).get("/giay-chung-nhan").text
    place = re.search(r'value="(lop-\d+)"', teacher.get("/cap-giay/moi").text)[1]
    pupil = made.pupils[0]
    sent = {"id": str(uuid4()), "people": [pupil.id], "noi": place, "loai": "five"}
    batch = teacher.post("/cap-giay/moi", data=sent).headers["Location"]
    again = teacher.post("/cap-giay/moi", data=sent)
    assert again.status_code in (303, 422)
    assert "chờ cán bộ" in teacher.get(batch).text
    assert "Ký cấp giấy" not in teacher.get(batch).text
    assert teacher.post(f"{batch}/ky", data={"office": town.OFFICE, "seen": "y"}).status_code == 403
    assert officer.post(f"{batch}/ky", data={"office": town.OFFICE}).status_code == 422
    assert officer.post(f"{batch}/ky", data={"office": town.OFFICE, "seen": "y"}).status_code == 303
    row = db.session.query(Certificate).one()
    assert (row.number, row.name, row.signed_by) == (1, pupil.full_name, made.mai.id)
    printed = teacher.get(f"{batch}/tap-1.pdf")
    assert printed.data.startswith(b"%PDF")
    own = town.enter(app, pupil)
    assert "001/" in own.get("/giay-chung-nhan").text
    paper = own.get(f"/giay-chung-nhan/{row.id}/giay.pdf")
    stranger = town.enter(app)
    answer = stranger.get(f"/xac-minh/{row.code}")
    assert 'data-verdict="valid"' in answer.text
    for told in (pupil.full_name, "Trường THCS Mẫu", "Thôn Mẫu 1", "2013"):
        assert told not in answer.text
    assert pupil.full_name not in stranger.post(f"/xac-minh/{row.code}", data={"name": "Bùi Văn Khác"}).text
    assert pupil.full_name in stranger.post(f"/xac-minh/{row.code}", data={"name": "bui van mau 1"}).text
    sent_file = {"file": (io.BytesIO(paper.data), "giay.pdf")}
    assert 'data-verdict="valid"' in stranger.post("/xac-minh", data=sent_file).text


def test_numbers_go_on_and_a_second_signing_changes_nothing(made) -> None:
    batch = town.propose(made)
    rows = actions.sign(batch.id, made.mai.id, town.OFFICE)
    assert [row.number for row in rows] == [1, 2]
    with pytest.raises(Refusal, match="đã đóng"):
        actions.sign(batch.id, made.mai.id, town.OFFICE)
    assert db.session.query(RegisterCounter).one().last == 2
    assert len({row.code for row in rows}) == 2


def test_who_attested_any_of_it_does_not_sign(made) -> None:
    town.prove_all(made.tu.id, made.mai.id)
    batch = town.propose(made)
    with pytest.raises(Refusal, match="Bùi Văn Tư") as refused:
        actions.sign(batch.id, made.mai.id, town.OFFICE)
    assert refused.value.code == "attested"
    assert db.session.query(Certificate).count() == 0
    actions.take_out(batch.id, made.tu.id)
    assert len(actions.sign(batch.id, made.mai.id, town.OFFICE)) == 2


def test_nobody_signs_their_own(made) -> None:
    town.prove_all(made.mai.id, made.hoa.id)
    batch = actions.propose(
        uuid4(), "five", town.commune_of(made), "x", [db.session.get(Person, made.mai.id)], made.hoa.id
    )
    with pytest.raises(Refusal, match="tự ký"):
        actions.sign(batch.id, made.mai.id, town.OFFICE)


@pytest.mark.parametrize("who", ["hoa", "khach", "nam"])
def test_only_an_officer_of_the_issuing_unit_signs(made, who: str) -> None:
    batch = town.propose(made)
    with pytest.raises(Refusal, match="cán bộ của đơn vị"):
        actions.sign(batch.id, getattr(made, who).id, town.OFFICE)


def test_what_is_no_longer_earned_is_left_out_when_signed(made) -> None:
    batch = actions.propose(uuid4(), "five", town.commune_of(made), "x", [made.lan, made.tu], made.hoa.id)
    rows = actions.sign(batch.id, made.mai.id, town.OFFICE)
    assert [row.person_id for row in rows] == [made.lan.id]
    assert {one.person_id: one.left_out for one, _p in queries.nominated(batch.id)} == {
        made.lan.id: "",
        made.tu.id: "not-earned",
    }


def test_a_withdrawn_batch_issues_nothing(app, made) -> None:
    batch = town.propose(made)
    officer = town.enter(app, made.mai)
    assert officer.post(f"/cap-giay/dot/{batch.id}/rut").status_code == 303
    with pytest.raises(Refusal):
        actions.sign(batch.id, made.mai.id, town.OFFICE)
    assert db.session.get(CertificateBatch, batch.id).state == "withdrawn"


def test_a_stranger_of_another_commune_finds_nothing(app, made) -> None:
    rows = town.issue(made)
    stranger = town.enter(app, made.khach)
    for address in (
        f"/cap-giay/dot/{rows[0].batch_id}",
        f"/so-cap-giay/{rows[0].id}",
        f"/giay-chung-nhan/{rows[0].id}/giay.pdf",
        f"/giay-chung-nhan/{rows[0].id}/chung-nhan.json",
    ):
        assert stranger.get(address).status_code == 404, address
    assert rows[0].name not in stranger.get("/so-cap-giay").text
    other = next(row for row in rows if row.person_id != made.lan.id)
    assert town.enter(app, made.lan).get(f"/giay-chung-nhan/{other.id}/giay.pdf").status_code == 404
