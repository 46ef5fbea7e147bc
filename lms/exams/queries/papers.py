"""Every SELECT about printed forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.db import db
from lms.exams.models import PaperForm
from lms.quizzes.queries import items_by_digest
from lms.quizzes.rules.shapes import Item


@dataclass(frozen=True)
class Paper:
    """A printed form with its questions, each with its options in the order printed."""

    row: PaperForm
    asked: list[tuple[Item, Sequence[str]]]


def papers_of(window_id: UUID) -> list[PaperForm]:
    wanted = select(PaperForm).where(PaperForm.window_id == window_id).order_by(PaperForm.variant)
    return list(db.session.scalars(wanted))


def read(row: PaperForm) -> Paper:
    found = items_by_digest((one["item"], one["digest"]) for one in row.form)
    return Paper(row, [(found[one["item"]], one["options"]) for one in row.form])
