"""What a learner is shown: the question without its key, and after an answer what the behaviour allows.

The two behaviours know nothing of item types, and the types nothing of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lms.quizzes.rules.items import asks_for, field_name, grade
from lms.quizzes.rules.shapes import Answer, Item


class Behaviour(StrEnum):
    PRACTICE = "luyen"
    RECORDED = "ghi-nhan"


@dataclass(frozen=True, slots=True)
class Question:
    """All a page needs to ask, and nothing a page could give away: no key, no feedback, no explanation."""

    id: str
    type: str
    stem_html: str
    field: str
    options: tuple[tuple[str, str], ...]
    """(id, text) in the order shown."""
    choose: int | None
    """How many, where that is told; 1 means radio buttons."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The feedback of one chosen option."""

    option: str
    text: str
    feedback: str
    correct: bool


@dataclass(frozen=True, slots=True)
class PracticeShown:
    right: bool
    replies: tuple[Reply, ...]
    explain: str
    step: str
    """`<lesson id>#<step id>`: where to read it again."""


@dataclass(frozen=True, slots=True)
class RecordedShown:
    """Nothing but that it is kept."""

    saved_at: datetime


def asked(item: Item, order: Sequence[str]) -> Question:
    """The question as shown in one attempt."""
    texts = {option.id: option.text for option in item.options}
    shown = tuple((option_id, texts[option_id]) for option_id in order)
    choose = asks_for(item)
    return Question(item.id, item.type, item.stem_html or item.stem, field_name(item.id), shown, choose)


def shown_after_answer(
    behaviour: Behaviour, item: Item, answer: Answer, saved_at: datetime
) -> PracticeShown | RecordedShown:
    """Practice speaks to each option chosen and points to the step; a recorded test only says when it was saved."""
    if behaviour is Behaviour.RECORDED or item.pool != Behaviour.PRACTICE:
        return RecordedShown(saved_at)
    mark = grade(item, answer)
    told = frozenset(mark.feedback)
    replies = tuple(
        Reply(option.id, option.text, option.feedback, option.correct) for option in item.options if option.id in told
    )
    return PracticeShown(mark.right, replies, item.explain, item.step)
