"""The bench can answer whatever the shipped bank asks, in two ways that differ."""

from bench.inside import ways
from lms.quizzes.publishing import body_of
from lms.quizzes.rules.items import practice_order, read_answer, read_item
from lms.quizzes.rules.shapes import Problem
from tests.house.two_worlds import shelf


def test_every_recorded_question_is_answered_in_two_ways() -> None:
    items = [read_item(body_of(item)) for item in shelf().items if item.is_recorded]
    assert len({item.type for item in items}) == 10
    for item in items:
        order = practice_order(item)
        found = [read_answer(item, {name: [value] for name, value in way.items()}, order) for way in ways(item, order)]
        assert not [one for one in found if isinstance(one, Problem)], item.id
        assert len(found) > 1 and found[0] != found[1], item.id
