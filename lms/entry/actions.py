"""Every write about class windows, cards and seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from lms import clock
from lms.db import db, writes
from lms.entry import queries
from lms.entry.models import ClassWindow, LoginCard, Seat
from lms.entry.rules import AWAY_LONGEST, LONGEST_WINDOW, CardKind, Tries, after_wrong, let_again, tries_problem
from lms.people import actions as people
from lms.people import queries as people_queries
from lms.people.models import Account, Person, SignIn
from lms.refusals import Refusal
from lms.vietnamese import slug

NOT_RIGHT = "Chưa đúng. Nhìn lại thẻ rồi thử lần nữa."
NOT_OPEN = "Cửa lớp đã đóng. Hỏi thầy cô mã mới."


@dataclass(frozen=True)
class NewCard:
    """A card about to be made; hashing was done before, outside the write transaction."""

    person_id: int
    kind: CardKind
    secret_hash: str
    qr_hash: str


@writes
def open_window(class_id: int, code: str, minutes: int, opened_by: int) -> ClassWindow:
    """Let the class come in by name for some minutes."""
    now = clock.now()
    if not timedelta(0) < timedelta(minutes=minutes) <= LONGEST_WINDOW:
        raise Refusal("Cửa lớp mở nhiều nhất 120 phút.", "too-long")
    known = queries.window_now(class_id, now)
    if known is not None and queries.is_open(known, now):
        raise Refusal("Cửa lớp đang mở rồi.", "open")
    if known is not None:
        close_window(known)
    row = ClassWindow(
        class_id=class_id, code=code, opened_by=opened_by, opened_at=now, closes_at=now + timedelta(minutes=minutes)
    )
    db.session.add(row)
    db.session.flush()  # its code goes onto the board
    return row


@writes
def close_window(window: ClassWindow) -> None:
    """Nobody comes in any more, and every seat taken in it is free again."""
    if window.closed_at is None:
        window.closed_at = clock.now()
    _end_sign_ins(Seat.window_id == window.id)


@writes
def lengthen_window(window: ClassWindow, minutes: int) -> None:
    """The lesson lasts longer: the window and the seats in it, two hours in all at most."""
    until = min(window.closes_at + timedelta(minutes=minutes), window.opened_at + LONGEST_WINDOW)
    if until <= window.closes_at:
        raise Refusal("Cửa lớp đã mở đủ 120 phút. Đóng rồi mở lại khi cần.", "too-long")
    window.closes_at = until
    seats = select(Seat.sign_in_key).where(Seat.window_id == window.id)
    db.session.execute(update(SignIn).where(SignIn.key.in_(seats), SignIn.ended_at.is_(None)).values(until=until))


@writes
def make_cards(class_id: int, cards: Sequence[NewCard], no_password: str, made_by: int) -> list[LoginCard]:
    """A new card each; the one before dies with every session it opened. Who has no account gets one, without a password."""
    return [_make_card(class_id, card, no_password, made_by) for card in cards]


@writes
def end_card(card: LoginCard) -> None:
    """Lost, or replaced: its QR and its secret are dead from now on, and so is whoever sits here by it."""
    card.live_key = None
    if card.ended_at is None:
        card.ended_at = clock.now()
    _end_sign_ins(Seat.card_id == card.id)


@writes
def let_try_again(card: LoginCard) -> None:
    _keep(card, let_again(queries.tries_of(card)))


@writes
def try_card(card_id: int, fits: bool, device: str, window_id: int | None = None) -> SignIn | str:
    """One try, right or wrong, of a secret that was compared before. Says why not, in a sentence.

    Counted under the lock, wrong ones before anything else: fifty tries at once are fifty tries.
    """
    card = queries.fresh_card(card_id)
    now, today = clock.now(), clock.today()
    window = db.session.get_one(ClassWindow, window_id, populate_existing=True) if window_id else None
    if card.live_key is None or (window is not None and not queries.is_open(window, now)):
        return NOT_OPEN
    problem = tries_problem(queries.tries_of(card), today)
    if problem:
        return problem
    if not fits:
        _keep(card, after_wrong(queries.tries_of(card), today))
        if window is not None:
            window.wrong += 1
        return tries_problem(queries.tries_of(card), today) or NOT_RIGHT
    return _sit(card, device, "seat", window.closes_at if window else now + AWAY_LONGEST, window_id)


@writes
def come_by_qr(card_id: int, device: str, is_own_device: bool) -> SignIn | None:
    """Whoever holds the card; on one's own device for as long as learners stay signed in, else for two hours."""
    card = queries.fresh_card(card_id)
    if card.live_key is None:
        return None
    if is_own_device:
        return _sit(card, device, "card", None, None)
    return _sit(card, device, "seat", clock.now() + AWAY_LONGEST, None)


def _make_card(class_id: int, card: NewCard, no_password: str, made_by: int) -> LoginCard:
    old = db.session.scalar(select(LoginCard).where(LoginCard.live_key == card.person_id))
    if old is not None:
        end_card(old)
        db.session.flush()  # before the new one takes its place
    if people_queries.account_of(card.person_id) is None:
        person = db.session.get_one(Person, card.person_id)
        plain = slug(person.full_name).replace("-", ".")
        people.create_account(person, people_queries.free_username(plain), no_password, must_change=False)
    row = LoginCard(
        person_id=card.person_id, class_id=class_id, kind=str(card.kind), secret_hash=card.secret_hash,
        qr_hash=card.qr_hash, made_at=clock.now(), made_by=made_by, live_key=card.person_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the sheet shows it
    return row


def _sit(card: LoginCard, device: str, kind: str, until: datetime | None, window_id: int | None) -> SignIn:
    account = db.session.scalars(select(Account).where(Account.person_id == card.person_id)).one()
    row = people.start_sign_in(account, device, kind, until)
    db.session.add(Seat(sign_in_key=row.key, card_id=card.id, window_id=window_id))
    db.session.flush()
    return row


def _keep(card: LoginCard, tries: Tries) -> None:
    card.wrong_on, card.wrong_today, card.wrong_ever = tries.day, tries.today, tries.ever


def _end_sign_ins(which: object) -> None:
    seats = select(Seat.sign_in_key).where(which)  # type: ignore[arg-type]
    db.session.execute(
        update(SignIn).where(SignIn.key.in_(seats), SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )
