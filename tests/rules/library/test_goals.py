"""What a complete course must hold is told as reminders, each where it is to be mended; a course begun is left alone."""

from dataclasses import replace

import pytest

from lms.library.checks import goals
from lms.library.problems import Findings
from tests import shipped

BOOKS = shipped.books()
COURSE = next(course for course in BOOKS.courses if course.skill == "s3")


def told(course, can_do=()):
    findings = Findings()
    goals.check(replace(BOOKS, courses=(course,), can_do=can_do), findings)
    return [one.text for one in findings.in_order() if one.level == "warning"]


def with_modules(number):
    return replace(COURSE, modules=tuple(replace(COURSE.modules[0], id=f"m.s3.{n}") for n in range(number)))


def with_items(change):
    return replace(with_modules(goals.COMPLETE_MODULES), items=tuple(change(COURSE.items)))


def test_a_course_of_few_modules_is_not_asked():
    assert told(with_modules(goals.COMPLETE_MODULES - 1)) == []


def test_each_target_is_told_when_it_is_missed():
    recorded = [item for item in COURSE.items if item.is_recorded and item.type == "single"]
    few = told(with_items(lambda _items: recorded[:5]))
    for words in (
        "5 câu ghi nhận, khoá đủ cần 45",
        "0 câu luyện",
        "mới có 1 loại",
        "s3.1 có",
        "critical, khoá đủ cần 10",
    ):
        assert any(words in one for one in few), words
    many = [replace(recorded[0], id=f"s3.x{n}", type="truefalse") for n in range(60)]
    assert any("một phần mười" in one for one in told(with_items(lambda _items: many)))


@pytest.mark.parametrize(("named", "is_told"), [(("TT-07",), False), ((), True)])
def test_a_statement_without_a_competency_is_taught_by_a_lesson_that_names_it(named, is_told):
    statement = next(one for one in BOOKS.can_do if one.id == "TT-07")
    assert statement.maps_to == ()
    lesson = replace(COURSE.lessons[0], can_do=named)
    shelf = tuple(replace(with_modules(6), skill=skill.id, lessons=(lesson,)) for skill in BOOKS.skills)
    findings = Findings()
    goals.check(replace(BOOKS, courses=shelf, can_do=(statement,)), findings)
    assert any("TT-07" in one.text for one in findings.in_order()) is is_told
