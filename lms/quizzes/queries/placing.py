"""Every SELECT about placement: what may be asked, the one that is open, and what somebody was found to know already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.db import db
from lms.people.queries import ids_read_through
from lms.quizzes.models import Item as ItemRow
from lms.quizzes.models import Placement, PlacementAnswer
from lms.quizzes.queries import items_by_digest
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.placement import Candidate, Outcome, Pair, outcome, parts_to_skip, plan
from lms.quizzes.rules.shapes import Choices, Item
from lms.skills import queries as skills
from lms.skills.models import Evidence
from lms.skills.rules.events import EventType


@dataclass(frozen=True)
class Placed:
    """The latest outcome of one skill."""

    skill_id: str
    held: frozenset[str]
    open: frozenset[str]
    stopped_early: bool
    at: datetime


def questions_of(skill_id: str) -> dict[str, Item]:
    """Practice questions of a skill that placement may ask: answered by choosing and not heard, so that paper can carry them.

    Never a recorded one: placement is unattended, and their keys must stay unmet.
    """
    wanted = select(ItemRow.id, ItemRow.digest).where(
        ItemRow.skill_id == skill_id,
        ItemRow.pool == "luyen",
        ItemRow.competency_id.is_not(None),
        ItemRow.retired_at.is_(None),
        ItemRow.digest != "",
    )
    found = items_by_digest(db.session.execute(wanted.order_by(ItemRow.id)))
    return {
        id: item
        for id, item in found.items()
        if isinstance(item.body, Choices) and item.competency and not item.media.audio
    }


def pairs_for(items: Mapping[str, Item], seed: str) -> tuple[Pair, ...]:
    candidates = [Candidate(item.id, item.competency or "", item.level) for item in items.values()]
    return plan(candidates, Dice(seed, "placement"))


def open_placement(canonical_id: int, skill_id: str) -> Placement | None:
    return db.session.scalar(select(Placement).where(Placement.open_key == f"{canonical_id}:{skill_id}"))


def pairs_of(placement: Placement) -> tuple[Pair, ...]:
    return tuple(Pair(**row) for row in placement.pairs)


def items_of(placement: Placement) -> dict[str, Item]:
    """Its questions in the wording they had when it began."""
    return items_by_digest(placement.digests.items())


def standing_of(placement: Placement) -> Outcome:
    answered = select(PlacementAnswer.item_id, PlacementAnswer.is_right).where(
        PlacementAnswer.placement_id == placement.id
    )
    return outcome(pairs_of(placement), {item: is_right for item, is_right in db.session.execute(answered)})


def answer_known(placement_id: UUID, item_id: str) -> bool:
    wanted = select(PlacementAnswer.id).where(
        PlacementAnswer.placement_id == placement_id, PlacementAnswer.item_id == item_id
    )
    return db.session.scalar(wanted) is not None


def placed(canonical_id: int) -> dict[str, Placed]:
    """Skill → the latest placement of a person, under whichever of their records."""
    wanted = (
        select(Evidence.skill_id, Evidence.result, Evidence.occurred_at)
        .where(Evidence.person_id.in_(list(ids_read_through([canonical_id]))), Evidence.type == EventType.INFERRED)
        .order_by(Evidence.occurred_at, Evidence.id)
    )
    return {
        skill: Placed(skill, frozenset(found["held"]), frozenset(found["open"]), found["stopped_early"], at)
        for skill, found, at in db.session.execute(wanted)
        if skill is not None
    }


def steps_known(found: Iterable[Placed]) -> frozenset[str]:
    """`<lesson>#<step>` of what these placements say may be skipped; nothing is asked where there is none."""
    held = {competency for one in found for competency in one.held}
    if not held:
        return frozenset()
    wanted = select(ItemRow.id, ItemRow.digest).where(
        ItemRow.skill_id.in_({competency.partition(".")[0] for competency in held}),
        ItemRow.pool == "luyen",
        ItemRow.retired_at.is_(None),
        ItemRow.digest != "",
    )
    taught: dict[str, set[str]] = {}
    for item in items_by_digest(db.session.execute(wanted)).values():
        if item.step and item.competency:
            taught.setdefault(item.step, set()).add(item.competency)
    critical = {one.id for one in skills.framework().competencies if one.is_critical}
    return parts_to_skip(taught, held, critical)
