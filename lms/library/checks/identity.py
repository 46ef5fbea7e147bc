"""Ids are unique in the whole library, and for ever."""

from collections.abc import Iterable, Iterator

from lms.library.books import Books
from lms.library.problems import Findings, Place


def check(books: Books, findings: Findings) -> None:
    unique(_named(books), findings)
    for course in books.courses:
        unique(((f"thứ tự bài {lesson.order:02d}", lesson.place) for lesson in course.lessons), findings, "")
    for item in books.items:
        unique(
            ((option.id, item.place.part(at)) for at, option in enumerate(item.options)), findings, f"câu {item.id}: "
        )
    for card in books.tasks:
        unique(((line.id, card.place.part(at)) for at, line in enumerate(card.rubric)), findings, f"phiếu {card.id}: ")
    unique(((f"slug khoá học {course.slug}", course.place) for course in books.courses), findings)
    unique(((f"slug kỹ năng {skill.slug}", skill.place) for skill in books.skills), findings)


def unique(named: Iterable[tuple[str, Place]], findings: Findings, where: str = "") -> None:
    seen: dict[str, Place] = {}
    for name, place in named:
        if name and name in seen:
            findings.error(place, f"{where}mã «{name}» đã có ở {seen[name]}")
        seen.setdefault(name, place)


def _named(books: Books) -> Iterator[tuple[str, Place]]:
    yield from ((skill.id, skill.place) for skill in books.skills)
    yield from ((competency.id, competency.place) for competency in books.competencies)
    yield from ((statement.id, statement.place) for statement in books.can_do)
    for course in books.courses:
        yield course.id, course.place
        yield from ((module.id, module.place) for module in course.modules)
    yield from ((lesson.id, lesson.place) for lesson in books.lessons)
    yield from ((item.id, item.place) for item in books.items)
    yield from ((card.id, card.place) for card in books.tasks)
    yield from ((ruleset.id, ruleset.place) for ruleset in books.rulesets)
