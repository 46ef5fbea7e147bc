"""Many households at once, to see how the house carries a whole region: facts by bulk insertion, a village a transaction,
memory bounded; conclusions by the ordinary replay, and a sample checked.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from lms import clock, completion
from lms.access.rules import Role
from lms.db import db, writes
from lms.demo import names, occasions
from lms.demo.world import LIVED_HERE_SINCE
from lms.households.models import Household, HouseholdPlace, Member
from lms.people import actions as people
from lms.people.models import Person
from lms.places import actions as places
from lms.places import known_units
from lms.places.models import Unit
from lms.quizzes.queries import bank, blueprint, ruleset_on
from lms.quizzes.rules.drawing import draw
from lms.quizzes.rules.items import equal_chances
from lms.skills.models import Evidence
from lms.skills.rules.events import ItemScore, Line, ObservationResult, QuizResult
from lms.skills.rules.payloads import result_as_mapping
from lms.vietnamese import name_key, search_key

A_VILLAGE = 150
FIRST_NUMBER = 101
"""«Thôn Mẫu 101»: apart from the villages whose year was lived."""
LEARNING = 0.08
"""Share of households in which somebody has begun; the rest of a region still lies ahead."""
CHUNK = 400
CHECKED = 1000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Templates:
    """One passed test and two cards of each skill; only people and days differ."""

    quizzes: dict[str, dict[str, Any]]
    cards: dict[str, list[tuple[str, str, str, dict[str, Any]]]]
    """Skill → (card, version, digest, result)."""


@dataclass
class Village:
    unit_id: int
    officer_id: int
    dice: random.Random
    households: list[dict[str, Any]] = field(default_factory=list)
    people: list[list[tuple[dict[str, Any], str]]] = field(default_factory=list)
    """Per household: (person, relation)."""


def settle_many(count: int, seed: int, say: Say) -> None:
    """So many households more, with what some of their people have shown."""
    first = (db.session.scalar(select(func.max(Household.id))) or 0) + 1
    templates, officers = _templates(), _officers()
    communes = sorted(officers)
    learners: list[int] = []
    settled = 0
    for number in range(-(-count // A_VILLAGE)):
        commune = communes[number % len(communes)]
        dice = random.Random(f"{seed}/{number}")  # noqa: S311 a repeatable sample, not a secret
        village = Village(_found(commune, FIRST_NUMBER + number), officers[commune], dice)
        size = min(A_VILLAGE, count - settled)
        learners += settle_village(village, size, templates)
        db.session.commit()
        settled += size
        if number % 50 == 49 or settled == count:
            say(f"  {settled}/{count} hộ đã ghi")
    _conclude(learners, first, count, say)
    _check(first, seed, say)


@writes
def settle_village(village: Village, size: int, templates: Templates) -> list[int]:
    """Insert a village's people, households, memberships and evidence; returns the ids of the learners."""
    for number in range(1, size + 1):
        _imagine(village, number)
    flat = [person for home in village.people for person, _relation in home]
    ids = iter(_inserted(Person, flat))
    households = _inserted(Household, village.households)
    members, learners, events = [], [], []
    for household, home in zip(households, village.people, strict=True):
        grown = [(next(ids), person, relation) for person, relation in home]
        members += [_member(household, id, relation) for id, _person, relation in grown]
        if village.dice.random() < LEARNING:
            learner = village.dice.choice(grown)[0]
            learners.append(learner)
            events += list(_shown(village, learner, templates))
    _put(HouseholdPlace, [_place(household, village.unit_id) for household in households])
    _put(Member, members)
    _put(Evidence, events)
    return learners


def _imagine(village: Village, number: int) -> None:
    dice = village.dice
    family = dice.choice(names.FAMILY)
    head = _person(dice, "nam", dice.randint(1955, 1990), family)
    home = [(head, "chu-ho")]
    if dice.random() < 0.9:
        home.append((_person(dice, "nu", head["birth_year"] + dice.randint(-4, 6)), "vo-chong"))
    home += [
        (_person(dice, dice.choice(("nu", "nam")), dice.randint(2005, 2016), family), "con")
        for _ in range(dice.choice((0, 1, 1, 2, 2)))
    ]
    village.people.append(home)
    code = f"M{number:03}"
    village.households.append(
        {
            "code": code,
            "head_name": head["full_name"],
            "name_key": head["name_key"],
            "search_key": search_key(f"{head['full_name']} {code}"),
            "unit_id": village.unit_id,
            "from_on": LIVED_HERE_SINCE,
        }
    )


def _person(dice: random.Random, gender: str, birth_year: int, family: str | None = None) -> dict[str, Any]:
    name = names.name(dice, gender, family)
    sort, search = _keys(name)
    return {"full_name": name, "name_key": sort, "search_key": search, "birth_year": birth_year, "gender": gender}


@lru_cache(maxsize=20_000)
def _keys(name: str) -> tuple[str, str]:
    return name_key(name), search_key(name)


def _member(household: int, person: int, relation: str) -> dict[str, Any]:
    return {"household_id": household, "person_id": person, "relation": relation, "from_on": LIVED_HERE_SINCE}


def _place(household: int, unit: int) -> dict[str, Any]:
    return {"household_id": household, "unit_id": unit, "from_on": LIVED_HERE_SINCE}


def _shown(village: Village, learner: int, templates: Templates) -> Iterator[dict[str, Any]]:
    """Between one and all five skills, each on a day of the past thirteen months."""
    dice = village.dice
    skills = sorted(templates.quizzes)
    for skill in dice.sample(skills, dice.choice((1, 2, 3, 4, 5, 5))):
        moment = clock.now() - timedelta(days=dice.randint(3, 390), minutes=dice.randint(0, 400))
        session = UUID(int=dice.getrandbits(128), version=4)
        shared = {
            "person_id": learner,
            "skill_id": skill,
            "mode": "witnessed",
            "accommodation": "none",
            "session_id": session,
            "ruleset_id": "r2026.0",
            "admitted": True,
        }
        opener = {"person": village.officer_id, "part": "opener", "as": str(Role.COMMUNE_OFFICER)}
        yield _quiz(dice, shared, moment, opener, templates.quizzes[skill])
        for number, card in enumerate(templates.cards[skill], 1):
            yield _observation(dice, shared, moment + timedelta(minutes=20 * number), opener, card)


def _quiz(
    dice: random.Random, shared: dict[str, Any], moment: datetime, opener: dict[str, Any], result: dict[str, Any]
) -> dict[str, Any]:
    return {
        **shared,
        "id": UUID(int=dice.getrandbits(128), version=4),
        "type": "quiz",
        "occurred_at": moment,
        "received_at": moment,
        "independence": None,
        "actors": [opener],
        "content": [{"id": one["id"]} for one in result["items"]],
        "result": result,
        "admission": {"reason": "admitted", "facts": {"bulk": "demo"}},
    }


def _observation(
    dice: random.Random, shared: dict[str, Any], moment: datetime, opener: dict[str, Any], shown: tuple[Any, ...]
) -> dict[str, Any]:
    card, version, digest, result = shown
    return {
        **shared,
        "id": UUID(int=dice.getrandbits(128), version=4),
        "type": "observation",
        "occurred_at": moment,
        "received_at": moment,
        "independence": 3,
        "actors": [{**opener, "part": "witness"}],
        "content": [{"id": card, "version": version, "digest": digest}],
        "result": result,
        "admission": {"reason": "", "facts": {"bulk": "demo"}},
    }


def _templates() -> Templates:
    shelf = occasions.shelf()
    ruleset = ruleset_on(clock.today())
    if ruleset is None:
        raise LookupError("publish the content first")
    quizzes, cards = {}, {}
    for skill, quiz in shelf.quizzes.items():
        pool = {item.id: item for item in bank(quiz)}
        asked = [pool[id] for id in draw(pool.values(), blueprint(quiz, ruleset), "bulk").item_ids]
        scores = tuple(ItemScore(one.id, True, one.critical, one.digest, equal_chances(one)) for one in asked)
        quizzes[skill] = result_as_mapping(QuizResult(scores))
        cards[skill] = [
            (card.id, card.body["version"], card.digest, result_as_mapping(_done_alone(card.id, card.rubric)))
            for card in shelf.cards[skill][:2]
        ]
    return Templates(quizzes, cards)


def _done_alone(card: str, rubric: list[dict[str, Any]]) -> ObservationResult:
    lines = tuple(Line(one["id"], one["competency"], 3, one["core"], one["critical"]) for one in rubric)
    return ObservationResult(True, lines, card)


@writes
def _officers() -> dict[str, int]:
    """One witness for each commune of today: name → person."""
    units = known_units.found_known_units()
    begins = clock.today() - timedelta(days=400)
    found = {}
    for _code, commune in known_units.NEW_COMMUNES:
        officer = people.create_person(f"Cán Bộ Mẫu {commune}")
        people.grant_role(officer.id, Role.COMMUNE_OFFICER, begins, unit_id=units[commune].id)
        found[commune] = officer.id
    db.session.commit()
    return found


@writes
def _found(commune: str, number: int) -> int:
    parent = known_units.found_known_units()[commune]
    unit: Unit = places.found_unit("thon", f"Thôn Mẫu {number}", LIVED_HERE_SINCE, parent.id)
    return unit.id


def _conclude(learners: list[int], first: int, count: int, say: Say) -> None:
    for start in range(0, len(learners), CHUNK):
        completion.conclude_people(learners[start : start + CHUNK])
        db.session.commit()
        if start // CHUNK % 5 == 4:
            say(f"  {start + CHUNK}/{len(learners)} người học đã xét")
    done, last = 0, first - 1
    while ids := _next_households(last):
        completion.conclude_households(ids)
        db.session.commit()
        done, last = done + len(ids), ids[-1]
        if done // CHUNK % 25 == 0:
            say(f"  {done}/{count} hộ đã xét")


def _next_households(after: int) -> list[int]:
    wanted = select(Household.id).where(Household.id > after).order_by(Household.id).limit(CHUNK)
    ids = list(db.session.scalars(wanted))
    db.session.rollback()
    return ids


def _check(first: int, seed: int, say: Say) -> None:
    """Concluded afresh, a random thousand households and their people must come out as they stand."""
    last = db.session.scalar(select(func.max(Household.id))) or first
    dice = random.Random(seed)  # noqa: S311 a repeatable sample, not a secret
    households = sorted(dice.sample(range(first, last + 1), min(CHECKED, last + 1 - first)))
    members = list(db.session.scalars(select(Member.person_id).where(Member.household_id.in_(households))))
    db.session.rollback()
    drifted = len(completion.conclude_people(members)) + len(completion.conclude_households(households))
    db.session.rollback()
    if drifted:
        raise RuntimeError(f"{drifted} conclusions of {len(households)} households drifted")
    say(f"  đối chiếu {len(households)} hộ: khớp")


def _inserted(table: type[Any], rows: list[dict[str, Any]]) -> list[int]:
    """Their ids, in the order of the rows."""
    statement = insert(table.__table__).returning(table.__table__.c.id, sort_by_parameter_order=True)
    return list(db.session.connection().scalars(statement, rows)) if rows else []


def _put(table: type[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(insert(table.__table__), rows)
