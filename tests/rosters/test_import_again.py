"""A corrected list imported again updates instead of doubling."""

from sqlalchemy import select

from lms.classes.models import Enrolment
from lms.db import db
from lms.households.models import Household, Member
from lms.people.models import Person, RoleGrant
from lms.places.models import Unit
from lms.teams.models import Team, TeamMember
from tests.rosters.hamlet import applied, count

HEAD = "Mã hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Thôn\n"
FIRST = HEAD + "NL-1,Bùi Văn Tư,Chủ hộ,02/03/1970,Nam,Thôn Mẫu 1\nNL-1,Bùi Thị Lan,Con,05/09/2013,Nữ,Thôn Mẫu 1\n"
PUPILS = "Họ và tên,Ngày sinh,Lớp\nBùi Thị Lan,05/09/2013,7A\nLê Văn Nam,01/02/2013,7A\nLê Văn Nam,30/11/2013,7A\n"


def members(client, text):
    commune = db.session.scalar(
        select(Unit.id).where(Unit.name == "Ngọc Liên", Unit.until_on.is_(None), Unit.kind_id == "xa")
    )
    return applied(client, "ho.csv", text.encode(), kind="ho", place=f"xa:{commune}")


def pupils(client, ids, text):
    return applied(client, "lop.csv", text.encode(), kind="lop", site_id=ids["school"], school_year="2026–2027")


def test_the_same_list_twice_changes_nothing(as_admin, ids):
    place = f"xa:{ids['Ngọc Liên']}"
    lists = ("thon.csv", "ho-gia-dinh.xlsx", "lop-7a.xlsx", "can-bo-giao-vien-to-cong-nghe.xlsx")

    def everything():
        for name in lists:
            site = {"site_id": ids["school"], "school_year": "2026–2027"} if "lop" in name else {}
            yield applied(as_admin, name, place="" if name == "thon.csv" else place, **site)

    def counted():
        return [count(table) for table in (Unit, Household, Member, Person, Enrolment, RoleGrant, Team, TeamMember)]

    list(everything())
    once = counted()
    again = [one.counts for one in everything()]
    assert counted() == once
    assert [one.get("created", 0) for one in again] == [0, 0, 0, 0]
    assert [one.get("updated", 0) for one in again] == [0, 0, 0, 0]
    assert [one["unchanged"] for one in again] == [8, 115, 44, 10]


def test_a_corrected_name_is_mended_in_place(as_admin, ids):
    applied(as_admin, "thon.csv")
    members(as_admin, FIRST)
    people = count(Person)
    again = members(as_admin, FIRST.replace("Bùi Văn Tư", "Bùi Văn Tứ"))
    assert (count(Person), again.counts["updated"], again.counts["unchanged"]) == (people, 1, 1)
    assert db.session.scalar(select(Household.head_name)) == "Bùi Văn Tứ"


def test_a_corrected_birth_is_mended_in_place(as_admin, ids):
    applied(as_admin, "thon.csv")
    members(as_admin, FIRST)
    people = count(Person)
    members(as_admin, FIRST.replace("05/09/2013", "05/09/2012"))
    assert count(Person) == people
    assert db.session.scalar(select(Person.birth_year).where(Person.full_name == "Bùi Thị Lan")) == 2012


def test_a_member_moved_to_another_household_moves(as_admin, ids):
    applied(as_admin, "thon.csv")
    members(as_admin, FIRST)
    people = count(Person)
    members(as_admin, FIRST.replace("NL-1,Bùi Thị Lan,Con", "NL-2,Bùi Thị Lan,Chủ hộ"))
    lan = db.session.scalars(select(Person).where(Person.full_name == "Bùi Thị Lan")).one()
    now = db.session.scalars(select(Member).where(Member.person_id == lan.id, Member.until_on.is_(None))).all()
    assert (count(Person), count(Household), len(now), now[0].relation) == (people, 2, 1, "chu-ho")


def test_two_pupils_of_one_name_and_year_stay_two(as_admin, ids):
    pupils(as_admin, ids, PUPILS)
    pupils(as_admin, ids, PUPILS)
    assert count(Person, Person.full_name == "Lê Văn Nam") == 2 and count(Enrolment) == 3


def test_a_pupil_who_changed_class_is_in_one_class(as_admin, ids):
    pupils(as_admin, ids, PUPILS)
    people = count(Person)
    pupils(as_admin, ids, PUPILS.replace("05/09/2013,7A", "05/09/2013,7B"))
    assert count(Person) == people and count(Enrolment, Enrolment.until_on.is_(None)) == 3


def test_the_same_pupil_at_another_school_is_somebody_else(as_admin, ids):
    pupils(as_admin, ids, PUPILS)
    people = count(Person)
    applied(as_admin, "lop.csv", PUPILS.encode(), kind="lop", site_id=ids["other-school"], school_year="2026–2027")
    assert count(Person) == people + 3


def test_somebody_written_by_hand_is_recognised_by_name_and_year(as_admin, ids):
    applied(as_admin, "thon.csv")
    village = db.session.scalar(select(Unit.id).where(Unit.name == "Thôn Mẫu 1"))
    as_admin.post(
        "/ho-gia-dinh/them", data={"unit_id": village, "head_name": "Bùi Văn Tư", "birth_year": 1970, "code": "NL-1"}
    )
    people = count(Person)
    # «Thôn Mẫu 1» stands in two communes: the list says which by being read for one.
    applied(as_admin, "ho.csv", FIRST.encode(), kind="ho", place=f"thon:{village}")
    assert (count(Person), count(Household)) == (people + 1, 1)
