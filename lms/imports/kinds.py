"""Guessing what a list is a list of, so that a person only has to nod."""

from collections.abc import Sequence

from lms.imports.columns import Meaning
from lms.imports.pages import find_page
from lms.imports.problems import Kind
from lms.imports.sheets import Sheet
from lms.imports.titles import class_in
from lms.vietnamese import fold

_SIGNS = {
    Kind.VILLAGES: {
        Meaning.VILLAGE: 2,
        Meaning.NUMBER_OF_HOUSEHOLDS: 2,
        Meaning.LEADER: 4,
        Meaning.NUMBER_OF_PEOPLE: 2,
        Meaning.COMMUNE: 1,
    },
    Kind.HOUSEHOLDS: {
        Meaning.HOUSEHOLD: 5,
        Meaning.RELATION: 6,
        Meaning.HEAD: 3,
        Meaning.BIRTH: 1,
        Meaning.BIRTH_YEAR: 1,
        Meaning.NUMBER_OF_PEOPLE: 1,
    },
    Kind.CLASS: {Meaning.PUPIL_CODE: 4, Meaning.CLASS: 4, Meaning.BIRTH: 1, Meaning.GIVEN_NAME: 1},
    Kind.STAFF: {Meaning.POSITION: 5, Meaning.WORKPLACE: 3, Meaning.DUTY: 3, Meaning.SINCE: 2, Meaning.DECISION: 3},
}
_WORDS = {
    Kind.VILLAGES: ("danh sach thon", "danh sach cac thon", "danh sach khu pho"),
    Kind.HOUSEHOLDS: ("ho gia dinh", "nhan khau", "danh sach ho"),
    Kind.CLASS: ("hoc sinh", "hoc vien", "danh sach lop"),
    Kind.STAFF: ("can bo", "giao vien", "to cong nghe", "thanh vien to", "nhan su", "vien chuc"),
}


def guess_kind(sheets: Sequence[Sheet]) -> Kind | None:
    """The likeliest kind, or None when nothing speaks for any."""
    scores = dict.fromkeys(Kind, 0)
    for sheet in sheets:
        page = None if sheet.hidden else find_page(sheet)
        if page is None:
            continue
        people = any(meaning in page for meaning in (Meaning.FULL_NAME, Meaning.GIVEN_NAME, Meaning.HEAD))
        titles = fold(" ".join((sheet.name, *page.titles)))
        for kind, signs in _SIGNS.items():
            scores[kind] += sum(weight for meaning, weight in signs.items() if meaning in page)
            scores[kind] += 4 * any(words in titles for words in _WORDS[kind])
        scores[Kind.CLASS] += 5 * bool(class_in(page))
        scores[Kind.VILLAGES] -= 6 * people
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] > 1 else None
