"""Thang điểm: one point of a scale, a throw-away type that shows what adding one takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lms.quizzes.rules import filling
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import Field
from lms.quizzes.rules.filling import from_json, to_json
from lms.quizzes.rules.shapes import Answer, Form, Item, Mark, Part, Problem, Raw, Reply

__all__ = ["from_json", "to_json"]

RANK = 11
WORD = "Thang điểm"
HINT = "Chọn một nấc trên thang."
FORM = (Field("highest", "Nấc cao nhất"), Field("answer", "Nấc đúng"))


@dataclass(frozen=True, slots=True)
class Scale:
    highest: int
    answer: int


def read(raw: Raw) -> Scale:
    return Scale(int(raw["highest"]), int(raw["answer"]))


def grade(body: Scale, answer: Answer) -> Mark:
    return Mark(Fraction(int(answer.by_part.get("nac") == str(body.answer))))


def key(body: Scale) -> Answer:
    return filling.filled_in({"nac": str(body.answer)})


def p_guess(body: Scale) -> Fraction:
    return Fraction(1, body.highest)


def asks_for(body: Scale) -> int | None:
    return 1


def shuffled(body: Scale, dice: Dice) -> tuple[str, ...]:
    return ()


def parts(item_id: str, body: Scale, order: Sequence[str]) -> tuple[Part, ...]:
    steps = tuple((str(n), str(n)) for n in range(1, body.highest + 1))
    return (Part("nac", filling.part_field(item_id, 1), "select", "Nấc nào?", steps),)


def read_answer(item_id: str, body: Scale, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    return filling.read_parts(item_id, parts(item_id, body, ()), form)


def replies(body: Scale, answer: Answer) -> tuple[Reply, ...]:
    return (Reply("nac", answer.by_part.get("nac", ""), "", grade(body, answer).right),)


def words(body: Scale, answer: Answer) -> str:
    return answer.by_part.get("nac", "")


def problems(item: Item) -> list[Problem]:
    return (
        [] if 1 <= item.body.answer <= item.body.highest else [Problem("scale", "Nấc đúng nằm ngoài thang.", item.id)]
    )
