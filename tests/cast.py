"""The named cast: bà Lan (learner), ông Tư (head of her household), cô Hoa (teacher), anh Nam (team member), chị Mai
(commune officer) and Khách (the stranger of another commune), with cô Hoa's class. All settled by the real acts.

`cast.settle()` inside an application context; `cast.sign_in(client, "hoa")`.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from flask.testing import FlaskClient

from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.models import SchoolClass
from lms.db import db
from lms.households.actions import concluding, living
from lms.households.models import Household
from lms.people import actions as people
from lms.people import passwords
from lms.people.models import Person
from lms.places import actions as places
from lms.places import known_units
from lms.places.models import Unit
from lms.teams import actions as teams
from lms.teams.models import Team
from tests import facts

BEGAN = date(2026, 1, 5)
PASSWORD = "bay gio la mua gat"


@dataclass
class Cast:
    lan: Person
    tu: Person
    hoa: Person
    nam: Person
    mai: Person
    khach: Person
    village: Unit
    other_village: Unit
    household: Household
    school_class: SchoolClass
    team: Team
    pupils: list[Person] = field(default_factory=list)


def settle(pupils: int = 3) -> Cast:
    """The cast in their places, each adult with an account, everybody's consent given. Commits."""
    facts.publish()
    units = known_units.found_known_units()
    village = places.found_unit("thon", "Thôn Mẫu 1", facts.SETTLED, units["Ngọc Liên"].id)
    other = places.found_unit("thon", "Thôn Mẫu 1", facts.SETTLED, units["Minh Sơn"].id)
    tu, lan = _person("Bùi Văn Tư", 1958, "nam"), _person("Bùi Thị Lan", 1962, "nu")
    nam = _person("Phạm Văn Nam", 1991, "nam")
    hoa, mai, khach = _person("Lê Thị Hoa", 1987, "nu"), _person("Hà Thị Mai", 1985, "nu"), _person("Khách", 1980)
    household = _home(village, tu, lan)
    _home(village, nam)
    school = places.found_site("school", "Trường THCS Mẫu", units["Ngọc Liên"].id, facts.SETTLED)
    room = classes.found_class(school.id, "7A", "2026–2027", BEGAN)
    classes.appoint_teacher(room.id, hoa.id, BEGAN)
    people.grant_role(hoa.id, Role.TEACHER, BEGAN, site_id=school.id)
    people.grant_role(mai.id, Role.COMMUNE_OFFICER, BEGAN, unit_id=units["Ngọc Liên"].id)
    people.grant_role(khach.id, Role.COMMUNE_OFFICER, BEGAN, unit_id=units["Minh Sơn"].id)
    team = teams.found_team("Tổ Thôn Mẫu 1", units["Ngọc Liên"].id, BEGAN)
    teams.appoint(team.id, nam.id, BEGAN)
    teams.take_charge(team.id, village.id, BEGAN)
    cast = Cast(lan, tu, hoa, nam, mai, khach, village, other, household, room, team)
    for name, person in (("lan", lan), ("tu", tu), ("hoa", hoa), ("nam", nam), ("mai", mai), ("khach", khach)):
        people.create_account(person, name, _hashed(), must_change=False)
        agree(person)
    _enrol(cast, pupils)
    db.session.commit()
    return cast


def agree(person: Person, with_parent: bool = False) -> None:
    """Consent to tests and to the household link, on paper."""
    for purpose in ("assessment", "household-link"):
        for giver in ("self", "representative") if with_parent else ("self",):
            people.record_consent(person.id, purpose, giver, "2026-11", "paper")


def sign_in(client: FlaskClient, username: str) -> None:
    answer = client.post("/dang-nhap", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.status


def _enrol(cast: Cast, count: int) -> None:
    """Pupils «hs1», «hs2» …, each living in a household of their own in the village."""
    for number in range(1, count + 1):
        pupil = _person(f"Bùi Văn Mẫu {number}", 2013, "nam")
        _home(cast.village, _person(f"Bùi Văn Cha {number}", 1980, "nam"), pupil)
        classes.enrol(cast.school_class.id, pupil.id, BEGAN)
        people.create_account(pupil, f"hs{number}", _hashed(), must_change=False)
        agree(pupil, with_parent=True)
        cast.pupils.append(pupil)


def _person(name: str, birth_year: int, gender: str | None = None) -> Person:
    return people.create_person(name, birth_year, gender)


def _home(village: Unit, head: Person, *others: Person) -> Household:
    row = living.found_household(head.full_name, village.id, facts.SETTLED, then_conclude=False)
    for person in (head, *others):
        relation = "chu-ho" if person is head else "khac"
        living.join(row, person, relation, facts.SETTLED, then_conclude=False)
    concluding.conclude([row.id])
    return row


@lru_cache(maxsize=1)
def _hashed() -> str:
    return passwords.hash_of(PASSWORD)
