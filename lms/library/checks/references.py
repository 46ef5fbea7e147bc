"""What one book says about another must be there."""

from collections.abc import Collection, Iterable, Mapping

from lms.library.books import Books, Check, Course, Item
from lms.library.fields import did_you_mean
from lms.library.problems import Findings, Place


def check(books: Books, findings: Findings) -> None:
    competencies = {competency.id for competency in books.competencies}
    skills = {skill.id for skill in books.skills}
    for statement in books.can_do:
        each_known(statement.maps_to, competencies, statement.place, "năng lực", findings)
    for platform in books.locality.platforms if books.locality else ():
        each_known(platform.competencies, competencies, platform.place, "năng lực", findings)
    for course in books.courses:
        if course.skill:
            each_known([course.skill], skills, course.place, "kỹ năng", findings)
        _check_modules(course, findings)
    facts = {fact.id for fact in books.facts}
    statements = {statement.id for statement in books.can_do}
    practices = {practice.id for practice in books.practices}
    for lesson in books.lessons:
        each_known(lesson.can_do, statements, lesson.place, "câu «Tôi có thể»", findings)
        for practice_id, place in lesson.practices:
            each_known([practice_id], practices, place, "bài luyện", findings)
        each_known(lesson.competencies, competencies, lesson.place, "năng lực", findings)
        each_known(lesson.facts, facts, lesson.place, "dữ kiện", findings)
    for item in books.items:
        each_known([item.competency] if item.competency else [], competencies, item.place, "năng lực", findings)
        each_known(item.facts, facts, item.place, "dữ kiện", findings)
    _check_order(books, findings)
    _check_inline(books, findings)
    _check_steps(books, findings)


def each_known(wanted: Iterable[str], known: Collection[str], place: Place, what: str, findings: Findings) -> None:
    for one in wanted:
        if one not in known:
            findings.error(place, f"{what} «{one}» không có.{did_you_mean(one, known)}")


def _check_modules(course: Course, findings: Findings) -> None:
    lessons = {lesson.id for lesson in course.lessons}
    placed: dict[str, str] = {}
    for module in course.modules:
        if not module.lessons:
            findings.error(module.place, f"học phần {module.id} chưa có bài nào")
        each_known(module.lessons, lessons, module.place, "bài", findings)
        for lesson_id in module.lessons:
            if lesson_id in placed:
                findings.error(module.place, f"bài «{lesson_id}» đã nằm trong học phần {placed[lesson_id]}")
            placed[lesson_id] = module.id
    for lesson in course.lessons:
        if lesson.id not in placed:
            findings.error(lesson.place, f"bài «{lesson.id}» chưa nằm trong học phần nào của course.yaml")


def _check_order(books: Books, findings: Findings) -> None:
    """Requirements exist and never lead back to where they began."""
    lessons = {lesson.id: lesson for lesson in books.lessons}
    modules = {module.id: module for course in books.courses for module in course.modules}
    for shelf, what in ((lessons, "bài"), (modules, "học phần")):
        requires = {key: entry.requires for key, entry in shelf.items()}
        for entry in shelf.values():
            each_known(entry.requires, shelf, entry.place, f"{what} cần học trước", findings)
        for loop in loops(requires):
            path = " → ".join((*loop, loop[0]))
            findings.error(shelf[loop[0]].place, f"{what} cần học trước thành vòng tròn: {path}")


def loops(requires: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each loop once, beginning at its smallest id."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(requires):
        path: list[str] = [start]
        branches = [iter(requires[start])]
        while path:
            following = next(branches[-1], None)
            if following is None:
                done.add(path.pop())
                branches.pop()
            elif following in path:
                loop = path[path.index(following) :]
                first = loop.index(min(loop))
                found.add((*loop[first:], *loop[:first]))
            elif following in requires and following not in done:
                path.append(following)
                branches.append(iter(requires[following]))
    return sorted(found)


def _check_inline(books: Books, findings: Findings) -> None:
    items = {item.id: item for item in books.items}
    for lesson in books.lessons:
        asked: set[str] = set()
        for part in (part for step in lesson.steps for part in step.parts if isinstance(part, Check)):
            _check_one_inline(part.item_id, items, part.place, findings)
            if part.item_id in asked:
                findings.error(part.place, f"câu «{part.item_id}» được hỏi hai lần trong một bài")
            asked.add(part.item_id)


def _check_one_inline(item_id: str, items: Mapping[str, Item], place: Place, findings: Findings) -> None:
    item = items.get(item_id)
    if item is None:
        findings.error(place, f"::: kiem-tra: câu «{item_id}» không có.{did_you_mean(item_id, items)}")
    elif not item.is_practice:
        findings.error(
            place, f"::: kiem-tra: câu «{item_id}» phải là câu luyện tập đã duyệt (pool: luyen, status: duyet)"
        )


def _check_steps(books: Books, findings: Findings) -> None:
    known = {f"{lesson.id}#{step.id}" for lesson in books.lessons for step in lesson.steps}
    for item in books.items:
        if item.step not in known:
            findings.error(
                item.place, f"step «{item.step}» không có, cần «mã bài#mã bước».{did_you_mean(item.step, known)}"
            )
