"""One question: read, ask, mark, and what is wrong with it. Each type answers for itself (`types/`)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lms.quizzes.rules import filling
from lms.quizzes.rules.choosing import field_name
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Media, Option, Part, Problem, Raw, Reply
from lms.quizzes.rules.types.registry import TYPES, ItemType

__all__ = ["Answer", "Choices", "Item", "Mark", "Option", "Problem", "field_name"]

LONGEST_STEM = 40
"""Words; a longer one tests reading, not the skill."""
TEAM_LESSONS = "l.t."
"""How the ids of the team's lessons begin: what a member may never do belongs to one of them, and to no skill."""


def read_item(raw: Raw) -> Item:
    """A question from its kept version (`ItemVersion.body`, made by the library)."""
    return Item(
        id=raw["id"],
        type=raw["type"],
        body=TYPES[raw["type"]].read(raw),
        stem=raw["stem"],
        stem_html=raw.get("stem_html", ""),
        version=raw.get("version", ""),
        digest=raw.get("digest", ""),
        skill=raw.get("skill"),
        competency=raw.get("competency"),
        level=raw.get("level", 1),
        critical=bool(raw.get("critical", False)),
        pool=raw.get("pool", "luyen"),
        status=raw.get("status", "nhap"),
        explain=raw.get("explain", ""),
        step=raw.get("step", ""),
        facts=tuple(raw.get("facts", ())),
        media=Media(**(raw.get("media") or {})),
    )


def grade(item: Item, answer: Answer | None) -> Mark:
    """The exact score of assessment.md §5; no answer scores nothing."""
    return Mark(Fraction(0)) if answer is None else _type(item).grade(item.body, answer)


def p_guess(item: Item) -> Fraction:
    return _type(item).p_guess(item.body)


def equal_chances(item: Item) -> int:
    """Among how many equally likely answers a guesser picks: the options, or for other types the guess turned round."""
    return len(item.options) or int(1 / p_guess(item))


def asks_for(item: Item) -> int | None:
    """How many options to choose or parts to fill in, None where the question hides it or it goes without saying."""
    return _type(item).asks_for(item.body)


def whole_answer(item: Item) -> Answer:
    """A right answer; for demonstrations, tests and the wall (`behaviours.told_to_all`), never for a page one answers on."""
    return _type(item).key(item.body)


def practice_order(item: Item) -> tuple[str, ...]:
    """The order in which practice shows a question: the same for everybody, and never the right one of an ordering."""
    if isinstance(item.body, Choices):
        return item.body.ids
    for throw in range(20):
        order = _type(item).shuffled(item.body, Dice(item.id, f"practice/{throw}"))
        if not grade(item, _as_shown(order)).right:
            break
    return order


def parts(item: Item, order: Sequence[str]) -> tuple[Part, ...]:
    """What a page asks to fill in, in the order of this attempt; empty where one ticks options."""
    return _type(item).parts(item.id, item.body, order)


def read_answer(item: Item, form: Form, order: Sequence[str] | None = None) -> Answer | Problem:
    """What a browser sent for this question: fields named by `field_name` or of its parts.

    With an order, ticks are places in it; without one they are option ids, and parts stand as practice shows them.
    """
    if order is None and not isinstance(item.body, Choices):
        order = practice_order(item)
    return _type(item).read_answer(item.id, item.body, form, order)


def is_in(item: Item, form: Form) -> bool:
    """Whether anything was sent for this question."""
    name = field_name(item.id)
    return any(one == name or one.startswith(f"{name}:") for one in form)


def shown_again(item: Item, answer: Answer, order: Sequence[str]) -> dict[str, str]:
    """Input name of each part → what was put into it."""
    return filling.shown_again(parts(item, order), answer)


def replies(item: Item, answer: Answer) -> tuple[Reply, ...]:
    """What practice says to each part of an answer."""
    return _type(item).replies(item.body, answer)


def words(item: Item, answer: Answer) -> str:
    """The answer in one line, to look it over before handing in."""
    return _type(item).words(item.body, answer)


def answer_to_json(item: Item, answer: Answer) -> dict[str, Any]:
    return _type(item).to_json(answer)


def answer_from_json(item: Item, raw: object) -> Answer:
    """The stored answer; a shape this type never writes is a ValueError."""
    return _type(item).from_json(raw)


def problems(item: Item) -> list[Problem]:
    """Everything an author must mend, at once."""
    if item.type not in TYPES:
        return [Problem("type", f"Câu {item.id}: không có loại câu «{item.type}».", item.id)]
    return [*_common_problems(item), *_type(item).problems(item)]


def _common_problems(item: Item) -> list[Problem]:
    found: list[Problem] = []
    words = len(item.stem.split())
    if not words:
        found.append(Problem("no-stem", f"Câu {item.id}: chưa có lời hỏi.", item.id))
    if words >= LONGEST_STEM:
        sentence = f"Câu {item.id}: lời hỏi dài {words} chữ, cần dưới {LONGEST_STEM}."
        found.append(Problem("long-stem", sentence, item.id))
    if item.skill is not None and item.competency is None:
        found.append(Problem("no-competency", f"Câu {item.id}: chưa ghi năng lực.", item.id))
    if item.critical and item.competency is None and not item.step.startswith(TEAM_LESSONS):
        found.append(
            Problem("critical", f"Câu {item.id}: câu an toàn phải thuộc một năng lực, hay một bài của tổ.", item.id)
        )
    return found


def _as_shown(order: Sequence[str]) -> Answer:
    return filling.filled_in({one: str(n) for n, one in enumerate(order, 1)})


def _type(item: Item) -> ItemType:
    return TYPES[item.type]
