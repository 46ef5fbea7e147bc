"""A lesson of a complete course without its story, its mistakes, its card for home … is told what it lacks."""

from dataclasses import replace

import pytest

from lms.library.checks import parts
from lms.library.problems import Findings
from tests import shipped

BOOKS = shipped.books()
COURSE = next(course for course in BOOKS.courses if course.skill == "s3")
LESSON = next(lesson for lesson in COURSE.lessons if lesson.practices)
WHOLE = "\n".join(["## Một {#mot}", "::: man-hinh bank", *parts.PARTS, "[[tra soát|kiểm tra lại]]"])


def told(tmp_path, text, course=COURSE, **changes):
    page = tmp_path / "lesson.md"
    page.write_text(text, encoding="utf-8")
    lesson = replace(LESSON, place=replace(LESSON.place, path=page), **changes)
    findings = Findings()
    parts.check(replace(BOOKS, courses=(replace(course, lessons=(lesson,)),)), findings)
    return [one.text for one in findings.in_order()]


def test_a_whole_lesson_is_left_alone(tmp_path):
    assert told(tmp_path, WHOLE) == []


@pytest.mark.parametrize("mark", parts.PARTS)
def test_each_part_is_missed(tmp_path, mark):
    (text,) = told(tmp_path, WHOLE.replace(mark, ""))
    assert parts.PARTS[mark] in text


def test_a_step_without_a_screen_is_told_at_its_heading(tmp_path):
    page = "\n".join([WHOLE, "## Hai {#hai}", "Chữ.", "## Ba {#ba}", "::: man-hinh note"])
    assert len(told(tmp_path, page)) == 1
    findings = Findings()
    lesson = replace(LESSON, place=replace(LESSON.place, path=tmp_path / "lesson.md"))
    parts.check(replace(BOOKS, courses=(replace(COURSE, lessons=(lesson,)),)), findings)
    (one,) = findings.in_order()
    assert one.line == len(WHOLE.split("\n")) + 1 and "màn hình vẽ" in one.text


def test_a_practice_that_fits_is_named_when_none_is_linked(tmp_path):
    (text,) = told(tmp_path, WHOLE, practices=())
    assert all(one.id in text for one in BOOKS.practices if set(one.covers) & set(LESSON.competencies))
    assert told(tmp_path, WHOLE, practices=(), competencies=()) == []


def test_a_course_begun_is_left_alone(tmp_path):
    assert told(tmp_path, "", course=replace(COURSE, modules=COURSE.modules[:2])) == []


def test_the_shipped_lessons_are_whole():
    findings = Findings()
    parts.check(BOOKS, findings)
    assert findings.in_order() == []
