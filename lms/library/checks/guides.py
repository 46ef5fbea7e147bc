"""In a complete course the teacher's guide holds the sections teachers look for, answers each question of its lesson and
no others, and its plan fills the lesson's minutes. Warnings only.
"""

import re
from pathlib import Path

from lms.library.books import Books, Lesson
from lms.library.checks.goals import COMPLETE_MODULES
from lms.library.problems import Findings, Place

ANSWER = re.compile(r"^\|\s*`?(?P<id>[a-z][a-z0-9]*(?:\.[a-z0-9]+)*\.[pq]\d+)`?\s*\|\s*(?P<said>[^|]*?)\s*\|")
MINUTES = re.compile(r"^\|\s*\*\*[^|]+\*\*\s*\|\s*(?P<minutes>\d+)\s*\|")
"""A line of the plan: **a step of the lesson**, its minutes."""
SECTIONS = (
    "Mục tiêu",
    "Chuẩn bị",
    "Kế hoạch",
    "Đáp án",
    "Dạy theo sức",
    "Cách dạy một máy",
    "Đánh giá",
    "Đối chiếu",
    "Lưu ý an toàn",
)
"""How the headings of a whole guide begin."""


def check(books: Books, findings: Findings) -> None:
    complete = [course for course in books.courses if len(course.modules) >= COMPLETE_MODULES]
    for lesson in (one for course in complete for one in course.lessons):
        guide = lesson.place.path.parent / "guide.md"
        if guide.is_file():
            _check_guide(lesson, guide, findings)


def _check_guide(lesson: Lesson, guide: Path, findings: Findings) -> None:
    lines = guide.read_text(encoding="utf-8-sig").split("\n")
    answers = [(number, found) for number, line in enumerate(lines, 1) if (found := ANSWER.match(line))]
    answered = {found["id"] for _number, found in answers if found["said"]}
    for number, found in answers:
        if found["id"] not in lesson.checks:
            findings.warning(Place(guide, number), f"câu {found['id']} không hỏi trong bài này nữa: bỏ dòng đáp án")
    for id in (one for one in lesson.checks if one not in answered):
        at = answers[-1][0] if answers else 1
        findings.warning(Place(guide, at), f"bài hỏi câu {id} mà hướng dẫn chưa có đáp án: thêm một dòng")
    for section in SECTIONS:
        if not any(line.startswith(f"## {section}") for line in lines):
            findings.warning(Place(guide), f"hướng dẫn chưa có mục «{section}»")
    plan = [(number, int(found["minutes"])) for number, line in enumerate(lines, 1) if (found := MINUTES.match(line))]
    total = sum(minutes for _number, minutes in plan)
    if plan and total != lesson.minutes:
        sentence = f"kế hoạch cộng lại {total} phút, bài khai {lesson.minutes} phút"
        findings.warning(Place(guide, plan[0][0]), sentence)
