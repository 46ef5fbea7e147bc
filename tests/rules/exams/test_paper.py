"""Reading an answer sheet: letters by their place on the sheet, and everything odd asked back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exams.rules.paper import LETTERS, fits_paper, how_to_key, is_written, read_mark, sheet, takes_one
from lms.quizzes.rules.behaviours import asked
from lms.quizzes.rules.items import grade, practice_order, whole_answer
from lms.quizzes.rules.shapes import Answer, Item, Media, Problem
from tests.rules.exams.keyed import typed
from tests.rules.quizzes.bank import multiple, single, true_false
from tests.rules.quizzes.every_type import all_types, of_type

ORDER = ("c", "a", "d", "b")


def code(found: object) -> str | None:
    return found.code if isinstance(found, Problem) else None


@pytest.mark.parametrize(("text", "chosen"), [("A", "c"), ("b", "a"), (" d ", "b"), ("B.", "a")])
def test_a_letter_is_a_place_and_not_a_key(text: str, chosen: str) -> None:
    assert read_mark(text, single(), ORDER, 1) == Answer(frozenset({chosen}))


@pytest.mark.parametrize("text", ["", "-", "  "])
def test_nothing_marked_is_no_answer(text: str) -> None:
    assert read_mark(text, single(), ORDER, 1) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("E", "letter"), ("1", "letter"), ("AB", "one"), ("AA", "twice"), ("Đ", "letter")]
)
def test_what_is_asked_back(text: str, expected: str) -> None:
    assert code(read_mark(text, single(), ORDER, 7)) == expected


def test_several_letters_where_several_are_asked() -> None:
    assert read_mark("d, a", multiple(), ORDER, 1) == Answer(frozenset({"b", "c"}))
    assert takes_one(true_false()) and not takes_one(multiple())


@given(st.text(max_size=9), st.permutations(("a", "b", "c", "d")))
def test_whatever_is_typed_is_an_answer_of_the_sheet_or_asked_back(text: str, order: list[str]) -> None:
    found = read_mark(text, multiple(), order, 1)
    assert found is None or isinstance(found, Problem) or (found.chosen and found.chosen <= set(order))


@given(st.permutations(("a", "b", "c", "d")), st.sets(st.sampled_from("abcd"), min_size=1))
def test_what_was_marked_is_what_is_read(order: list[str], chosen: set[str]) -> None:
    text = "".join(LETTERS[order.index(one)] for one in chosen)
    assert read_mark(text, multiple(), order, 1) == Answer(frozenset(chosen))


def test_paper_carries_every_type_and_its_picture_and_nothing_to_hear() -> None:
    for item in (single(), multiple(), true_false(), *all_types()):
        assert fits_paper(item) and fits_paper(replace(item, media=Media(image="/hinh/x.png", alt="Một màn hình")))
        assert not fits_paper(replace(item, media=Media(audio="/hinh/x.mp3", transcript="Alô")))


def test_paper_carries_no_more_than_it_has_letters_and_single_digits_for() -> None:
    def lines(count: int) -> Item:
        return of_type("ordering", items=[{"id": f"e{n}", "text": f"Việc {n}"} for n in range(count)])

    assert fits_paper(lines(9)) and not fits_paper(lines(10)), "ten is two signs in a row of signs"
    pairs = [{"id": f"p{n}", "left": f"Trái {n}", "right": f"Phải {n}"} for n in range(11)]
    assert fits_paper(of_type("matching", pairs=pairs[:7])) and not fits_paper(of_type("matching", pairs=pairs))


@pytest.mark.parametrize("item", all_types(), ids=lambda item: item.type)
def test_a_right_sheet_of_every_type_is_worth_the_whole(item: Item) -> None:
    order = practice_order(item)
    whole = whole_answer(item)
    found = read_mark(typed(item, order, whole), item, order, 1)
    assert isinstance(found, Answer) and grade(item, found).right
    assert read_mark(typed(item, order, whole).lower(), item, order, 1) == found or is_written(item)
    assert read_mark("-", item, order, 1) is None and read_mark("", item, order, 1) is None


@pytest.mark.parametrize("item", all_types(), ids=lambda item: item.type)
def test_the_sheet_has_room_for_every_part_and_says_how_it_is_typed(item: Item) -> None:
    question = asked(item, practice_order(item))
    rows = sheet(question, 7)
    assert len(rows) == max(1, len(question.parts)) and all(row.name.startswith("7") for row in rows)
    assert bool(how_to_key(question)) is not takes_one(item)
    assert is_written(item) == any(not row.boxes for row in rows) or item.type == "ordering"


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("matching", "A", "parts"),
        ("matching", "AZ", "letter"),
        ("matching", "A1", "letter"),
        ("ordering", "12", "parts"),
        ("ordering", "11234", "same-place"),
        ("ordering", "12349", "no-place"),
        ("numeric", "nhiều", None),
        ("cloze", "tên", "parts"),
        ("cloze", "tên; AB", "letter"),
        ("scenario", "ABC", "parts"),
        ("hotspot", "AZ", "letter"),
    ],
)
def test_what_is_asked_back_of_the_other_types(kind: str, text: str, code: str | None) -> None:
    item = of_type(kind)
    found = read_mark(text, item, practice_order(item), 3)
    assert isinstance(found, Problem) and found.sentence.startswith("Câu 3: ")
    assert code is None or found.code == code


def test_a_part_left_empty_stays_empty() -> None:
    item = of_type("matching")
    found = read_mark("-B", item, practice_order(item), 1)
    assert isinstance(found, Answer) and len(found.filled) == 1
    assert read_mark("--", item, practice_order(item), 1) is None


@given(st.sampled_from(all_types()), st.text(alphabet="ABCDEab123459-;., đ", max_size=12))
def test_whatever_is_typed_for_any_type_is_an_answer_or_asked_back(item: Item, text: str) -> None:
    found = read_mark(text, item, practice_order(item), 1)
    assert found is None or isinstance(found, Problem) or 0 <= grade(item, found).score <= 1
