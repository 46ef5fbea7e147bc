"""Putting the books' questions into the bank: a version by digest, retired instead of deleted, only `origin: files` touched."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select

from lms import clock
from lms.db import db, put, writes
from lms.library.books import Books
from lms.library.books import Item as BookItem
from lms.library.changes import Changes
from lms.library.item_types import ASKS_BY_ITSELF, CHOICE_TYPES, MODULES
from lms.library.problems import ERROR, Problem
from lms.library.questions import MADE_HERE
from lms.quizzes.models import Item, ItemVersion, Quiz
from lms.quizzes.rules.items import problems, read_item
from lms.refusals import Refusal
from lms.skills.models import Skill
from lms.vietnamese import clean, search_key

OBSERVER_QUIZ = "nguoi-chung"
TEAM_QUIZ = "thanh-vien-to"
LABEL = 160
_MARKS = re.compile(r"[*_`]+|\[\[|\]\]")


@writes
def publish(books: Books, changes: Changes) -> None:
    """Items and the tests one can take."""
    taken = held(books)
    if taken:
        raise Refusal(taken[0].text, "id-taken")
    known = {item.id: item for item in db.session.scalars(select(Item).where(Item.origin == "files"))}
    kept = db.session.execute(select(ItemVersion.item_id, ItemVersion.digest))
    versions = {(item_id, digest) for item_id, digest in kept}
    now = clock.now()
    for book in books.items:
        changes.note(_put(book, known.pop(book.id, None)), "item", book.id)
        if (book.id, book.digest) not in versions:
            db.session.flush()  # a version names its item
            db.session.add(ItemVersion(item_id=book.id, digest=book.digest, body=body_of(book), published_at=now))
    for item in known.values():
        if item.retired_at is None:
            item.retired_at = now
            changes.note("retired", "item", item.id)
    _publish_quizzes()


def faults(books: Books) -> list[Problem]:
    """What the rules of each type say of the books' questions, with the place where it stands."""
    return [
        Problem(book.place.path, book.place.line, ERROR, one.sentence)
        for book in books.items
        for one in problems(read_item(body_of(book)))
        if book.type not in CHOICE_TYPES  # these the library reads option by option itself
    ]


def held(books: Books) -> list[Problem]:
    """Ids that belong to questions made in the browser: files never write over them."""
    ids = [book.id for book in books.items if book.id.startswith(MADE_HERE)]
    there = set(db.session.scalars(select(Item.id).where(Item.id.in_(ids), Item.origin != "files"))) if ids else set()
    sentence = "mã «{}» là của một câu soạn trên trang; trong tệp hãy đặt mã khác"
    return [
        Problem(book.place.path, book.place.line, ERROR, sentence.format(book.id))
        for book in books.items
        if book.id in there
    ]


def body_of(book: BookItem) -> dict[str, Any]:
    """A question as it is kept: plain values, the wording already clean HTML."""
    kept = asdict(replace(book, files=()))
    for shelf_mark in ("place", "files"):
        kept.pop(shelf_mark)
    kept |= kept.pop("asks")
    kept["review_by"] = book.review_by.isoformat() if book.review_by else None
    kept["facts"] = list(book.facts)
    return kept


def shown_as(item_id: str, body: Mapping[str, Any]) -> dict[str, str]:
    """What lists show of a question and what a search finds it by."""
    plain = clean(_MARKS.sub("", words_asked(body)))
    label = plain if len(plain) <= LABEL else f"{plain[:LABEL].rsplit(' ', 1)[0]} …"
    return {"label": label, "words": f"{item_id.casefold()} {search_key(plain)}"}


def words_asked(body: Mapping[str, Any]) -> str:
    """What tells a question from others: its stem, and what it is about where its type asks by itself: many questions of
    such a type share a stem like «Chọn chữ hợp vào chỗ trống»."""
    stem = str(body.get("stem") or "")
    words = getattr(MODULES.get(str(body.get("type"))), "words", None)
    told = [one for one in (words(body) if words else ()) if one]
    own = [] if stem in ASKS_BY_ITSELF.values() and told else [stem]
    return " · ".join([*own, *told])


def _put(book: BookItem, item: Item | None) -> str:
    fields = {
        "skill_id": book.skill,
        "competency_id": book.competency,
        "pool": book.pool,
        "status": book.status,
        "is_critical": book.critical,
        "type": book.type,
        "level": book.level,
        **shown_as(book.id, body_of(book)),
        "digest": book.digest,
        "retired_at": clock.now() if book.status == "ngung" else None,
    }
    if item is not None and item.retired_at and fields["retired_at"]:
        fields["retired_at"] = item.retired_at
    return put(Item, book.id, {**fields, "origin": "files"})


def _publish_quizzes() -> None:
    for skill in db.session.scalars(select(Skill)):
        db.session.merge(Quiz(id=skill.slug, kind="skill", skill_id=skill.id, title=f"Bài kiểm tra: {skill.name}"))
    db.session.merge(Quiz(id=OBSERVER_QUIZ, kind="observer", skill_id=None, title="Năm câu hỏi cho người chứng"))
    db.session.merge(Quiz(id=TEAM_QUIZ, kind="team", skill_id=None, title="Bài thi của thành viên tổ"))
