"""How much a complete course holds: the targets of the order's books, told as reminders until they are reached."""

from collections import Counter
from collections.abc import Iterable

from lms.library.books import Books, CanDo, Course, Item, Skill
from lms.library.problems import Findings

COMPLETE_MODULES = 6
"""From so many modules on a course counts as complete: what it lacks is then told."""
RECORDED, PRACTICE = 45, 30
OF_A_QUIZ_COMPETENCY, OF_A_SAFETY_COMPETENCY = 6, 10
TYPES = 6
TRUE_FALSE_SHARE = 10
"""At most one in so many."""


def check(books: Books, findings: Findings) -> None:
    complete = {course.skill for course in books.courses if course.skill and len(course.modules) >= COMPLETE_MODULES}
    for skill in books.skills:
        if skill.id in complete:
            _check_items(skill, [item for item in books.items if item.skill == skill.id], findings)
    for statement, lessons in can_do(books).items():
        if not lessons and len(complete) == len(books.skills):
            findings.warning(statement.place, f"chưa bài nào dạy câu «Tôi có thể» {statement.id}")


def can_do(books: Books) -> dict[CanDo, list[str]]:
    """Statement → lessons that teach it: those that name it, and those of a competency it maps to."""
    lessons = [lesson for course in books.courses for lesson in course.lessons]
    return {
        one: [each.id for each in lessons if one.id in each.can_do or set(one.maps_to) & set(each.competencies)]
        for one in books.can_do
    }


def type_table(books: Books) -> list[tuple[str, ...]]:
    """A line a skill: recorded, practice, types of the recorded ones, share of true/false."""
    table: list[tuple[str, ...]] = [("kỹ năng", "học phần", "ghi nhận", "luyện", "loại câu", "đúng/sai")]
    for skill in books.skills:
        own = [item for item in books.items if item.skill == skill.id]
        recorded = [item for item in own if item.is_recorded]
        types = Counter(item.type for item in recorded)
        share = f"{100 * types['truefalse'] / len(recorded):.0f}%" if recorded else "–"
        modules = sum(len(course.modules) for course in _courses(books, skill))
        practice = sum(item.is_practice for item in own)
        table.append((skill.id, str(modules), str(len(recorded)), str(practice), str(len(types)), share))
    return table


def _courses(books: Books, skill: Skill) -> Iterable[Course]:
    return (course for course in books.courses if course.skill == skill.id)


def _check_items(skill: Skill, items: list[Item], findings: Findings) -> None:
    recorded = [item for item in items if item.is_recorded]
    types = Counter(item.type for item in recorded)
    practice = sum(item.is_practice for item in items)
    lacks = [
        (len(recorded) < RECORDED, f"có {len(recorded)} câu ghi nhận, khoá đủ cần {RECORDED}"),
        (practice < PRACTICE, f"có {practice} câu luyện, khoá đủ cần {PRACTICE}"),
        (len(types) < TYPES, f"câu ghi nhận mới có {len(types)} loại, khoá đủ cần {TYPES}"),
        (types["truefalse"] * TRUE_FALSE_SHARE > len(recorded), "câu đúng/sai quá một phần mười"),
    ]
    for is_lacking, words in lacks:
        if is_lacking:
            findings.warning(skill.place, f"kỹ năng {skill.id}: {words}")
    for competency in skill.competencies:
        own = [item for item in recorded if item.competency == competency.id]
        if "Q" in competency.evidence and len(own) < OF_A_QUIZ_COMPETENCY:
            told = f"năng lực {competency.id} có {len(own)} câu ghi nhận, khoá đủ cần {OF_A_QUIZ_COMPETENCY}"
            findings.warning(competency.place, told)
        critical = sum(item.critical for item in own)
        if competency.critical and "Q" in competency.evidence and critical < OF_A_SAFETY_COMPETENCY:
            told = f"năng lực an toàn {competency.id} có {critical} câu critical, khoá đủ cần {OF_A_SAFETY_COMPETENCY}"
            findings.warning(competency.place, told)
