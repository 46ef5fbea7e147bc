"""A question as a pupil would meet it, out of what is being written, as far as it can be shown already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lms.bank import queries
from lms.library.written import Written
from lms.quizzes.publishing import body_of
from lms.quizzes.rules.behaviours import Question, asked
from lms.quizzes.rules.items import practice_order, read_item, words
from lms.quizzes.rules.items import whole_answer as key_of

SOFT = ("explain", "step", "competency", "level", "pool", "review_by", "facts", "source")
"""Fields whose faults leave the question itself fit to be shown."""


@dataclass(frozen=True)
class Preview:
    question: Question | None
    """None: what is asked has a fault; the stem alone is shown."""
    stem_html: str
    key: str
    explain: str


def previewed(item_id: str, body: Mapping[str, Any], read: Written | None = None) -> Preview:
    read = read or queries.written(item_id, dict(body))
    book = read.item
    hard = [one for one in read.faults if one.field not in SOFT and not one.field.endswith("feedback")]
    if hard:
        return Preview(None, book.stem_html, "", book.explain)
    item = replace(read_item(body_of(book)), pool="luyen")
    shown = asked(item, practice_order(item))
    return Preview(shown, shown.stem_html, words(item, key_of(item)), book.explain)
