"""Putting the simulators of the books onto the shelf: versions by digest, retired instead of deleted."""

from sqlalchemy import select

from lms import clock
from lms.db import db, put, writes
from lms.library.books import Books
from lms.library.changes import Changes
from lms.practice.models import Practice, PracticeVersion


@writes
def publish(books: Books, changes: Changes) -> None:
    for position, book in enumerate(books.practices):
        fields = {
            "skill_id": book.skill,
            "position": position,
            "title": book.title,
            "minutes": book.minutes,
            "covers": list(book.covers),
            "digest": book.digest,
            "course": book.course,
            "lesson": book.lesson,
            "step": book.step,
            "retired_at": None,
        }
        changes.note(put(Practice, book.id, fields), "practice", book.id)
        db.session.flush()  # its version names it
        if db.session.get(PracticeVersion, (book.id, book.digest)) is None:
            version = PracticeVersion(practice_id=book.id, digest=book.digest, spec=book.spec, published_at=clock.now())
            db.session.add(version)
    wanted = [book.id for book in books.practices]
    for row in db.session.scalars(select(Practice).where(Practice.retired_at.is_(None), Practice.id.not_in(wanted))):
        row.retired_at = clock.now()
        changes.note("retired", "practice", row.id)
