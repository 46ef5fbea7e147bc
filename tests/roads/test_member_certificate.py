"""The certificate of members: all five skills, the observers' questions, the exam, one observed visit; nothing less."""

from datetime import timedelta

import pytest

from lms import clock
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS
from lms.db import db
from lms.quizzes.models import Attempt
from lms.refusals import Refusal
from tests import members
from tests.certificates import town
from tests.certificates.town import enter

MEMBER = KINDS["member"]


def ready(made) -> list[int]:
    scope = candidates.of_teams(made.team.unit_id, clock.today())
    return [person.id for person in candidates.ready(MEMBER, scope, clock.today(), 500)]


def test_earned_with_the_last_part_and_signed_by_an_officer_who_took_no_part(app, made) -> None:
    assert ready(made) == []
    members.pass_part(made.nam.id, "visit", by=made.hoa.id)
    db.session.commit()
    assert ready(made) == [made.nam.id]
    assert "Thành viên tổ công nghệ số cộng đồng" in enter(app, made.nam).get("/giay-chung-nhan").text
    page = enter(app, made.mai).get(f"/cap-giay/moi?loai=member&noi=xa-{made.team.unit_id}").text
    assert "Phạm Văn Nam" in page
    [row] = town.issue(made, "member")
    assert row.kind == "member" and [part for part, _day in row.body["parts"]] == ["lesson", "exam", "visit"]
    assert ready(made) == []
    page = enter(app, made.nam).get("/con-duong").text
    assert "Đã đi hết con đường" in page
    page = enter(app, made.nam).get(f"/giay-chung-nhan/{row.id}/giay.pdf")
    assert page.status_code == 200 and page.data.startswith(b"%PDF")
    page = enter(app, made.mai).get(f"/so-cap-giay/{row.id}").text
    assert "Một lượt đi thăm có người dự" in page and "Qua bài thi có người coi" in page


@pytest.mark.parametrize("part", ["lesson", "exam", "visit"])
def test_a_part_that_lies_two_years_back_is_done_anew(bare, part) -> None:
    long_ago, today = clock.today() - timedelta(days=732), clock.today()
    for one in MEMBER.parts:
        members.pass_part(bare.nam.id, one, long_ago if one == part else today, bare.hoa.id)
    assert ready(bare) == []
    members.pass_part(bare.nam.id, part, today - timedelta(days=700), bare.hoa.id)
    assert ready(bare) == [bare.nam.id]


@pytest.mark.parametrize("part", ["exam", "visit"])
def test_whoever_answers_for_a_part_does_not_sign(bare, part) -> None:
    """T5: an officer who opened the exam, or went along, took part in what the certificate rests on."""
    for one in MEMBER.parts:
        members.pass_part(bare.nam.id, one, by=bare.mai.id if one == part else bare.hoa.id)
    db.session.commit()
    with pytest.raises(Refusal) as caught:
        town.issue(bare, "member")
    assert caught.value.code == "attested"


def test_an_attempt_that_was_voided_or_sat_outside_an_exam_is_no_part(made) -> None:
    members.pass_part(made.nam.id, "visit", by=made.hoa.id)
    exam = db.session.query(Attempt).where(Attempt.quiz_id == "thanh-vien-to").one()
    for field, value in (("voided_at", clock.now()), ("mode", "witnessed"), ("attended_by", None)):
        before = getattr(exam, field)
        setattr(exam, field, value)
        db.session.flush()
        assert ready(made) == []
        setattr(exam, field, before)
        db.session.flush()
    assert ready(made) == [made.nam.id]


def test_the_five_alone_are_not_the_members(made) -> None:
    [row] = town.issue(made, "five")
    assert row.kind == "five" and ready(made) == []
    assert "parts" in row.body and row.body["parts"] == []
