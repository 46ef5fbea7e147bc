"""Ids are unique in the whole library, and for ever."""

from collections.abc import Iterable

from lms.library.books import Books
from lms.library.problems import Findings, Place


def check(books: Books, findings: Findings) -> None:
    unique(_named(books), findings)
    for course in books.courses:
        unique(((f"thứ tự bài {lesson.order:02d}", lesson.place) for lesson in course.lessons), findings, "")
    for item in books.items:
        unique(((option.id, item.place) for option in item.options), findings, f"câu {item.id}: ")
    for card in books.tasks:
        unique(((line.id, card.place) for line in card.rubric), findings, f"phiếu {card.id}: ")
    unique(((f"slug khoá học {course.slug}", course.place) for course in books.courses), findings)
    unique(((f"slug kỹ năng {skill.slug}", skill.place) for skill in books.skills), findings)


def unique(named: Iterable[tuple[str, Place]], findings: Findings, where: str = "") -> None:
    seen: dict[str, Place] = {}
    for name, place in named:
        if name and name in seen:
            findings.error(place, f"{where}mã «{name}» đã có ở {seen[name]}")
        seen.setdefault(name, place)


def _named(books: Books) -> Iterable[tuple[str, Place]]:
    for book in (*books.skills, *books.competencies, *books.can_do, *books.courses):
        yield book.id, book.place
    for course in books.courses:
        for module in course.modules:
            yield module.id, module.place
    for entry in (*books.lessons, *books.items, *books.tasks, *books.rulesets):
        yield entry.id, entry.place
