"""Where the stories happen: a village of Ngọc Liên, a class, a teacher, an officer, and two households."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from lms import completion
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.db import db
from lms.people import actions as people
from lms.people import passwords
from lms.people.models import Person
from lms.places import actions as places
from lms.places.known_units import found_known_units
from lms.teams import actions as teams
from tests import facts
from tests.stories.steps import PASSWORD

BEGAN = date(2026, 8, 15)


@dataclass
class Hamlet:
    commune: int
    village: int
    school_class: int
    household: int
    """Of Bùi Văn Tư, with his wife Lan and his son An, a pupil of 7A."""
    other_household: int
    """Of two grown-ups who know different things."""
    pupil: int
    tu: int
    lan: int
    two: tuple[int, int]
    teacher: int
    officer: int


def settle() -> Hamlet:
    """Everything but the learning."""
    facts.publish()
    units = found_known_units()
    commune = units["Ngọc Liên"]
    village = places.found_unit("thon", "Thôn Mẫu 1", facts.SETTLED, commune.id)
    db.session.commit()
    household, (tu, lan, son) = facts.household(village, ("Bùi Văn Tư", 1971), ("Phạm Thị Lan", 1974), ("Bùi An", 2013))
    other, two = facts.household(village, ("Hà Văn Nam", 1980), ("Hà Thị Sen", 1982))
    teacher, officer = _member("Phạm Thị Hoa", "hoa"), _member("Trương Thị Mai", "mai")
    people.grant_role(officer, Role.COMMUNE_OFFICER, BEGAN, unit_id=commune.id)
    school = places.found_site("school", "Trường THCS Mẫu", commune.id, facts.SETTLED)
    people.grant_role(teacher, Role.TEACHER, BEGAN, site_id=school.id)
    school_class = classes.found_class(school.id, "7A", "2026–2027", BEGAN)
    classes.appoint_teacher(school_class.id, teacher, BEGAN)
    pupil = _member("Bùi An", "an", 2013)
    classes.enrol(school_class.id, pupil, BEGAN)
    team = teams.found_team("Tổ công nghệ số Thôn Mẫu 1", commune.id, BEGAN)
    teams.take_charge(team.id, village.id, BEGAN)
    teams.appoint(team.id, two[0].id, BEGAN)
    _agree(pupil, "self", "representative")
    for person in (tu, lan, *two):
        _agree(person.id, "self")
    completion.link_confirmed(db.session.get_one(Person, pupil), son, officer)
    made = Hamlet(
        commune.id, village.id, school_class.id, household.id, other.id, pupil, tu.id, lan.id,
        (two[0].id, two[1].id), teacher, officer,
    )  # fmt: skip
    db.session.commit()
    return made


def prove(person_id: int, skills: list[str], day: date, told: Callable[[], None] = lambda: None) -> None:
    for skill in skills:
        facts.prove(person_id, skill, day)
    db.session.commit()
    told()


def _member(name: str, username: str, birth_year: int = 1987) -> int:
    person = people.create_person(name, birth_year)
    people.create_account(person, username, hashed(), must_change=False)
    return person.id


def _agree(person_id: int, *givers: str) -> None:
    for giver in givers:
        for purpose in ("assessment", "household-link"):
            people.record_consent(person_id, purpose, giver, "2026-11", "paper")


@cache
def hashed() -> str:
    return passwords.hash_of(PASSWORD)
