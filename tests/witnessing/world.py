"""A commune with two villages, a school class and two teams, another commune with a stranger; and what they do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy import select

from lms import clock, completion
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.db import db
from lms.households.actions import living
from lms.library.books import Books
from lms.library.commands import publish_books
from lms.people import actions as people
from lms.people import passwords
from lms.people.models import Person
from lms.places import actions as places
from lms.quizzes.models import Attempt
from lms.skills.models import SkillSpell
from lms.teams import actions as teams
from lms.teams.models import Team, TeamMember
from lms.witnessing import actions
from lms.witnessing.actions.observing import Sighting
from lms.witnessing.models import Observation, TestWindow
from tests import members, shipped

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BEGAN = date(2026, 9, 1)
PASSWORD = "nhận lại máy này"
CARD, OTHER_CARD = "t.s3.quan-co-lanh", "t.s3.hop-phu-huynh"
LINES = {CARD: ("r1", "r2", "r3")}

CAST = {
    "hoa": ("Lê Thị Hoa", 1988),
    "mai": ("Phạm Thị Mai", 1985),
    "nam": ("Hà Văn Nam", 1995),
    "sen": ("Hà Thị Sen", 1992),
    "khe_member": ("Đinh Văn Khe", 1991),
    "stranger": ("Khách Lạ", 1980),
    "an": ("Bùi Bình An", 2013),
    "binh": ("Quách Văn Bình", 2013),
    "lan": ("Bùi Thị Lan", 1975),
    "tu": ("Bùi Văn Tư", 1970),
    "far": ("Vi Thị Xa", 1982),
}
"""cô Hoa teaches 7A; chị Mai is the commune's officer; anh Nam and Sen are of one team, Khe of another; An and Bình are
pupils (Bình's family has not said yes); bà Lan and ông Tư share a household; Xa lives in the other commune."""


@cache
def shelf() -> Books:
    """The shipped books; of recorded questions those answered by choosing, which the hands of these tests can answer. The
    other types have tests of their own (tests/every_type.py)."""
    books = shipped.books()
    courses = tuple(
        replace(course, items=tuple(one for one in course.items if one.options or one.pool != "ghi-nhan"))
        for course in books.courses
    )
    return replace(books, courses=courses)


@cache
def hashed() -> str:
    return passwords.hash_of(PASSWORD)


def build() -> dict[str, int]:
    """Everything by real acts; gives the ids by name."""
    ids: dict[str, int] = {}
    publish_books(shelf())
    _places(ids)
    for key, (name, birth_year) in CAST.items():
        person = people.create_person(name, birth_year)
        ids[key] = person.id
        if key in ("hoa", "mai", "nam", "sen", "khe_member", "stranger", "an"):
            people.create_account(person, f"{key}.mau", hashed(), must_change=False)
    _posts(ids)
    _homes(ids)
    for key in ("an", "lan", "tu", "nam", "sen", "far"):
        agree(ids[key], with_parent=key == "an")
    return ids


def agree(person_id: int, with_parent: bool = False) -> None:
    for giver in ("self", "representative") if with_parent else ("self",):
        people.record_consent(person_id, "assessment", giver, "2026-11", "paper")


def _places(ids: dict[str, int]) -> None:
    for kind, name, level, position in (("xa", "Xã", "commune", 3), ("thon", "Thôn", "village", 4)):
        places.define_kind(kind, name, level, position)
    db.session.flush()
    for commune, villages in (("lien", ("mau", "khe")), ("other_commune", ("xa",))):
        ids[commune] = places.found_unit("xa", commune, BEGAN, None).id
        for village in villages:
            ids[village] = places.found_unit("thon", village, BEGAN, ids[commune]).id
    for school, commune in (("school", "lien"), ("other_school", "other_commune")):
        ids[school] = places.found_site("school", school, ids[commune], BEGAN).id
        ids[f"{school}_class"] = classes.found_class(ids[school], "7A", "2026–2027", BEGAN).id
    for team, village in (("team", "mau"), ("second_team", "khe")):
        ids[team] = teams.found_team(team, ids["lien"], BEGAN).id
        teams.take_charge(ids[team], ids[village], BEGAN)


def _posts(ids: dict[str, int]) -> None:
    for teacher, school in (("hoa", "school"), ("stranger", "other_school")):
        people.grant_role(ids[teacher], Role.TEACHER, BEGAN, site_id=ids[school])
        classes.appoint_teacher(ids[f"{school}_class"], ids[teacher], BEGAN)
    people.grant_role(ids["mai"], Role.COMMUNE_OFFICER, BEGAN, unit_id=ids["lien"])
    for pupil in ("an", "binh"):
        classes.enrol(ids["school_class"], ids[pupil], BEGAN)
    for member, team in (("nam", "team"), ("sen", "team"), ("khe_member", "second_team")):
        teams.appoint(ids[team], ids[member], BEGAN)


def _homes(ids: dict[str, int]) -> None:
    for head, others, village in (("tu", ("lan",), "mau"), ("nam", (), "mau"), ("far", (), "xa")):
        home = living.found_household(CAST[head][0], ids[village], BEGAN)
        ids[f"home_of_{head}"] = home.id
        for key in (head, *others):
            person = db.session.get_one(Person, ids[key])
            living.join(home, person, "chu-ho" if key == head else "vo-chong", BEGAN)


def seen(**changes: object) -> Sighting:
    """Everything done alone, identity checked."""
    good = {"lines": {"r1": 3, "r2": 3, "r3": 4}, "independence": 3, "identity_checked": True, "not_kin": True}
    return Sighting(**{**good, **changes})  # type: ignore[arg-type]


def observe(
    witness_id: int, learner_id: int, card_id: str = CARD, id: UUID | None = None, **changes: object
) -> Observation:
    return completion.record_observation(id or uuid4(), witness_id, learner_id, card_id, seen(**changes))


def open_test(opener_id: int, quiz_id: str = "thanh-toan", **changes: object) -> TestWindow:
    return actions.open_window(uuid4(), opener_id, quiz_id, **changes)  # type: ignore[arg-type]


def make_proficient(person_id: int, skill_id: str = "s3") -> None:
    """A stored conclusion, for those whose own way there is not the matter of the test."""
    db.session.add(
        SkillSpell(person_id=person_id, skill_id=skill_id, from_on=BEGAN, until_on=date(2027, 9, 1),
                   ruleset_id="r2026.0", witness_role="teacher", reason={}, concluded_at=NOW)
    )  # fmt: skip
    db.session.flush()


def pass_observer_lesson(person_id: int) -> None:
    db.session.add(
        Attempt(id=uuid4(), person_id=person_id, quiz_id="nguoi-chung", seed="0", form=[], ruleset_id="r2026.0",
                session_id=uuid4(), mode="unattended", admitted=True, started_at=NOW, closed_at=NOW,
                result={"passed": True})
    )  # fmt: skip
    db.session.flush()


def certify(person_id: int) -> None:
    """Proficient, taught to observe, and with the certificate of members: everything a team member attests with."""
    make_proficient(person_id)
    pass_observer_lesson(person_id)
    team = db.session.scalars(select(TeamMember.team_id).where(TeamMember.person_id == person_id)).first()
    unit = db.session.get_one(Team, team).unit_id
    members.certify(person_id, unit, person_id)


def evidence_of_quiz(
    person_id: int, skill_id: str = "s3", mode: str = "witnessed", session: UUID | None = None
) -> None:
    """A passed recorded test: fifteen of fifteen."""
    items = [{"id": f"{skill_id}.q{n:03}", "right": True, "critical": n < 4, "version": "", "options": 4}
             for n in range(15)]  # fmt: skip
    completion.evidence_came(
        uuid4(), person_id, type="quiz", skill_id=skill_id, occurred_at=clock.now(), received_at=clock.now(),
        mode=mode, session_id=session, ruleset_id="r2026.0", result={"items": items}, admitted=True,
    )  # fmt: skip


def later(minutes: float = 0, days: float = 0) -> datetime:
    return NOW + timedelta(minutes=minutes, days=days)


def ids_of(rows: Iterable[Person]) -> set[int]:
    return {row.id for row in rows}
