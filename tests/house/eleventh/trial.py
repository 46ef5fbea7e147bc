"""Runs in a copy of the house to which the two files of the eleventh type were added and nothing else was changed."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from lms.bank.rules.sheets import laid_out, read
from lms.bank.rules.types import SHEETS, TYPE_WORDS
from lms.bank.rules.writing import as_written
from lms.exams.rules.paper import fits_paper, read_mark, sheet
from lms.exchange.formats.entries import found_of
from lms.exchange.reading import read_questions
from lms.exchange.writing import WRITERS, write_questions
from lms.library.reading import read_books
from lms.quizzes.publishing import body_of, faults
from lms.quizzes.rules.behaviours import Behaviour, asked, shown_after_answer
from lms.quizzes.rules.items import (
    answer_from_json,
    answer_to_json,
    equal_chances,
    grade,
    practice_order,
    read_answer,
    read_item,
    shown_again,
    whole_answer,
    words,
)

KIND = "scale"


def main(shelf: str) -> dict[str, object]:
    books, told = read_books([Path(shelf)])
    item = read_item(body_of(next(one for one in books.items if one.type == KIND)))
    order, whole = practice_order(item), whole_answer(item)
    question = asked(item, order)
    sent = {part.field: ["4"] for part in question.parts}
    entry = {**as_written(body_of(next(one for one in books.items if one.type == KIND))), "id": "x"}
    found = found_of(entry, "x")
    losses = {kind: [one.what for one in write_questions([found], kind)[1]] for kind in WRITERS}
    package, _lost = write_questions([found], "qti")
    return {
        "told": [str(one) for one in told],
        "faults": [str(one) for one in faults(books)],
        "is right": grade(item, read_answer(item, sent)).right and grade(item, whole).right,
        "is kept": answer_from_json(item, answer_to_json(item, whole)) == whole,
        "chances": equal_chances(item),
        "words": words(item, whole),
        "again": list(shown_again(item, whole, order).values()),
        "practice": shown_after_answer(Behaviour.PRACTICE, replace(item, pool="luyen"), whole, None).right,
        "fits paper": fits_paper(item),
        "rows": [row.boxes for row in sheet(question, 1)],
        "mark": grade(item, read_mark("d", item, order, 1)).right,
        "in the bank": TYPE_WORDS[KIND],
        "form": read(SHEETS[KIND], {cell.name: cell.value for cell in laid_out(SHEETS[KIND], entry)}),
        "losses": losses,
        "back": [one.entry for one in read_questions("x.zip", package, "qti")],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1]), ensure_ascii=False))
