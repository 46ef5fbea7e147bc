"""What a keyer types who reads an answer off a sheet."""

from collections.abc import Sequence

from lms.exams.rules.paper import BETWEEN, LETTERS, is_written
from lms.quizzes.rules.behaviours import asked
from lms.quizzes.rules.filling import CHOOSING
from lms.quizzes.rules.shapes import Answer, Item


def typed(item: Item, order: Sequence[str], answer: Answer) -> str:
    question = asked(item, order)
    if not question.parts:
        ids = [id for id, _text in question.options]
        return "".join(LETTERS[ids.index(one)] for one in sorted(answer.chosen))
    said = []
    for part in question.parts:
        put = answer.by_part.get(part.id, "-")
        ids = [id for id, _text in part.options]
        said.append(LETTERS[ids.index(put)] if part.kind in CHOOSING and put in ids else put)
    return (f" {BETWEEN} " if is_written(item) else "").join(said)
