"""«Chứng» at a house: which keys are missing, the act that gives each, the way back; and the brakes, seen before the work."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms import clock
from lms.db import db, open_write
from lms.people import actions as people
from lms.people.models import Kinship
from lms.refusals import Refusal
from lms.teams import actions as teams
from lms.visits import actions
from lms.visits.models import Visit
from lms.visits.rules import Kind, Told
from lms.witnessing.models import Observation
from lms.witnessing.rules.eligibility import Between, Kin, SessionFacts, may_attest
from tests import cast, facts, members
from tests.certificates import town
from tests.certificates.town import enter
from tests.house.two_worlds import CARD
from tests.rules.witnessing.test_eligibility import LAN, NAM, TODAY


@pytest.fixture
def made(db_session):
    """Anh Nam may witness: the five skills, the observers' questions, a members' certificate."""
    row = cast.settle(0)
    town.prove_all(row.nam.id, row.hoa.id)
    members.pass_part(row.nam.id, "lesson")
    members.certify(row.nam.id, row.team.unit_id, row.mai.id)
    db.session.commit()
    return row


def page_of(made, person=None) -> str:
    return f"/di-tham/ho/{made.household.id}/chung/{(person or made.lan).id}"


def signed(nam, made, person=None):
    sheet = {"id": str(uuid4()), "identity": "y", "line_r1": "3", "line_r2": "3", "line_r3": "4", "independence": "3",
             "not_kin": "y"}  # fmt: skip
    return nam.post(f"/chung-kien/nguoi/{(person or made.lan).id}?the={CARD}", data=sheet)


def test_from_the_missing_key_to_the_visit_and_back_again(app, made) -> None:
    facts.prove(made.lan.id, "s1", clock.today(), witness_id=made.hoa.id)
    db.session.commit()
    nam = enter(app, made.nam)
    page = nam.get(page_of(made)).text
    assert "Mở bài kiểm tra" in page and f"the={CARD}" in page and "Đang thành thạo: dịch vụ công" in page
    sheet = nam.get(f"/chung-kien/nguoi/{made.lan.id}?the={CARD}").text
    assert "Về lượt thăm" in sheet and page_of(made) in sheet
    answer = signed(nam, made)
    assert answer.status_code == 303 and answer.location == page_of(made)
    page = nam.get(page_of(made)).text
    assert "Hôm nay đã ký ở nhà này 1 lượt" in page and "đã làm ngày" in page
    kept = nam.post(f"/di-tham/ho/{made.household.id}/chung", data={"id": str(uuid4()), "nguoi": made.lan.id})
    assert kept.status_code == 303
    row = db.session.query(Visit).one()
    assert row.kind == Kind.ATTEST and len(row.body["signed"]) == 1
    assert "Về lượt thăm" not in nam.get("/di-tham").text, "what one came for is done"


def test_the_way_back_is_ones_own_and_of_today(app, made) -> None:
    nam = enter(app, made.nam)
    nam.get(page_of(made))
    assert "Về lượt thăm" in nam.get("/di-tham").text
    with clock.frozen(clock.now() + timedelta(days=1)):
        again = enter(app, made.nam)
        again.client = nam.client
        assert "Về lượt thăm" not in again.get("/di-tham").text
    assert "Về lượt thăm" not in enter(app, made.mai).get("/ho-gia-dinh").text


def test_an_open_test_is_handed_over_from_here(app, made) -> None:
    nam = enter(app, made.nam)
    nam.get(page_of(made))
    opened = nam.post(
        f"/chung-kien/mo-bai?nguoi={made.lan.id}", data={"id": str(uuid4()), "quiz_id": "thanh-toan", "minutes": 45}
    )
    assert opened.status_code == 303, opened.text[-1500:]
    assert "Trao máy để làm bài" in nam.get(page_of(made)).text


def test_why_not_is_told_before_any_work_is_done(app, made) -> None:
    nam = enter(app, made.nam)
    assert "không chứng" not in nam.get(page_of(made)).text
    open_write()
    db.session.add(Kinship(person_id=made.lan.id, relative_id=made.nam.id, kind="close", recorded_at=clock.now()))
    db.session.commit()
    page = nam.get(page_of(made)).text
    assert "họ hàng gần nên không chứng" in page and f"the={CARD}" not in page and "Mở bài kiểm tra" not in page
    _take_certificate(made)
    page = nam.get(page_of(made, made.tu)).text
    assert "khi có giấy chứng nhận thành viên tổ" in page and f"the={CARD}" not in page


def _take_certificate(made) -> None:
    row = db.session.query(members.Certificate).one()
    town.revoke(made, row)


def test_without_consent_it_is_asked_first(app, made) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        people.record_consent(made.lan.id, "assessment", "self", "2026-11", "paper", act="withdrawn")
        db.session.commit()
        page = enter(app, made.nam).get(page_of(made)).text
    assert "Hỏi và ghi đồng ý" in page and f"the={CARD}" not in page


def _stands(made) -> int:
    return db.session.query(Observation).where(Observation.witness_id == made.nam.id).count()


def test_what_is_refused_becomes_no_visit(app, made) -> None:
    """Self, colleague, mutual, over the limit: the sheet is refused, nothing is kept, and no visit can be made of it."""
    nam = enter(app, made.nam)
    assert signed(nam, made, made.nam).status_code in (403, 404, 422)
    teams.appoint(made.team.id, made.tu.id, cast.BEGAN)
    db.session.commit()
    assert signed(nam, made, made.tu).status_code == 422 and _stands(made) == 0
    with pytest.raises(Refusal) as caught:
        told = Told(Kind.ATTEST, clock.today(), frozenset({made.tu.id}), frozenset({"guide"}))
        actions.record(uuid4(), made.household.id, made.nam.id, told)
    assert caught.value.code == "nothing-signed" and db.session.query(Visit).count() == 0


WHOM = st.sampled_from(["self", "house", "kin", "mutual", "colleague", "full", "fine"])


@settings(max_examples=200)
@given(st.lists(WHOM, max_size=20), st.integers(0, 16))
def test_of_any_visits_only_what_the_rule_lets_pass_counts(visits, done) -> None:
    """In whatever order the houses come: self, own house, close kin, mutual, colleague and over-limit never count."""
    counted = 0
    for number, whom in enumerate(visits):
        today = frozenset((1000 + n, "s3") for n in range(15 if whom == "full" else min(done, 14)))
        learner = replace(LAN, person=NAM.person if whom == "self" else 2000 + number)
        learner = replace(learner, teams=NAM.teams) if whom == "colleague" else learner
        between = {
            "house": Between(same_household=True),
            "kin": Between(kin=Kin.CLOSE),
            "mutual": Between(attested_back_on=TODAY - timedelta(days=number % 91)),
        }.get(whom, Between())
        verdict = may_attest(NAM, learner, between, SessionFacts(TODAY, "s3", attested_today=today))
        assert verdict.eligible == (whom == "fine")
        counted += verdict.eligible
    assert counted == visits.count("fine")


def test_who_may_not_open_the_page(app, made) -> None:
    assert enter(app, made.khach).get(page_of(made)).status_code == 403
    assert enter(app, made.lan).get(page_of(made)).status_code == 403
    assert enter(app, made.nam).get(page_of(made, made.hoa)).status_code == 404, "not of this house"
