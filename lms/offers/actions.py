"""Every write about contacts and offers: an entry is written, replaced by a new one, withdrawn, or brought back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from lms.clock import day_of
from lms.db import db, writes
from lms.offers import queries
from lms.offers.models import Contact, Offer
from lms.offers.rules import Stand, dates_problem, may_be_undone
from lms.offers.rules import phone as written_phone
from lms.refusals import Refusal
from lms.vietnamese import clean, sort_key

Entry = TypeVar("Entry", Contact, Offer)


@dataclass(frozen=True)
class ContactWords:
    """What an officer typed."""

    kind: str
    role: str
    name: str
    organisation: str
    phone: str
    source: str
    checked_on: date


@dataclass(frozen=True)
class OfferWords:
    business: str
    title: str
    detail: str
    how: str
    from_on: date
    last_day: date
    source: str
    checked_on: date


@writes
def write_contact(
    unit_id: int, words: ContactWords, writer_id: int, now: datetime, old: Contact | None = None
) -> Contact:
    """A new entry; where it mends an old one, that one stays in the history and no longer shows."""
    phone = written_phone(words.phone)
    if phone is None:
        raise Refusal("Số điện thoại chưa đúng. Ghi đủ số, như máy bàn 11 số hoặc di động 10 số.", "phone")
    _refuse_future(words.checked_on, now)
    role, name = clean(words.role), clean(words.name)
    _close(old, Stand.REPLACED, writer_id, now)
    if queries.twin(unit_id, role, name, phone):
        raise Refusal("Mục này đã có trong danh bạ.", "twin")
    row = Contact(
        unit_id=unit_id, kind=words.kind, role=role, role_key=sort_key(role), name=name, phone=phone,
        organisation=clean(words.organisation), source=clean(words.source), checked_on=words.checked_on,
        written_by=writer_id, written_at=now, replaces_id=old.id if old else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the page that follows names it
    return row


@writes
def write_offer(unit_id: int, words: OfferWords, writer_id: int, now: datetime, old: Offer | None = None) -> Offer:
    """The same for an offer. One that is over is not written down: nobody could have it any more."""
    _refuse_dates(words.from_on, words.last_day, day_of(now))
    _refuse_future(words.checked_on, now)
    business, title = clean(words.business), clean(words.title)
    _close(old, Stand.REPLACED, writer_id, now)
    if queries.offer_twin(unit_id, business, title, words.from_on):
        raise Refusal("Ưu đãi này đã có trong danh sách.", "twin")
    row = Offer(
        unit_id=unit_id, business=business, title=title, detail=words.detail.strip(), how=words.how.strip(),
        from_on=words.from_on, until_on=words.last_day + timedelta(days=1), source=clean(words.source),
        checked_on=words.checked_on, written_by=writer_id, written_at=now, replaces_id=old.id if old else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


@writes
def withdraw(row: Contact | Offer, actor_id: int, now: datetime) -> None:
    """It no longer shows; its history stays."""
    _close(row, Stand.WITHDRAWN, actor_id, now)


@writes
def bring_back(row: Contact | Offer, now: datetime) -> None:
    """What was withdrawn by mistake stands again, for thirty days."""
    held = queries.locked(type(row), row.id)
    if held.closed != Stand.WITHDRAWN or not may_be_undone(day_of(held.closed_at), day_of(now)):
        raise Refusal("Mục này không đưa lại được nữa. Hãy ghi mục mới.", "not-withdrawn")
    held.closed, held.closed_by, held.closed_at = "", None, None


def _close(row: Contact | Offer | None, how: Stand, actor_id: int, now: datetime) -> None:
    if row is None:
        return
    held = queries.locked(type(row), row.id)
    if held.closed:
        raise Refusal("Mục này vừa có người sửa hoặc thôi. Mở lại danh sách để xem bản mới.", "closed")
    held.closed, held.closed_by, held.closed_at = how, actor_id, now
    db.session.flush()  # a twin is looked for among what stands


def _refuse_future(checked_on: date, now: datetime) -> None:
    if checked_on > day_of(now):
        raise Refusal("Ngày hỏi lại chưa đến. Ghi ngày đã hỏi thật.", "future")


def _refuse_dates(from_on: date, last_day: date, today: date) -> None:
    sentences = {
        "backwards": "Ngày cuối đứng trước ngày đầu.",
        "over": "Ưu đãi này đã hết hạn, không ghi vào nữa.",
        "too-long": "Ưu đãi dài hơn hai năm. Xem lại năm đã ghi.",
    }
    problem = dates_problem(from_on, last_day, today)
    if problem:
        raise Refusal(sentences[problem], problem)
