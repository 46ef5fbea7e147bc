"""Putting the books' task cards into the witnesses' drawer: versions by digest, retired instead of deleted."""

from dataclasses import asdict

from sqlalchemy import select

from lms import clock
from lms.db import db, put, writes
from lms.library.books import Books
from lms.library.changes import Changes
from lms.witnessing.models import TaskCard, TaskCardVersion


@writes
def publish(books: Books, changes: Changes) -> None:
    known = {card.id: card for card in db.session.scalars(select(TaskCard))}
    for position, book in enumerate(books.tasks):
        fields = {"skill_id": book.skill, "title": book.title, "digest": book.digest, "position": position}
        known.pop(book.id, None)
        changes.note(put(TaskCard, book.id, {**fields, "retired_at": None}), "task_card", book.id)
        db.session.flush()  # a version names its card
        if db.session.get(TaskCardVersion, (book.id, book.digest)) is None:
            body = asdict(book)
            body.pop("place")
            version = TaskCardVersion(card_id=book.id, digest=book.digest, body=body, published_at=clock.now())
            db.session.add(version)
    for card in known.values():
        if card.retired_at is None:
            card.retired_at = clock.now()
            changes.note("retired", "task_card", card.id)
