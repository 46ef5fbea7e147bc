"""Revoked by two, issued anew with its lineage, expired: what the same code says each time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from lms import clock
from lms.certificates import actions, checking, queries
from lms.certificates.models import Certificate, Revocation
from lms.certificates.rules.verdicts import Verdict
from lms.db import db
from lms.refusals import Refusal
from tests.certificates import town


@pytest.fixture
def made(db_session):
    return town.settle(0)


@pytest.fixture
def row(made) -> Certificate:
    return town.issue(made)[0]


def test_two_persons_revoke_and_the_same_code_says_so(app, made, row) -> None:
    second, officer = town.enter(app, town.second_officer(made)), town.enter(app, made.mai)
    page, code = f"/so-cap-giay/{row.id}", row.code
    assert officer.post(f"{page}/thu-hoi", data={"id": str(uuid4()), "reason": "x"}).status_code == 422
    asked = {"id": str(uuid4()), "reason": "Ghi sai họ tên"}
    assert officer.post(f"{page}/thu-hoi", data=asked).status_code == 303
    decide = f"{page}/thu-hoi/{asked['id']}"
    assert officer.post(decide, data={"quyet": "thu-hoi"}).status_code == 303
    assert 'data-verdict="valid"' in town.enter(app).get(f"/xac-minh/{code}").text
    assert "Chờ quyết định thu hồi" in second.get("/so-cap-giay").text
    second.post(decide, data={"quyet": "thu-hoi"})
    answer = town.enter(app).get(f"/xac-minh/{code}").text
    assert 'data-verdict="revoked"' in answer
    assert "Ghi sai" not in answer  # why is between the office and the holder
    assert "Ghi sai" in town.enter(app, made.lan).get("/giay-chung-nhan").text


def test_whoever_asked_does_not_confirm(made, row) -> None:
    asked = actions.ask_to_revoke(uuid4(), row, made.mai.id, "Ghi sai họ tên")
    with pytest.raises(Refusal, match="người thứ hai"):
        actions.decide_revocation(asked.id, made.mai.id, True)
    assert queries.revoked([row.id]) == {}


def test_declined_stays_valid_and_may_be_asked_again(made, row) -> None:
    other = town.second_officer(made)
    asked = actions.ask_to_revoke(uuid4(), row, made.mai.id, "Ghi sai họ tên")
    with pytest.raises(Refusal, match="đã có yêu cầu"):
        actions.ask_to_revoke(uuid4(), row, other.id, "Một lý do khác")
    actions.decide_revocation(asked.id, other.id, False)
    assert checking.by_code(row.code, clock.today()).verdict == Verdict.VALID
    actions.ask_to_revoke(uuid4(), row, other.id, "Một lý do khác")
    with pytest.raises(Refusal, match="đã được quyết định"):
        actions.decide_revocation(asked.id, other.id, True)


def test_the_same_request_twice_is_one(made, row) -> None:
    id = uuid4()
    for _n in range(2):
        actions.ask_to_revoke(id, row, made.mai.id, "Ghi sai họ tên")
    assert db.session.query(Revocation).count() == 1


def test_issued_anew_with_its_lineage(made, row) -> None:
    """Proposed again only once revoked; the next one says whose place it takes, and the old code still says revoked."""
    again = actions.propose(uuid4(), "five", town.commune_of(made), "x", [made.lan], made.hoa.id)
    with pytest.raises(Refusal, match="Không còn ai"):
        actions.sign(again.id, made.mai.id, town.OFFICE)
    db.session.rollback()
    town.revoke(made, row)
    anew = town.issue(made)[0]
    assert (anew.replaces_id, anew.number) == (row.id, 2)
    answer = checking.by_code(row.code, clock.today())
    assert (answer.verdict, answer.followed_by) == (Verdict.REVOKED, anew)


def test_expires_with_the_first_of_its_skills(made, row) -> None:
    last = row.last_day
    assert last == min(day for day in (queries_day(one) for one in row.body["skills"]))
    assert checking.by_code(row.code, last).verdict == Verdict.VALID
    assert checking.by_code(row.code, last + timedelta(days=1)).verdict == Verdict.EXPIRED


def test_a_row_changed_behind_our_back_is_altered(made, row) -> None:
    db.session.connection().execute(update(Certificate.__table__).values(name="Người Khác"))
    db.session.expire_all()
    assert checking.by_code(row.code, clock.today()).verdict == Verdict.ALTERED


def queries_day(pair):
    return date.fromisoformat(pair[1])
