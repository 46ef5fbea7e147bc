"""The sample world before anything is learned: villages, households, schools, classes, a team, accounts, consent, links."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from lms import completion
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.models import SchoolClass
from lms.demo import names
from lms.demo.accounts import PASSWORD
from lms.households.actions import concluding, living
from lms.households.models import Household
from lms.people import actions as people
from lms.people import passwords
from lms.people.models import Person
from lms.places import actions as places
from lms.places import known_units
from lms.places.models import Unit
from lms.teams import actions as teams

CONSENT_TEXT = "2026-11"
PURPOSES = ("assessment", "household-link")
GRADE_BELOW = {"7A": "6A", "8A": "7A", "10A": "9A"}
"""What the classes were called the school year before."""
VILLAGES = {"Ngọc Liên": 5, "Minh Sơn": 2, "Ngọc Lặc": 2, "Kiên Thọ": 1, "Nguyệt Ấn": 1, "Thạch Lập": 1}
LIVED_HERE_SINCE = date(2025, 7, 1)


@dataclass
class Home:
    """A household and who lives there: grown-ups first."""

    row: Household
    adults: list[Person] = field(default_factory=list)
    children: list[Person] = field(default_factory=list)


@dataclass
class World:
    dice: random.Random
    begins_on: date
    turns_on: date
    """The 1 August on which the present school year begins."""
    units: dict[str, Unit] = field(default_factory=dict)
    homes: dict[str, list[Home]] = field(default_factory=dict)
    """By village name, the first village of Ngọc Liên first."""
    accounts: dict[str, Person] = field(default_factory=dict)
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    classes_before: dict[str, SchoolClass] = field(default_factory=dict)
    """The same pupils' class of last school year, under its present name."""
    pupils: dict[str, list[Person]] = field(default_factory=dict)
    """School persons by class name."""
    teachers: dict[str, Person] = field(default_factory=dict)
    officers: dict[str, Person] = field(default_factory=dict)
    """By commune."""
    team: list[Person] = field(default_factory=list)
    """The leader, the member with an account, and one more."""
    family_of: dict[int, tuple[Home, Person]] = field(default_factory=dict)
    """School person id → the home they come from, and who they are there."""

    def id(self) -> UUID:
        """A UUID of the dice, so that two loads with one seed are alike."""
        return UUID(int=self.dice.getrandbits(128), version=4)


def build(households: int, seed: int, begins_on: date, turns_on: date, say: Callable[[str], None]) -> World:
    """Everything but the learning, by the acts of the rooms."""
    world = World(random.Random(seed), begins_on, turns_on)  # noqa: S311 a repeatable sample, not a secret
    hashed = passwords.hash_of(PASSWORD)
    world.units = known_units.found_known_units()
    _found_villages(world)
    for village, count in _shares(households).items():
        _settle(world, village, count)
    say(f"  {households} hộ, {len(world.homes)} thôn")
    _staff(world, hashed)
    _schools(world, hashed)
    _team(world, hashed)
    _consents(world)
    _links(world)
    say(f"  {sum(map(len, world.pupils.values()))} học sinh, 3 lớp, một tổ công nghệ số")
    return world


def account(world: World, username: str, person: Person, hashed: str) -> None:
    people.create_account(person, username, hashed, must_change=False)
    world.accounts[username] = person


def consent(world: World, person: Person, giver: str = "self", by: int | None = None) -> None:
    for purpose in PURPOSES:
        people.record_consent(person.id, purpose, giver, CONSENT_TEXT, "paper", recorded_by=by, id=world.id())


def _found_villages(world: World) -> None:
    for commune, count in VILLAGES.items():
        for number in range(1, count + 1):
            name = f"Thôn Mẫu {number}"
            unit = places.found_unit("thon", name, LIVED_HERE_SINCE, world.units[commune].id)
            world.units[f"{commune}/{name}"] = unit


def _shares(households: int) -> dict[str, int]:
    """Half of the households in Ngọc Liên, the far spread."""
    keys = [f"{commune}/Thôn Mẫu {n}" for commune, count in VILLAGES.items() for n in range(1, count + 1)]
    main = [key for key in keys if key.startswith("Ngọc Liên/")]
    rest = [key for key in keys if key not in main]
    half = households // 2
    shares = {key: half // len(main) for key in main} | {key: (households - half) // len(rest) for key in rest}
    shares[main[0]] += households - sum(shares.values())
    return shares


def _settle(world: World, village: str, count: int) -> None:
    homes = world.homes.setdefault(village, [])
    unit = world.units[village]
    for number in range(1, count + 1):
        homes.append(_home(world, unit, number))
    concluding.conclude([home.row.id for home in homes])


def _home(world: World, unit: Unit, number: int) -> Home:
    dice = world.dice
    family = dice.choice(names.FAMILY)
    man = _person(dice, "nam", dice.randint(1955, 1990), family)
    row = living.found_household(man.full_name, unit.id, LIVED_HERE_SINCE, f"M{number:03}", then_conclude=False)
    home = Home(row)
    _move_in(home, man, "chu-ho", home.adults)
    if dice.random() < 0.9:
        _move_in(home, _person(dice, "nu", (man.birth_year or 1970) + dice.randint(-4, 6)), "vo-chong", home.adults)
    if dice.random() < 0.3:
        _move_in(home, _person(dice, dice.choice(("nu", "nam")), dice.randint(1990, 2003), family), "con", home.adults)
    if dice.random() < 0.25:
        _move_in(home, _person(dice, "nu", dice.randint(1938, 1952)), "cha-me", home.adults)
    for _ in range(dice.choice((0, 1, 1, 2))):
        child = _person(dice, dice.choice(("nu", "nam")), dice.randint(2010, 2015), family)
        _move_in(home, child, "con", home.children)
    return home


def _person(dice: random.Random, gender: str, birth_year: int, family: str | None = None) -> Person:
    return people.create_person(names.name(dice, gender, family), birth_year, gender)


def _move_in(home: Home, person: Person, relation: str, place: list[Person]) -> None:
    living.join(home.row, person, relation, LIVED_HERE_SINCE, then_conclude=False)
    place.append(person)


def _staff(world: World, hashed: str) -> None:
    begin = world.begins_on
    for username, words, role, unit, year in (
        ("canboxa", "Trương Thị Mai", Role.COMMUNE_OFFICER, "Ngọc Liên", 1986),
        ("canbohuyen", "Lê Đức Vinh", Role.REGION_OFFICER, "Vùng Ngọc Lặc", 1979),
    ):
        person = people.create_person(words, year)
        account(world, username, person, hashed)
        title = "Công chức Văn hoá – Xã hội" if role is Role.COMMUNE_OFFICER else ""
        people.grant_role(person.id, role, begin, unit_id=world.units[unit].id, title=title)
    other = people.create_person("Bùi Thị Xuyến", 1990, "nu")
    people.grant_role(other.id, Role.COMMUNE_OFFICER, begin, unit_id=world.units["Minh Sơn"].id)
    world.officers = {"Ngọc Liên": world.accounts["canboxa"], "Minh Sơn": other}
    admin = people.create_person("Hoàng Văn Tín")
    account(world, "quantri", admin, hashed)
    people.grant_role(admin.id, Role.ADMIN, begin)


def _schools(world: World, hashed: str) -> None:
    begin = world.begins_on
    school = places.found_site("school", "Trường THCS Mẫu", world.units["Ngọc Liên"].id, LIVED_HERE_SINCE)
    centre = places.found_site("centre", "Trung tâm GDTX Mẫu", world.units["Ngọc Lặc"].id, LIVED_HERE_SINCE)
    teacher = people.create_person("Phạm Thị Hoa", 1988, "nu")
    account(world, "giaovien", teacher, hashed)
    second = people.create_person("Nguyễn Văn Khải", 1983, "nam")
    for person, site in ((teacher, school), (second, school), (second, centre)):
        people.grant_role(person.id, Role.TEACHER, begin, site_id=site.id)
    near = [home for village, homes in world.homes.items() if village.startswith("Ngọc Liên/") for home in homes]
    far = [home for village, homes in world.homes.items() if not village.startswith("Ngọc Liên/") for home in homes]
    for name, site, staff, homes, born, size in (
        ("7A", school, teacher, near, (2013, 2015), 34),
        ("8A", school, second, near, (2010, 2012), 30),
        ("10A", centre, second, far, (2010, 2012), 28),
    ):
        world.teachers[name] = staff
        _enrol(world, name, homes, born, size)
        before = classes.found_class(
            site.id, GRADE_BELOW[name], school_year_words(begin), begin, until_on=world.turns_on
        )
        world.classes_before[name] = _taught(world, before, name, begin)
        now = classes.found_class(site.id, name, school_year_words(world.turns_on), world.turns_on)
        world.classes[name] = _taught(world, now, name, world.turns_on)
    account(world, "hocsinh", world.pupils["7A"][0], hashed)


def _taught(world: World, row: SchoolClass, name: str, from_on: date) -> SchoolClass:
    """The class with its teacher and pupils; last year's ends when this year's begins."""
    classes.appoint_teacher(row.id, world.teachers[name].id, from_on)
    enrolled = [classes.enrol(row.id, pupil.id, from_on) for pupil in world.pupils[name]]
    if row.until_on is not None:
        classes.end_teacher(row.id, world.teachers[name].id, row.until_on)
        for enrolment in enrolled:
            classes.leave_class(enrolment, row.until_on)
    return row


def _enrol(world: World, name: str, homes: list[Home], born: tuple[int, int], size: int) -> None:
    """Pupils are persons of the school until an officer links them to the commune's. One child a home is enough."""
    pupils = world.pupils.setdefault(name, [])
    taken = {id(home) for home, _child in world.family_of.values()}
    for home in homes:
        fitting = [child for child in home.children if born[0] <= (child.birth_year or 0) <= born[1]]
        if id(home) in taken or not fitting or len(pupils) >= size:
            continue
        child = fitting[0]
        pupil = people.create_person(child.full_name, child.birth_year, child.gender)
        pupils.append(pupil)
        world.family_of[pupil.id] = (home, child)


def _team(world: World, hashed: str) -> None:
    first, second = world.homes["Ngọc Liên/Thôn Mẫu 1"], world.homes["Ngọc Liên/Thôn Mẫu 2"]
    commune = world.units["Ngọc Liên"]
    team = teams.found_team("Tổ công nghệ số cộng đồng Thôn Mẫu 1–2", commune.id, world.begins_on, "Quyết định mẫu")
    members = (("totruong", second[0].adults[0], "team-leader"), ("tocnscd", second[1].adults[0], "team-member"))
    for username, person, role in members:
        teams.appoint(team.id, person.id, world.begins_on, role)
        account(world, username, person, hashed)
    teams.appoint(team.id, second[2].adults[0].id, world.begins_on)
    world.team = [second[number].adults[0] for number in range(3)]
    for village in ("Ngọc Liên/Thôn Mẫu 1", "Ngọc Liên/Thôn Mẫu 2"):
        teams.take_charge(team.id, world.units[village].id, world.begins_on)
    account(world, "nguoidan", first[0].adults[-1], hashed)


def _consents(world: World) -> None:
    """Nearly everybody agreed; three pupils of 7A have not brought the paper back yet."""
    by = {name: teacher.id for name, teacher in world.teachers.items()}
    for name, pupils in world.pupils.items():
        missing = set(range(len(pupils) - 3, len(pupils))) if name == "7A" else set()
        for number, pupil in enumerate(pupils):
            if number in missing:
                continue
            consent(world, pupil, by=by[name])
            consent(world, pupil, "representative", by=by[name])
    officer = world.accounts["canboxa"].id
    for homes in world.homes.values():
        for home in homes:
            for person in home.adults:
                consent(world, person, by=officer)


def _links(world: World) -> None:
    """Most pupils have been recognised in their households; the rest wait as candidate pairs."""
    officer = world.accounts["canboxa"].id
    for pupils in world.pupils.values():
        for number, pupil in enumerate(pupils[: len(pupils) * 3 // 4]):
            if number % 5 != 4:
                completion.link_confirmed(pupil, world.family_of[pupil.id][1], officer)


def school_year_words(day: date) -> str:
    """The school year a day falls in, «2026–2027»; it begins on 5 September, reckoned from August."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}–{first + 1}"
