"""Every SELECT about class windows, cards and seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Select, bindparam, func, select

from lms.classes.models import Enrolment, SchoolClass
from lms.db import db, fetch
from lms.entry.models import ClassWindow, LoginCard, Seat
from lms.entry.rules import Tries, window_is_open
from lms.people.models import Account, Person, SignIn
from lms.places.queries import holds_on
from lms.vietnamese import clean

_TODAY: BindParameter[date] = bindparam("today")
_NAMES = (
    select(LoginCard.id, Person.full_name, Account.username)
    .join(Person, Person.id == LoginCard.person_id)
    .join(Account, Account.person_id == Person.id)
    .join(Enrolment, Enrolment.person_id == Person.id)
    .where(Enrolment.class_id == bindparam("class_id"), Enrolment.from_on <= _TODAY)
    .where(Enrolment.until_on.is_(None) | (Enrolment.until_on > _TODAY))
    .where(LoginCard.live_key.is_not(None), Account.disabled_at.is_(None))
    .order_by(Person.name_key, Person.id)
)
"""A whole class asks for it in one minute."""


@dataclass(frozen=True)
class Listed:
    """A name on the list of an open window; the username only where two are called the same."""

    card_id: int
    name: str
    username: str


@dataclass(frozen=True)
class Holder:
    """A card with whose it is."""

    card: LoginCard
    person: Person
    account: Account


def window_by_code(code: str, now: datetime) -> ClassWindow | None:
    """The window of a code, only while it is open."""
    row = db.session.scalar(select(ClassWindow).where(ClassWindow.code == code))
    return row if row is not None and is_open(row, now) else None


def is_open(row: ClassWindow, now: datetime) -> bool:
    return window_is_open(row.closes_at, row.closed_at, row.wrong, now)


def window_now(class_id: int, now: datetime) -> ClassWindow | None:
    """The class's window of now; one that too many wrong tries have stopped is still shown to the teacher."""
    wanted = (
        select(ClassWindow)
        .where(ClassWindow.class_id == class_id, ClassWindow.closed_at.is_(None), ClassWindow.closes_at > now)
        .order_by(ClassWindow.opened_at.desc(), ClassWindow.id.desc())
    )
    return db.session.scalars(wanted.limit(1)).first()


def code_is_taken(code: str) -> bool:
    return db.session.scalar(select(ClassWindow.id).where(ClassWindow.code == code)) is not None


def listed(window: ClassWindow, today: date) -> list[Listed]:
    """Who can come in by name: enrolled today, with a good card. Two of one name are told apart by username."""
    rows = fetch(_NAMES, class_id=window.class_id, today=today)
    names = [name for _id, name, _username in rows]
    return [Listed(id, name, username if names.count(name) > 1 else "") for id, name, username in rows]


def holder_in(window: ClassWindow, card_id: int, today: date) -> Holder | None:
    return _one(_in_class(window.class_id, today).where(LoginCard.id == card_id))


def holder_named(username: str) -> Holder | None:
    return _one(_holders().where(Account.username == clean(username).lower()))


def holder_by_qr(qr_hash: str) -> Holder | None:
    return _one(_holders().where(LoginCard.qr_hash == qr_hash))


def holder_of(card_id: int) -> Holder | None:
    return _one(_holders().where(LoginCard.id == card_id))


def live_cards(person_ids: Sequence[int]) -> dict[int, LoginCard]:
    """Person id → the card that is good now."""
    wanted = select(LoginCard).where(LoginCard.live_key.in_(person_ids))
    return {row.person_id: row for row in db.session.scalars(wanted)}


def fresh_card(card_id: int) -> LoginCard:
    """The card as it stands now, locked: two tries at once are counted one after the other."""
    wanted = select(LoginCard).where(LoginCard.id == card_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def tries_of(card: LoginCard) -> Tries:
    return Tries(card.wrong_on, card.wrong_today, card.wrong_ever)


def seated_in(window_id: int) -> dict[int, datetime]:
    """Person id → since when they sit in the window, for those who sit there now."""
    wanted = (
        select(SignIn.person_id, SignIn.started_at)
        .join(Seat, Seat.sign_in_key == SignIn.key)
        .where(Seat.window_id == window_id, SignIn.ended_at.is_(None))
    )
    return {person: since for person, since in db.session.execute(wanted)}


def code_of_seat(sign_in_key: str) -> str:
    """The code of the window a session came in by; empty when it came in otherwise."""
    wanted = select(ClassWindow.code).join(Seat, Seat.window_id == ClassWindow.id)
    return db.session.scalar(wanted.where(Seat.sign_in_key == sign_in_key)) or ""


def class_name(class_id: int) -> str:
    return db.session.scalars(select(SchoolClass.name).where(SchoolClass.id == class_id)).one()


def usernames(person_ids: Sequence[int]) -> dict[int, str]:
    wanted = select(Account.person_id, Account.username).where(Account.person_id.in_(person_ids))
    return {person: username for person, username in db.session.execute(wanted)}


def holders_in(class_id: int, today: date) -> int:
    """How many enrolled today hold a good card."""
    wanted = select(func.count(Enrolment.id)).join(LoginCard, LoginCard.live_key == Enrolment.person_id)
    return db.session.scalar(wanted.where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))) or 0


def _holders() -> Select[LoginCard, Person, Account]:
    return (
        select(LoginCard, Person, Account)
        .join(Person, Person.id == LoginCard.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(LoginCard.live_key.is_not(None), Account.disabled_at.is_(None))
    )


def _in_class(class_id: int, today: date) -> Select[LoginCard, Person, Account]:
    here = select(Enrolment.person_id).where(Enrolment.class_id == class_id, *holds_on(today, Enrolment))
    return _holders().where(LoginCard.person_id.in_(here)).order_by(Person.name_key, Person.id)


def _all(wanted: Select[LoginCard, Person, Account]) -> list[Holder]:
    return [Holder(card, person, account) for card, person, account in db.session.execute(wanted)]


def _one(wanted: Select[LoginCard, Person, Account]) -> Holder | None:
    return next(iter(_all(wanted)), None)
