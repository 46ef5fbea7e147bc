"""Anh Nam, certified, signs at a house and puts it down as a visit: himself, his kin, back and forth, the sixteenth of a
day leave nothing; and the events of a visit end the same in whatever order they come."""

from datetime import timedelta
from html import unescape
from itertools import permutations
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from lms import clock
from lms.access.rules import Role
from lms.db import db, open_write, writes
from lms.households.actions import living
from lms.people import actions as people
from lms.people.models import Kinship, Person
from lms.skills.models import Evidence
from lms.visits import actions
from lms.visits.models import Visit, VisitEvent
from lms.visits.rules import Act, Kind, Told
from lms.witnessing.models import Observation
from lms.witnessing.rules.words import SENTENCES, Code
from tests.witnessing import world as made
from tests.witnessing.world import CARD


@pytest.fixture
def door(app: Flask, world: SimpleNamespace, as_, now) -> SimpleNamespace:
    """Anh Nam may attest; `home` is bà Lan's, `nam` his phone."""
    with app.app_context():
        open_write()
        made.certify(world.nam)
        db.session.commit()
    return SimpleNamespace(**vars(world), home=world.home_of_tu, phone=as_("nam"))


def sign(door: SimpleNamespace, learner: int):
    """The card filled in on his own phone; he says that he is no relative."""
    sheet = {"id": str(uuid4()), "independence": "3", "identity": "y", "not_kin": "y"}
    sheet |= {f"line_{line}": "3" for line in made.LINES[CARD]}
    return door.phone.post(f"/chung-kien/nguoi/{learner}?the={CARD}", data=sheet)


def put_down(door: SimpleNamespace, learner: int, home: int | None = None) -> str:
    """The button «Ghi thành lượt thăm»; gives where it leads."""
    body = {"id": str(uuid4()), "nguoi": learner}
    return door.phone.post(f"/di-tham/ho/{home or door.home}/chung", data=body).headers["Location"]


def counts(app: Flask, door: SimpleNamespace, learner: int) -> list[int]:
    """Signatures of Nam's for this person, evidence that names him as its witness, visits in the book."""
    with app.app_context():
        mine = Observation.witness_id == door.nam, Observation.learner_id == learner
        theirs = db.session.scalars(select(Evidence).where(Evidence.person_id == learner))
        return [
            db.session.scalar(select(func.count()).select_from(Observation).where(*mine)) or 0,
            sum(any(one["person"] == door.nam for one in row.actors) for row in theirs),
            db.session.scalar(select(func.count()).select_from(VisitEvent)) or 0,
        ]


def test_what_is_signed_by_who_may_becomes_one_visit_whatever_the_devices(app, door) -> None:
    """The page stood open on a second phone, whose sheet has an id of its own."""
    assert sign(door, door.lan).status_code == 303
    assert "/di-tham/luot/" in put_down(door, door.lan)
    again = put_down(door, door.lan)
    assert "/di-tham/ho/" in again and "đã ghi trong một lượt thăm" in door.phone.get(again).text
    assert counts(app, door, door.lan) == [1, 1, 1]


def oneself(door: SimpleNamespace) -> tuple[int, int]:
    return door.nam, door.home_of_nam


def close_kin(door: SimpleNamespace) -> tuple[int, int]:
    """Declared by her, whatever he says on the sheet."""
    db.session.add(Kinship(person_id=door.lan, relative_id=door.nam, kind="close", recorded_at=made.NOW))
    db.session.flush()
    return door.lan, door.home


def back_and_forth(door: SimpleNamespace) -> tuple[int, int]:
    """Bà Lan, a teacher of an evening class, attested him in another skill this morning."""
    people.grant_role(door.lan, Role.TEACHER, made.BEGAN, site_id=door.school)
    card = next(one for one in made.shelf().tasks if one.id.startswith("t.s4."))
    lines = {line.id: 3 for line in card.rubric}
    made.observe(door.lan, door.nam, card.id, lines=lines)
    return door.lan, door.home


def sixteenth(door: SimpleNamespace) -> tuple[int, int]:
    """Fifteen of the village were signed for since the morning, from door to door."""
    house = living.found_household("Bùi Văn Đông", door.mau, made.BEGAN)
    for number in range(15):
        person = people.create_person(f"Học Viên {number}", 1990)
        made.agree(person.id)
        living.join(house, db.session.get_one(Person, person.id), "khac" if number else "chu-ho", made.BEGAN)
        made.observe(door.nam, person.id)
    return door.lan, door.home


@pytest.mark.parametrize(
    ("barred", "words"),
    [
        (oneself, SENTENCES[Code.SELF]),
        (close_kin, SENTENCES[Code.CLOSE_KIN]),
        (back_and_forth, SENTENCES[Code.MUTUAL].format(days=90)),
        (sixteenth, SENTENCES[Code.DAILY_BRAKE].format(outside=15)),
    ],
    ids=["oneself", "close-kin", "back-and-forth", "sixteenth"],
)
def test_what_the_brakes_hold_back_leaves_nothing_behind(app, door, barred, words: str) -> None:
    with app.app_context():
        open_write()
        learner, home = barred(door)
        db.session.commit()
    before = door.phone.get(f"/chung-kien/nguoi/{learner}?the={CARD}")
    assert words in unescape(before.text), "said before any work is done"
    answer = sign(door, learner)
    assert answer.status_code == 422 and words in unescape(answer.text)
    assert "/di-tham/ho/" in put_down(door, learner, home), "back at the house: nothing was signed"
    assert counts(app, door, learner) == [0, 0, 0]


def test_a_signature_of_another_house_makes_no_visit_here(app, door) -> None:
    with app.app_context():
        open_write()
        house = living.found_household("Quách Văn Mẫu", door.mau, made.BEGAN)
        other = people.create_person("Quách Văn Mẫu", 1970)
        made.agree(other.id)
        living.join(house, other, "chu-ho", made.BEGAN)
        learner = other.id
        db.session.commit()
    assert sign(door, learner).status_code == 303
    assert "/di-tham/ho/" in put_down(door, learner)
    assert counts(app, door, learner) == [1, 1, 0]


def test_the_same_visit_comes_twice_and_one_taken_back_frees_its_signature(inside) -> None:
    made.certify(inside.nam)
    made.observe(inside.nam, inside.lan)
    home, told = inside.home_of_tu, Told(Kind.ATTEST, clock.today(), frozenset({inside.lan}), frozenset({"guide"}))
    id = uuid4()
    first, again = (list(actions.record(id, home, inside.nam, told).body["signed"]) for _twice in range(2))
    mended = actions.correct(uuid4(), db.session.get_one(Visit, id), inside.nam, told)
    assert len(first) == 1 and first == again == mended.body["signed"]
    actions.withdraw(uuid4(), id, home, inside.nam)
    assert actions.record(uuid4(), home, inside.nam, told).body["signed"] == first


@pytest.mark.parametrize("taken_back", [False, True], ids=["stands", "taken-back"])
def test_events_of_a_visit_in_any_order_and_doubled_end_the_same(inside, taken_back: bool) -> None:
    """Written by two phones, one with a slow clock; concluded after each that comes, as each order brings it."""
    acts = [(Act.VISITED, 9, "alone"), (Act.CORRECTED, 1, "prompted"), (Act.CORRECTED, 2, "not-yet")]
    acts += [(Act.WITHDRAWN, 0, "")] if taken_back else []
    visit = uuid4()
    ids = [visit, *(uuid4() for _act in acts[1:])]
    for order in permutations(range(len(acts))):
        _empty()
        for place in [*order, *order]:
            _arrives(ids[place], visit, inside, *acts[place])
        stands = db.session.get(Visit, visit)
        assert (stands.body["checked"] if stands else None) == (None if taken_back else "not-yet"), order


@writes
def _empty() -> None:
    for table in (Visit, VisitEvent):
        db.session.execute(delete(table))
    db.session.expire_all()


@writes
def _arrives(id: UUID, visit: UUID, inside: SimpleNamespace, act: Act, minutes: int, checked: str) -> None:
    """An event as the other device's copy of the book brings it; what is known already is not written again."""
    said = {"kind": "teach", "visited_on": clock.today().isoformat(), "next_on": None, "checked": checked, "signed": []}
    if db.session.get(VisitEvent, id) is None:
        db.session.add(
            VisitEvent(id=id, visit_id=visit, act=str(act), household_id=inside.home_of_tu, by_id=inside.nam,
                       body=said if checked else {}, at=made.NOW + timedelta(minutes=minutes), received_at=made.NOW)
        )  # fmt: skip
        db.session.flush()
    actions.conclude(visit)
