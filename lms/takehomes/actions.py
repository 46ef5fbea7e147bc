"""Every write about take-home cards."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID, uuid5

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.people.queries import canonical_id
from lms.quizzes import actions as quizzes
from lms.quizzes import queries as quiz_queries
from lms.quizzes.rules.shapes import Answer, Item
from lms.refusals import Refusal
from lms.takehomes import queries
from lms.takehomes.models import HomeCheck, TakeHomeCard
from lms.takehomes.rules import MOST_GUESTS, read_code


@writes
def make_cards(module_id: str, codes: Mapping[int, str]) -> list[TakeHomeCard]:
    """A card for each pupil (with the code thrown for it); who has one of this module keeps it."""
    known = {card.pupil_id: card for card in queries.cards_of(list(codes), module_id)}
    if codes and not queries.questions_of(module_id, "x"):
        raise Refusal("Bài này chưa đủ năm câu luyện để làm thẻ.", "few-questions")
    for pupil_id, code in codes.items():
        if pupil_id not in known:
            card = TakeHomeCard(pupil_id=pupil_id, module_id=module_id, code=read_code(code), made_at=clock.now())
            db.session.add(card)
            known[pupil_id] = card
    db.session.flush()  # cards are shown with their ids
    return [known[pupil_id] for pupil_id in codes]


@writes
def answer_card(
    id: UUID, card: TakeHomeCard, items: Sequence[Item], chosen: Mapping[str, str], person_id: int | None, claim: str
) -> HomeCheck:
    """Keep five answers: as practice of who is signed in, else as a guest's, to be claimed with a code. Sent twice it is once.

    Somebody who answered this card before keeps the first answers; the pupil's own do not count for the card.
    """
    db.session.execute(select(TakeHomeCard.id).where(TakeHomeCard.id == card.id).with_for_update())
    known = queries.check_by_id(id) or (queries.check_of(card.id, person_id) if person_id else None)
    if known is not None:
        return known
    if person_id is not None and canonical_id(person_id) == canonical_id(card.pupil_id):
        raise Refusal("Thẻ này để người lớn ở nhà tự làm. Em đưa thẻ và máy cho người nhà nhé.", "own-card")
    now = clock.now()
    if person_id is None and queries.guests_since(card.id, clock.start_of(clock.day_of(now))) >= MOST_GUESTS:
        raise Refusal("Hôm nay thẻ này đã dùng nhiều lần. Mai làm tiếp, hoặc đăng nhập rồi làm.", "too-many")
    row = HomeCheck(id=id, card_id=card.id, person_id=person_id, at=now)
    row.answers = [{"item": one.id, "digest": one.digest, "option": chosen.get(one.id, "")} for one in items]
    row.claim_digest = None if person_id else _digest(claim)
    db.session.add(row)
    db.session.flush()  # the answers are kept under its id
    if person_id is not None:
        _keep_as_practice(row)
    return row


@writes
def claim_check(claim: str, person_id: int) -> HomeCheck:
    """A guest says on an account of their own: these answers were mine, keep them in my practice."""
    row = db.session.scalar(select(HomeCheck).where(HomeCheck.claim_digest == _digest(claim)).with_for_update())
    if row is None:
        raise Refusal("Không có bài làm nào chờ mã này. Xem lại từng chữ của mã.", "no-claim")
    card = db.session.get_one(TakeHomeCard, row.card_id)
    if canonical_id(person_id) == canonical_id(card.pupil_id):
        raise Refusal("Thẻ này là của chính em, nên bài làm không ghi cho em được.", "own-card")
    if queries.check_of(card.id, person_id) is not None:
        raise Refusal("Thẻ này đã có một lần làm trong hồ sơ của bác rồi.", "twice")
    row.person_id, row.claim_digest = person_id, None
    _keep_as_practice(row)
    return row


def _keep_as_practice(row: HomeCheck) -> None:
    items = quiz_queries.items_by_digest((one["item"], one["digest"]) for one in row.answers)
    for one in row.answers:
        if one["option"] and row.person_id is not None:
            answer = Answer(frozenset({one["option"]}))
            quizzes.answer_practice(uuid5(row.id, one["item"]), row.person_id, items[one["item"]], answer)


def _digest(claim: str) -> str:
    return sha256(read_code(claim).encode()).hexdigest()
