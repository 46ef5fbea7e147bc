"""Signing a whole class in one go: as many statements for forty as for two, because the database waits meanwhile."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select

from lms import clock, supervision
from lms.classes import actions as classes
from lms.db import db, open_write
from lms.households.actions import living
from lms.people import actions as people
from lms.people.actions import create_person
from lms.people.models import Kinship, Person
from lms.practice.models import PracticeTrace
from lms.skills.models import Evidence, SkillState
from lms.witnessing.actions import practising
from lms.witnessing.actions.practising import Tick
from lms.witnessing.models import PracticeSession
from lms.witnessing.queries.facts import facts_towards, side_of
from lms.witnessing.rules.eligibility import Kin, QuizMode
from tests.witnessing import world as made
from tests.witnessing.attending import day

__all__ = ["day"]
Queries = Callable[[], Any]
MOST = 60
"""Statements, whoever many are signed; one by one it was some sixteen for each."""


def test_two_or_twelve_are_signed_with_the_same_statements(app: Flask, day: SimpleNamespace, queries: Queries) -> None:
    few, many = (signed(app, queries, day, seated_class(app, day, size)) for size in (2, 12))
    assert (len(few.people), len(many.people)) == (2, 12), (few.refused, many.refused)
    assert len(many.said) == len(few.said) <= MOST, (len(few.said), len(many.said))
    with app.app_context():
        rows = select(func.count()).select_from(Evidence).where(Evidence.type == "observation")
        states = select(func.count()).select_from(SkillState).where(SkillState.skill_id == "s3")
        assert (db.session.scalar(rows), db.session.scalar(states)) == (14, 14), "each is evidence, and concluded"


def test_what_is_asked_about_many_is_asked_about_each(app: Flask, day: SimpleNamespace, queries: Queries) -> None:
    """Of those ticked together some may not be signed for, each for a reason of their own; the others are."""
    session, ids = seated_class(app, day, 5)
    with app.app_context():
        open_write()
        people.record_consent(ids[0], "assessment", "self", "2026-11", "paper", act="withdrawn")
        db.session.add(Kinship(person_id=day.hoa, relative_id=ids[1], kind="close", recorded_at=made.NOW))
        db.session.commit()
    done = signed(app, queries, day, (session, ids))
    assert set(done.refused) == {ids[0], ids[1]} and len(set(done.refused.values())) == 2, done.refused
    assert done.people == set(ids[2:])


def test_nobody_is_given_what_is_another_ones(inside: SimpleNamespace) -> None:
    """Everybody of the world asked about at once is asked about as alone, also who is known under two ids."""
    twin = create_person("Bùi Bình An", 2013)
    people.confirm_link(db.session.get_one(Person, inside.an), twin, None)
    db.session.add(Kinship(person_id=inside.far, relative_id=inside.hoa, kind="further", recorded_at=made.NOW))
    made.evidence_of_quiz(inside.an, mode="unattended")
    made.evidence_of_quiz(inside.tu)
    db.session.flush()
    ids = [twin.id, *(getattr(inside, name) for name in made.CAST)]
    side = side_of(inside.hoa, "s3", clock.now())
    together = facts_towards(side, ids, "s3", clock.now())
    assert together == {id: facts_towards(side, [id], "s3", clock.now())[id] for id in ids}
    assert together[twin.id] == together[inside.an], "one person"
    assert (
        together[inside.an].learner.classes == {inside.school_class} and together[inside.far].learner.classes == set()
    )
    assert (together[inside.far].between.kin, together[inside.tu].between.kin) == (Kin.FURTHER, Kin.NONE)
    modes = [together[id].occasion.quiz_mode for id in (twin.id, inside.tu, inside.lan)]
    assert modes == [QuizMode.UNATTENDED, QuizMode.PROCTORED, None]


def seated_class(app: Flask, day: SimpleNamespace, size: int) -> tuple[UUID, list[int]]:
    """A class of its own taught by cô Hoa, everybody in the session with a passed run, one of them living in a household."""
    with app.app_context():
        open_write()
        room = classes.found_class(day.school, f"{size}B", "2026–2027", made.BEGAN)
        db.session.flush()
        classes.appoint_teacher(room.id, day.hoa, made.BEGAN)
        ids = [_pupil(room.id, number) for number in range(size)]
        home = living.found_household("Nhà mẫu", day.mau, made.BEGAN)
        db.session.flush()
        living.join(home, db.session.get_one(Person, ids[0]), "con", made.BEGAN)
        session = practising.open_session(uuid4(), day.hoa, "s3", place="Phòng máy", class_id=room.id)
        for person in ids:
            practising.come_in(session, person)
            _pass(session, person)
        db.session.commit()
        return session.id, ids


def signed(app: Flask, queries: Queries, day: SimpleNamespace, of: tuple[UUID, list[int]]) -> SimpleNamespace:
    """Who was signed, who was refused why, and what was said to the database meanwhile."""
    session_id, ids = of
    with queries() as said:
        session = db.session.get_one(PracticeSession, session_id)
        ticks = [Tick(person) for person in ids]
        done = supervision.sign_session(session, day.hoa, ticks, identity_checked=True, not_kin=True)
        db.session.commit()
        said = list(said)
        refused = {person.id: sentence for person, sentence in done.refused}
        return SimpleNamespace(people={row.learner_id for row in done.rows}, refused=refused, said=said)


def _pupil(class_id: int, number: int) -> int:
    person = create_person(f"Em Mẫu {number}", 2013)
    db.session.flush()
    classes.enrol(class_id, person.id, made.BEGAN)
    made.agree(person.id, with_parent=True)
    return person.id


def _pass(session: PracticeSession, person: int) -> None:
    """An accepted run in the session, as the replay leaves it; how it comes about is the matter of other tests."""
    id, at = uuid4(), clock.now()
    db.session.add(
        PracticeTrace(id=id, person_id=person, practice_id="p.s3.quet-ma", digest="0", occurred_at=at, received_at=at, trace_digest="0")
    )  # fmt: skip
    result = {"passed": True, "variant": "v", "covers": ["s3.c01"], "hints": 0, "replayed": True}
    db.session.add(
        Evidence(id=id, type="practice", person_id=person, skill_id="s3", occurred_at=at, received_at=at, mode="witnessed",
                 session_id=session.id, ruleset_id="r2026.1", result=result, admitted=True)
    )  # fmt: skip
    db.session.flush()
