"""A list of a team brings its decision, where each member comes from and whose village is whose; all of it goes back."""

from datetime import date

from sqlalchemy import select

from lms.db import db
from lms.people.models import Person
from lms.places import actions as places
from lms.teams.models import MemberVillage, Team, TeamDecision, TeamMember, TeamVillage
from tests.rosters.hamlet import applied, count

HEADER = (
    "Họ và tên,Năm sinh,Chức vụ,Đơn vị,Phụ trách,Từ ngày,Số quyết định,Ngày quyết định,Diện tham gia,Doanh nghiệp\n"
)
TEAM = "Tổ công nghệ số cộng đồng"
LEADER = f"Bùi Thị Mẫu,1990,Tổ trưởng,{TEAM},Thôn Mẫu 1; Thôn Mẫu 2,05/09/2026,12/QĐ-UBND,05/09/2026,,\n"
YOUTH = f"Lê Văn Mẫu,2001,Thành viên,{TEAM},Thôn Mẫu 2,05/09/2026,12/QĐ-UBND,05/09/2026,Đoàn viên,Chi đoàn Thôn Mẫu 2\n"
SENT = f"Hà Văn Mẫu,1988,Thành viên,{TEAM},,05/09/2026,,,Doanh nghiệp,Doanh nghiệp viễn thông mẫu\n"


def brought(client, ids, *rows):
    return applied(client, "to.csv", (HEADER + "".join(rows)).encode(), kind="can-bo", place=f"xa:{ids['Ngọc Liên']}")


def villages(ids):
    for name in ("Thôn Mẫu 1", "Thôn Mẫu 2"):
        places.found_unit("thon", name, date(2026, 9, 1), ids["Ngọc Liên"])
    db.session.commit()


def member(name):
    return db.session.scalars(
        select(TeamMember).join(Person, Person.id == TeamMember.person_id).where(Person.full_name == name)
    ).one()


def test_a_team_comes_whole_from_its_list(as_officer, ids):
    villages(ids)
    row = brought(as_officer, ids, LEADER, YOUTH, SENT)
    assert (row.state, row.counts["created"], row.counts["refusals"]) == ("applied", 3, [])
    (decision,) = db.session.scalars(select(TeamDecision))
    assert (decision.number, decision.decided_on) == ("12/QĐ-UBND", date(2026, 9, 5))
    leader, youth, sent = member("Bùi Thị Mẫu"), member("Lê Văn Mẫu"), member("Hà Văn Mẫu")
    assert (leader.role, leader.kind, leader.decision_id) == ("team-leader", "cong-dong", decision.id)
    assert (youth.kind, youth.organisation, youth.decision_id) == ("doan-vien", "Chi đoàn Thôn Mẫu 2", decision.id)
    assert (sent.kind, sent.organisation, sent.decision_id) == ("doanh-nghiep", "Doanh nghiệp viễn thông mẫu", None)
    held = {one.id: count(MemberVillage, MemberVillage.member_id == one.id) for one in (leader, youth, sent)}
    assert list(held.values()) == [2, 1, 0]
    again = brought(as_officer, ids, LEADER, YOUTH, SENT)
    assert again.counts.get("unchanged") == 3 and count(MemberVillage) == 3 and count(TeamDecision) == 1


def test_what_a_later_list_changed_goes_back_to_what_it_was(as_officer, ids):
    villages(ids)
    first = brought(as_officer, ids, LEADER, YOUTH)
    second = brought(as_officer, ids, YOUTH.replace("Đoàn viên,Chi đoàn Thôn Mẫu 2", "Doanh nghiệp,Doanh nghiệp mẫu"))
    assert second.counts["updated"] == 1 and member("Lê Văn Mẫu").kind == "doanh-nghiep"
    for row in (second, first):
        assert as_officer.post(f"/nhap-danh-sach/{row.id}/hoan-tac").status_code == 303
        db.session.expire_all()
        if row is second:
            assert member("Lê Văn Mẫu").kind == "doan-vien"
    assert [count(one) for one in (Team, TeamMember, TeamVillage, MemberVillage, TeamDecision)] == [0] * 5


def test_a_list_that_is_silent_takes_nothing_away(as_officer, ids):
    villages(ids)
    brought(as_officer, ids, YOUTH)
    brought(as_officer, ids, f"Lê Văn Mẫu,2001,Thành viên,{TEAM},,,,,,\n")
    youth = member("Lê Văn Mẫu")
    assert (youth.kind, youth.organisation) == ("doan-vien", "Chi đoàn Thôn Mẫu 2")
    assert youth.decision_id is not None and count(MemberVillage) == 1


def test_one_number_with_two_days_is_for_a_person_to_decide(as_officer, ids):
    villages(ids)
    row = brought(as_officer, ids, LEADER, YOUTH.replace("12/QĐ-UBND,05/09/2026", "12/qđ-ubnd,06/09/2026"))
    ((number, why),) = row.counts["refusals"]
    assert number == 3 and "05/09/2026" in why and "06/09/2026" in why
    assert count(Person, Person.full_name == "Lê Văn Mẫu") == 0, "nothing half-saved"
