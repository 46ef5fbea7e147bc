"""The leader's board: what each member has and lacks, what ends soon, what they did, which village needs most."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.households.actions import living
from lms.journal import JournalLine
from lms.people import actions as people
from lms.people.models import Person
from lms.places import actions as places
from lms.teams import actions as teams
from tests import cast, facts, members
from tests.cast import Cast
from tests.certificates import town
from tests.certificates.town import enter


@pytest.fixture
def leader(made: Cast) -> Person:
    row = people.create_person("Bùi Thị Tổ Trưởng", 1980)
    people.create_account(row, "totruong", "no hash", must_change=False)
    teams.appoint(made.team.id, row.id, cast.BEGAN, "team-leader")
    db.session.commit()
    return row


def test_a_leader_sees_who_has_which_part_and_what_is_next(app, made, leader) -> None:
    facts.prove(made.nam.id, "s3", clock.today() - timedelta(days=330), witness_id=made.hoa.id)
    town.prove_all(leader.id, made.hoa.id)
    db.session.commit()
    page = enter(app, leader).get(f"/bang-to/{made.team.id}").text
    assert "Phạm Văn Nam" in page and "Học và được chứng nốt kỹ năng còn thiếu" in page
    assert "Đọc bài dành cho người chứng" in page  # the leader has all five, and that is next
    assert "Sắp hết hạn trong 60 ngày" in page and "thanh toán đến hết" in page
    assert "chưa chứng lượt nào" in page and "1/2 người" in page
    read = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-person")).all()
    assert {made.nam.id, leader.id} <= set(read[-1].detail["ids"])


def test_a_certificate_about_to_end_is_told(app, made, leader) -> None:
    town.prove_all(made.nam.id, made.hoa.id, clock.today() - timedelta(days=320))
    db.session.commit()
    members.pass_parts(made.nam.id, made.hoa.id)
    db.session.commit()
    assert town.issue(made, "member")
    page = enter(app, leader).get(f"/bang-to/{made.team.id}").text
    assert "có giấy chứng nhận đến hết" in page
    assert "1 người có giấy hoặc kỹ năng sắp hết hạn" in enter(app, made.mai).get("/bang-to").text


def test_the_village_with_most_to_open_stands_first_and_people_by_name(app, made, leader) -> None:
    far = places.found_unit("thon", "Thôn Mẫu 9", facts.SETTLED, made.team.unit_id)
    for number in range(5):
        home = living.found_household(f"Bùi Văn Chủ {number}", far.id, facts.SETTLED)
        living.join(home, people.create_person(f"Bùi Văn Chủ {number}", 1970), "chu-ho", facts.SETTLED)
    teams.take_charge(made.team.id, far.id, cast.BEGAN)
    db.session.commit()
    page = enter(app, leader).get(f"/bang-to/{made.team.id}").text.split("<h1>")[1]
    assert page.index("Thôn Mẫu 9") < page.index("<strong>Thôn Mẫu 1<")
    assert page.index("Phạm Văn Nam") < page.index("Bùi Thị Tổ Trưởng")  # Nam before Trưởng


def test_who_may_look(app, made, leader) -> None:
    address = f"/bang-to/{made.team.id}"
    assert enter(app, made.mai).get(address).status_code == 200
    assert enter(app, made.khach).get(address).status_code == 404
    assert "Tổ Thôn Mẫu 1" not in enter(app, made.khach).get("/bang-to").text
    for person in (made.nam, made.hoa, made.lan):
        assert enter(app, person).get(address).status_code == 403
    other = teams.found_team("Tổ khác", made.team.unit_id, cast.BEGAN)
    teams.appoint(other.id, leader.id, cast.BEGAN)  # a plain member there
    db.session.commit()
    assert enter(app, leader).get(f"/bang-to/{other.id}").status_code == 404


def test_more_members_and_teams_cost_no_more_statements(app, made, leader, queries) -> None:
    mai, counts = enter(app, made.mai), []
    for more in (0, 3):
        for number in range(more):
            team = teams.found_team(f"Tổ {number}", made.team.unit_id, cast.BEGAN)
            teams.appoint(team.id, people.create_person(f"Bùi Văn Thêm {number}", 1990).id, cast.BEGAN)
            teams.take_charge(team.id, made.village.id, cast.BEGAN)
        db.session.commit()
        mai.get("/bang-to")
        with queries() as said:
            mai.get("/bang-to")
        counts.append(len(said))
    assert counts[0] == counts[1]
