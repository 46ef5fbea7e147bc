"""An officer sets up a team, appoints members from the commune's households and gives it villages."""

import pytest

from lms import clock
from lms.db import db
from lms.teams import queries
from tests import cast


@pytest.fixture
def ids(app):
    with app.app_context():
        made = cast.settle(1)
        return {"team": made.team.id, "village": made.village.id, "lan": made.lan.id, "commune": made.team.unit_id}


def test_set_up_appoint_charge_and_leave(app, client, ids):
    cast.sign_in(client, "mai")
    today = clock.today().isoformat()
    made = client.post("/to/them", data={"unit_id": ids["commune"], "name": "Tổ Mẫu 2", "from_on": today})
    team = made.headers["Location"]
    assert made.status_code == 303
    found = client.get(f"{team}/them-nguoi?tim=lan").text
    assert "Bùi Thị Lan" in found and "Khách" not in found
    data = {"tim": "lan", "person_id": ids["lan"], "role": "team-leader", "from_on": today}
    assert client.post(f"{team}/them-nguoi", data=data).status_code == 303
    assert client.post(f"{team}/thon", data={"unit_id": ids["village"]}).status_code == 303
    page = client.get(team).text
    assert "Bùi Thị Lan" in page and "Thôn Mẫu 1" in page
    with app.app_context():
        member = queries.members(int(team.rsplit("/", 1)[1]), clock.today())[0][0].id
        db.session.rollback()
    leaving = {"on_day": today, "heir_id": 0}
    assert client.post(f"{team}/nguoi/{member}/thoi", data=leaving).status_code == 303
    assert "Bùi Thị Lan" not in client.get(team).text


def test_twice_is_refused(client, ids):
    cast.sign_in(client, "mai")
    twin = {"unit_id": ids["commune"], "name": "Tổ Thôn Mẫu 1", "from_on": clock.today().isoformat()}
    assert client.post("/to/them", data=twin).status_code == 422


def test_members_see_their_own_team_and_strangers_none(client, ids):
    cast.sign_in(client, "nam")
    assert client.get(f"/to/{ids['team']}").status_code == 200
    assert client.post(f"/to/{ids['team']}/thon", data={"unit_id": ids["village"]}).status_code == 403
    client.post("/dang-xuat")
    cast.sign_in(client, "khach")
    assert client.get(f"/to/{ids['team']}").status_code == 404
    assert "Tổ Thôn Mẫu 1" not in client.get("/to").text
