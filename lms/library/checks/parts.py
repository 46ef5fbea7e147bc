"""Every lesson of a complete course holds the parts people have learnt to look for. Warnings only."""

from collections.abc import Iterator
from dataclasses import replace

from lms.library.books import Books, Lesson
from lms.library.checks.goals import COMPLETE_MODULES
from lms.library.problems import Findings

PARTS = {
    "::: chuyen": "chuyện làng (::: chuyen)",
    "::: muc-tieu": "học xong làm được gì (::: muc-tieu)",
    "::: loi-hay-gap": "lỗi hay gặp (::: loi-hay-gap)",
    "::: kiem-tra": "câu kiểm tra (::: kiem-tra)",
    "::: ve-nha": "thẻ về nhà (::: ve-nha)",
    "[[": "từ giải thích khi chạm ([[từ|nghĩa]])",
}


def check(books: Books, findings: Findings) -> None:
    for course in books.courses:
        if len(course.modules) >= COMPLETE_MODULES:
            for lesson in course.lessons:
                if lesson.place.path.is_file():
                    _check_lesson(books, lesson, findings)


def _check_lesson(books: Books, lesson: Lesson, findings: Findings) -> None:
    text = lesson.place.path.read_text(encoding="utf-8-sig")
    for mark, name in PARTS.items():
        if mark not in text:
            findings.warning(lesson.place, f"bài chưa có {name}")
    for step in _blind_steps(text):
        findings.warning(replace(lesson.place, line=step), "bước chưa có màn hình vẽ (::: man-hinh)")
    fitting = [one.id for one in books.practices if set(one.covers) & set(lesson.competencies)]
    if fitting and not lesson.practices:
        findings.warning(lesson.place, f"bài chưa dẫn tới bài luyện nào, có thể dẫn tới: {', '.join(fitting)}")


def _blind_steps(text: str) -> Iterator[int]:
    """Lines of the headings of steps without a drawn screen."""
    heading, has_screen = 0, True
    for number, line in enumerate([*text.split("\n"), "## "], 1):
        if line.startswith("## "):
            if not has_screen:
                yield heading
            heading, has_screen = number, False
        has_screen = has_screen or line.startswith("::: man-hinh")
