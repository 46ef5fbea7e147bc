"""A habit without knowledge gets no more than chance out of the recorded questions, and where it would it is told."""

from dataclasses import replace

import pytest

from lms.library.strategies import as_text, outcomes
from tests import shipped

BOOKS = shipped.books()


def test_the_shipped_questions_give_nothing_away():
    found = outcomes(BOOKS)
    assert found[0].items >= 100 and not [one.strategy for one in found if one.gives_away], as_text(found)


def test_chance_is_one_in_the_options():
    single = [item for item in BOOKS.items if item.is_recorded and item.type in ("single", "truefalse")]
    assert outcomes(BOOKS)[0].chance == pytest.approx(sum(1 / len(item.options) for item in single))


@pytest.mark.parametrize(
    ("habit", "changed"),
    [
        ("ý đầu", lambda options: sorted(options, key=lambda one: not one.correct)),
        ("ý cuối", lambda options: sorted(options, key=lambda one: one.correct)),
        ("ý dài nhất", lambda options: [replace(one, text=one.text + " và thế" * 9 * one.correct) for one in options]),
        ("ý ngắn nhất", lambda options: [replace(one, text=one.text + " và thế" * 9 * (not one.correct)) for one in options]),
        ("tất cả các ý", lambda options: [replace(one, text="Tất cả các ý trên" if one.correct else one.text) for one in options]),
    ],
)  # fmt: skip
def test_a_habit_that_pays_is_told(habit, changed):
    courses = tuple(
        replace(course, items=tuple(replace(item, options=tuple(changed(item.options))) for item in course.items))
        for course in BOOKS.courses
    )
    given = {one.strategy for one in outcomes(replace(BOOKS, courses=courses)) if one.gives_away}
    assert habit in given
