"""Members are appointed by a named decision, look after villages of their own, and hand them over when they leave."""

from datetime import timedelta

import pytest

from lms import clock
from lms.db import db
from lms.refusals import Refusal
from lms.teams import actions, queries
from lms.teams.models import MemberVillage, TeamMember
from tests import cast


@pytest.fixture
def ids(app):
    with app.app_context():
        made = cast.settle(1)
        nam = queries.members(made.team.id, clock.today())[0][0].id
        lan = actions.appoint(made.team.id, made.lan.id, cast.BEGAN).id
        db.session.commit()
        return {
            "team": made.team.id,
            "village": made.village.id,
            "other": made.other_village.id,
            "nam": nam,
            "lan": lan,
        }


def test_appointed_by_a_decision_in_charge_and_handed_over(app, client, ids):
    team = f"/to/{ids['team']}"
    cast.sign_in(client, "mai")
    assert "chưa ghi quyết định" in client.get(team).text
    paper = {"number": "15/QĐ-MẪU", "decided_on": "2026-01-05", "text": "Cử thành viên tổ (bài mẫu)"}
    assert client.post(f"{team}/quyet-dinh", data=paper).status_code == 303
    assert client.post(f"{team}/quyet-dinh", data=paper | {"number": "15/qđ-mẫu"}).status_code == 422
    with app.app_context():
        decision = queries.decisions(ids["team"])[0].id
        db.session.rollback()
    told = {"kind": "doan-vien", "organisation": "Chi đoàn Mẫu", "decision_id": decision}
    assert client.post(f"{team}/nguoi/{ids['nam']}", data=told).status_code == 303
    given = client.post(f"{team}/nguoi/{ids['nam']}/thon", data={"unit_id": ids["village"]})
    assert given.status_code == 303
    page = client.get(team).text
    assert "quyết định 15/QĐ-MẪU" in page and "Đoàn viên thanh niên (Chi đoàn Mẫu)" in page
    assert "Phụ trách: Thôn Mẫu 1" in page and "chưa có người phụ trách" not in page
    assert "Đang phụ trách: Thôn Mẫu 1." in client.get(f"{team}/nguoi/{ids['nam']}/thoi").text
    leaving = {"on_day": clock.today().isoformat(), "heir_id": ids["lan"], "reason": "Chuyển nơi ở"}
    assert client.post(f"{team}/nguoi/{ids['nam']}/thoi", data=leaving).status_code == 303
    assert client.get(f"{team}/nguoi/{ids['nam']}").status_code == 404
    page = client.get(team).text
    assert "Phụ trách: Thôn Mẫu 1" in page and "Chuyển nơi ở" in page
    with app.app_context():
        assert [unit.id for unit in queries.charges([ids["lan"]], clock.today())[ids["lan"]]] == [ids["village"]]
        assert queries.charges([ids["nam"]], clock.today()) == {}


def test_what_may_not_be(app, client, ids):
    cast.sign_in(client, "mai")
    team, today = f"/to/{ids['team']}", clock.today()
    nameless = client.post(f"{team}/nguoi/{ids['nam']}", data={"kind": "doanh-nghiep", "decision_id": 0})
    assert nameless.status_code == 422 and "ghi tên doanh nghiệp" in nameless.text
    tomorrow = {"on_day": (today + timedelta(days=1)).isoformat(), "heir_id": 0}
    assert client.post(f"{team}/nguoi/{ids['nam']}/thoi", data=tomorrow).status_code == 422
    before = {"on_day": (cast.BEGAN - timedelta(days=1)).isoformat(), "heir_id": 0}
    assert client.post(f"{team}/nguoi/{ids['nam']}/thoi", data=before).status_code == 422
    to_oneself = {"on_day": today.isoformat(), "heir_id": ids["nam"]}
    assert client.post(f"{team}/nguoi/{ids['nam']}/thoi", data=to_oneself).status_code == 422
    assert client.post(f"{team}/nguoi/{ids['nam']}/thon", data={"unit_id": ids["other"]}).status_code == 422
    with app.app_context(), pytest.raises(Refusal) as refused:
        actions.put_in_charge(db.session.get_one(TeamMember, ids["nam"]), ids["other"], today)
    assert refused.value.code == "not-of-team"


def test_a_village_leaves_the_team_and_so_its_member(app, ids):
    with app.app_context():
        today = clock.today()
        actions.put_in_charge(db.session.get_one(TeamMember, ids["nam"]), ids["village"], today - timedelta(days=9))
        assert actions.follow_villages([ids["village"]], [ids["other"]], today - timedelta(days=5)) == 1
        db.session.flush()
        held = queries.charges([ids["nam"]], today)
        assert [unit.id for unit in held[ids["nam"]]] == [ids["other"]]
        actions.give_up_charge(ids["team"], ids["other"], today)
        db.session.flush()
        assert queries.charges([ids["nam"]], today) == {}
        assert db.session.query(MemberVillage).count() == 2, "what was is kept"


def test_members_read_and_do_not_appoint_and_strangers_see_nothing(client, ids):
    member = f"/to/{ids['team']}/nguoi/{ids['lan']}"
    cast.sign_in(client, "nam")
    assert f'href="{member}"' not in client.get(f"/to/{ids['team']}").text
    assert client.get(member).status_code == client.get(f"/to/{ids['team']}/quyet-dinh").status_code == 403
    client.post("/dang-xuat")
    cast.sign_in(client, "khach")
    assert client.get(member).status_code in (403, 404)
    assert client.post(f"{member}/thoi", data={"on_day": clock.today().isoformat(), "heir_id": 0}).status_code in (
        403,
        404,
    )
