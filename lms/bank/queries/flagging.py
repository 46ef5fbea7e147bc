"""What the statistics flag now, and what must be frozen for it: all read and decided before anything is locked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lms.bank import queries
from lms.bank.queries.forms import kept_for_the_test
from lms.bank.rules.freezing import to_freeze
from lms.db import db
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Item
from lms.quizzes.queries.figures import about, first_sittings
from lms.quizzes.rules.statistics.figures import QuestionFigures, question_figures
from lms.quizzes.rules.statistics.flags import Flag

Seen = tuple[str, QuestionFigures]
"""The skill of a test, and the figures of one of its questions in its present wording."""


@dataclass(frozen=True)
class Verdict:
    """What is to be kept of one flagged question."""

    item_id: str
    digest: str
    sittings: int
    flags: tuple[Flag, ...]
    freezes: tuple[Flag, ...]
    is_held: bool
    """It would be frozen, but its test could then no longer be drawn."""


def flagged_now() -> list[Seen]:
    """What the statistics of every skill's test say of questions in use; the strongest flags of a test first."""
    wanted = select(Item.id, Item.digest).where(Item.retired_at.is_(None))
    digests = {id: digest for id, digest in db.session.execute(wanted)}
    found: list[Seen] = []
    for test in quizzes.quizzes():
        if test.kind == "skill" and test.skill_id:
            sat, items = first_sittings(test.id, None)
            told = question_figures(sat, about(items))
            found += [(test.skill_id, one) for one in told if one.flags and digests.get(one.key[0]) == one.key[1]]
    return found


def verdicts(found: Sequence[Seen]) -> list[Verdict]:
    """One by one, so that a test is never left without the questions of a form: what came too late is held."""
    told = []
    for skill_id in dict.fromkeys(skill for skill, _figures in found):
        own = [figures for skill, figures in found if skill == skill_id]
        freezes = {one.key[0]: to_freeze(one.flags, queries.lifted_flags(*one.key)) for one in own}
        held = kept_for_the_test(skill_id, [id for id, flags in freezes.items() if flags])
        told += [
            Verdict(one.key[0], one.key[1], one.n, one.flags, freezes[one.key[0]], one.key[0] in held) for one in own
        ]
    return told
