"""What the bench puts into a server's data beside the demo, by the product's own acts: pupils who can sign in, tests open
for them, classes and villages of a given size. Works on the same database while the server runs.
"""

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask_migrate import upgrade
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, insert, select

from bench.world import PASSWORD, World
from lms import clock, completion, settings
from lms.app import create_app
from lms.classes import actions as classes
from lms.classes.models import Enrolment, SchoolClass
from lms.db import db
from lms.demo import bulk
from lms.demo.loading import load_demo
from lms.households.models import Household
from lms.people import actions as people
from lms.people import passwords
from lms.people.models import Account, Person, RoleGrant
from lms.places import known_units
from lms.places.models import UnitPath
from lms.quizzes.models import Attempt, AttemptStep, Quiz
from lms.quizzes.queries import form_items
from lms.quizzes.rules.items import Item, field_name, parts
from lms.quizzes.rules.shapes import Part
from lms.serve import publish
from lms.vietnamese import name_key, search_key
from lms.witnessing import actions as witnessing

BIRTH_YEAR = 2013  # of a seventh class
MINUTES = 120
LATER = 3600
"""The cookie says it was last seen in an hour, so that no answer has to renew it."""


@dataclass(frozen=True)
class Question:
    address: str
    ways: tuple[dict[str, str], ...]
    """Different answers, each as the fields a browser sends."""


@dataclass(frozen=True)
class Pupil:
    """Signed in already: `cookie` and `token` are as the sign-in page would have given them."""

    username: str
    cookie: tuple[str, str]
    token: str
    attempts: tuple[tuple[Question, ...], ...] = ()

    @property
    def header(self) -> str:
        return "Cookie: {}={}".format(*self.cookie)


@contextmanager
def inside(world: World, name: str = "product") -> Iterator[Flask]:
    folder = world.folder / name
    folder.mkdir(exist_ok=True)
    app = create_app(settings.from_environment({"DATA_DIR": str(folder), **world.database(name)}))
    with app.app_context():
        yield app
        db.session.remove()


def fill(world: World, name: str, households: int, villages: int = 0) -> None:
    """A database of its own with so many households, before its server starts; `villages` more without any."""
    with inside(world, name) as app:
        upgrade()
    with inside(world, name) as app:
        publish(app.extensions["settings"])
        load_demo(households)
        communes = sorted(commune for _code, commune in known_units.NEW_COMMUNES)
        for number in range(villages):
            bulk._found(communes[number % len(communes)], bulk.FIRST_NUMBER + number)
        db.session.commit()


def class_of(world: World, pupils: int, name: str) -> int:
    """A class of the teacher «giaovien» with so many pupils, put in by bulk."""
    with inside(world):
        row = _found_class(name)
        start = db.session.scalar(select(func.max(Person.id))) or 0
        words = [f"Học Sinh Đo {number:04}" for number in range(pupils)]
        rows = [
            {"id": start + n, "full_name": one, "name_key": name_key(one), "search_key": search_key(one), "birth_year": 2013}
            for n, one in enumerate(words, 1)
        ]  # fmt: skip
        db.session.execute(insert(Person), rows)
        since = row.from_on
        db.session.execute(
            insert(Enrolment), [{"class_id": row.id, "person_id": one["id"], "from_on": since} for one in rows]
        )
        db.session.commit()
        return row.id


def pupils_with_tests(world: World, count: int, skills: int = 5) -> list[Pupil]:
    """Pupils of one class, each signed in and sitting so many attended tests."""
    with inside(world) as app:
        row = _found_class(f"Đo {uuid4().hex[:6]}")
        hashed = passwords.hash_of(PASSWORD)
        accounts = [_pupil(row, f"do{secrets.token_hex(5)}", hashed) for _ in range(count)]
        db.session.commit()
        tests = list(db.session.scalars(select(Quiz).where(Quiz.kind == "skill").order_by(Quiz.id)))[:skills]
        teacher = _person_of("giaovien")
        for test in tests:
            witnessing.open_window(uuid4(), teacher, test.id, class_id=row.id, minutes=MINUTES)
        db.session.commit()
        return [_sit(app, account, [test.id for test in tests]) for account in accounts]


def answers_kept(world: World) -> int:
    with inside(world):
        kept = select(func.count()).select_from(AttemptStep).where(AttemptStep.kind == "answer")
        return db.session.scalar(kept) or 0


def unit_pages(world: World, name: str) -> dict[str, tuple[str, str]]:
    """What → (who looks, address): the fullest village of the commune officer, one of its households, and what is above."""
    with inside(world, name):
        commune, region = _unit_of("canboxa"), _unit_of("canbohuyen")
        fullest = (
            select(Household.unit_id)
            .join(UnitPath, UnitPath.descendant_id == Household.unit_id)
            .where(UnitPath.ancestor_id == commune, Household.until_on.is_(None))
            .group_by(Household.unit_id)
            .order_by(func.count().desc(), Household.unit_id.desc())
        )
        village = db.session.scalar(fullest.limit(1))
        household = db.session.scalar(select(func.max(Household.id)).where(Household.unit_id == village))
        return {
            "household": ("canboxa", f"/ho-gia-dinh/{household}"),
            "village": ("canboxa", f"/thon/{village}"),
            "commune": ("canboxa", f"/don-vi/{commune}"),
            "region": ("canbohuyen", f"/don-vi/{region}"),
        }


def _found_class(name: str) -> SchoolClass:
    first = db.session.scalar(select(SchoolClass).order_by(SchoolClass.id).limit(1))
    if first is None:
        raise LookupError("the demo has no class")
    began = clock.today() - timedelta(days=30)
    row: SchoolClass = classes.found_class(first.site_id, name, first.school_year, began)
    classes.appoint_teacher(row.id, _person_of("giaovien"), began)
    return row


def _pupil(row: SchoolClass, username: str, hashed: str) -> Account:
    person = people.create_person(f"Học Sinh {username}", BIRTH_YEAR)
    classes.enrol(row.id, person.id, row.from_on)
    for giver in ("self", "representative"):
        people.record_consent(person.id, "assessment", giver, people.CONSENT_TEXT, "paper")
    account: Account = people.create_account(person, username, hashed, must_change=False)
    return account


def _sit(app: Flask, account: Account, quiz_ids: list[str]) -> Pupil:
    attempts = [completion.begin_attempt(uuid4(), account.person_id, quiz, secrets.token_hex(8)) for quiz in quiz_ids]
    questions = tuple(tuple(_questions(attempt)) for attempt in attempts)
    key = people.start_sign_in(account).key
    db.session.commit()
    raw = secrets.token_hex(20)
    content = {"_user_id": key, "_fresh": True, "_permanent": True, "seen": int(time.time()) + LATER, "csrf_token": raw}
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(raw)
    cookie = (str(app.config["SESSION_COOKIE_NAME"]), str(signer.dumps(content)))
    return Pupil(account.username, cookie, str(token), questions)


def _questions(attempt: Attempt) -> Iterator[Question]:
    for number, item in enumerate(form_items(attempt), 1):
        address = f"/kiem-tra/{attempt.quiz_id}/bai/{UUID(str(attempt.id))}/{number}"
        order = tuple(attempt.form[number - 1]["options"])
        yield Question(address, tuple(ways(item, order)))


def ways(item: Item, order: Sequence[str]) -> Iterator[dict[str, str]]:
    """Whatever may be sent for a question, right or not."""
    fields = parts(item, order)
    if not fields:
        yield from ({field_name(item.id): option} for option in order)
    for turn in range(2 if fields else 0):
        yield {part.field: _said(part, place + turn, len(fields)) for place, part in enumerate(fields)}


def _said(part: Part, number: int, among: int) -> str:
    """The place of an option, a place in an order (each used once), or something written."""
    if part.options:
        return str(number % len(part.options) + 1)
    return str(number % among + 1 if among > 1 else number + 1)


def _person_of(username: str) -> int:
    found = db.session.scalar(select(Account.person_id).where(Account.username == username))
    if found is None:
        raise LookupError(f"the demo has no {username}")
    return found


def _unit_of(username: str) -> int:
    held = select(RoleGrant.unit_id).where(RoleGrant.person_id == _person_of(username), RoleGrant.unit_id.is_not(None))
    found = db.session.scalar(held.limit(1))
    if found is None:
        raise LookupError(f"{username} stands on no unit")
    return found
