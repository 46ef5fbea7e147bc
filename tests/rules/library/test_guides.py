"""A teacher finds the answer to every question of the lesson in its guide, and no answer to a question that is not there."""

from dataclasses import replace

from lms.library.checks import guides
from lms.library.problems import Findings
from tests import shipped

BOOKS = shipped.books()
COURSE = BOOKS.courses[0]
LESSON = COURSE.lessons[0]


HEADINGS = tuple(f"## {name}" for name in guides.SECTIONS if name != "Đáp án")


def told(tmp_path, rows, headings=HEADINGS, course=COURSE):
    guide = tmp_path / "guide.md"
    guide.write_text("\n".join(["## Đáp án", "", "| Câu | Ý đúng |", "|---|---|", *rows, *headings]), encoding="utf-8")
    here = replace(LESSON, place=replace(LESSON.place, path=tmp_path / "lesson.md"))
    findings = Findings()
    guides.check(replace(BOOKS, courses=(replace(course, lessons=(here,)),)), findings)
    return [(one.line, one.text) for one in findings.in_order()]


def answers():
    return [f"| {id} | Ý đúng của câu |" for id in LESSON.checks]


def test_each_question_of_the_lesson_is_answered(tmp_path):
    assert len(LESSON.checks) > 3
    assert told(tmp_path, answers()) == []


def test_a_question_without_an_answer_is_told(tmp_path):
    ((line, text),) = told(tmp_path, answers()[:-1])
    assert LESSON.checks[-1] in text and line == 3 + len(LESSON.checks)


def test_an_empty_answer_is_none(tmp_path):
    ((_, text),) = told(tmp_path, [f"| {LESSON.checks[0]} | |", *answers()[1:]])
    assert LESSON.checks[0] in text and "chưa có đáp án" in text


def test_an_answer_to_a_question_of_another_lesson_is_told_where_it_stands(tmp_path):
    ((line, text),) = told(tmp_path, ["| q.s9.p99 | Ý đúng |", *answers()])
    assert line == 5 and "q.s9.p99 không hỏi trong bài này nữa" in text


def test_a_section_that_lacks_is_told(tmp_path):
    (found,) = told(tmp_path, answers(), headings=HEADINGS[:-1])
    assert guides.SECTIONS[-1] in found[1]


def test_a_course_begun_is_left_alone(tmp_path):
    assert told(tmp_path, [], headings=(), course=replace(COURSE, modules=COURSE.modules[:2])) == []


def test_the_plan_fills_the_minutes_of_the_lesson(tmp_path):
    plan = ["| **Mở đầu** | 5 | Kể |", f"| **Luyện tập** | {LESSON.minutes - 5} | Làm |"]
    assert told(tmp_path, [*answers(), *plan]) == []
    ((_, text),) = told(tmp_path, [*answers(), *plan, "| **Vận dụng** | 3 | Hỏi |"])
    assert f"cộng lại {LESSON.minutes + 3} phút, bài khai {LESSON.minutes} phút" in text


def test_the_shipped_guides_answer_every_question_and_plan_every_minute():
    plans = [one.place.path.parent / "guide.md" for course in BOOKS.courses for one in course.lessons]
    assert all(any(guides.MINUTES.match(line) for line in one.read_text("utf-8").split("\n")) for one in plans)
    findings = Findings()
    guides.check(BOOKS, findings)
    assert findings.in_order() == []
