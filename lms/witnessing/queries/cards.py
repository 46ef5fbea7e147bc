"""Every SELECT about task cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lms.db import db
from lms.witnessing.models import TaskCard, TaskCardVersion


@dataclass(frozen=True)
class Card:
    """A card as published: its row's values and the body of one version."""

    id: str
    skill_id: str
    title: str
    digest: str
    retired: bool
    body: Mapping[str, Any]

    @property
    def rubric(self) -> list[dict[str, Any]]:
        return list(self.body["rubric"])


def cards() -> list[Card]:
    """Every card in use, in the order of the books."""
    wanted = (
        select(TaskCard, TaskCardVersion.body)
        .join(
            TaskCardVersion,
            (TaskCardVersion.card_id == TaskCard.id) & (TaskCardVersion.digest == TaskCard.digest),
        )
        .where(TaskCard.retired_at.is_(None))
        .order_by(TaskCard.skill_id, TaskCard.position)
    )
    return [_card(row, row.digest, body) for row, body in db.session.execute(wanted)]


def card(card_id: str, digest: str | None = None) -> Card | None:
    """The card in its present wording, or in the wording of an older digest (which may be on paper still)."""
    row = db.session.get(TaskCard, card_id)
    if row is None:
        return None
    version = db.session.get(TaskCardVersion, (card_id, digest or row.digest))
    return _card(row, version.digest, version.body) if version else None


def _card(row: TaskCard, digest: str, body: Mapping[str, Any]) -> Card:
    return Card(row.id, row.skill_id, row.title, digest, row.retired_at is not None, body)
